"""专项检查: entering one and its findings, who sees them, how they are counted, pages and workbook."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry
from departments.models import Jurisdiction, User
from departments.permissions import Refused
from departments.tests.factories import make_department, make_officer
from progress.models import Finding, Inspection
from progress.moves import NotPossible
from progress.oversight.add_finding import add_finding
from progress.oversight.add_inspection import add_inspection, correct_inspection
from progress.oversight.desk import inspections_of, lines_of
from progress.oversight.rectify_window import too_soon
from progress.tables import Moved
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.findings import UNTIL, make_finding, make_inspection
from tasks.tests.factories import assign, make_ledger, make_task

SignIn = Callable[[User], Client]
LATE = date(2020, 12, 7)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    assign(cast.task, cast.neighbour, "participant")
    return cast


def enter(cast: Cast, by: User | None = None, **given: Any) -> Inspection:
    fields: dict[str, Any] = {"name": "年度检查", "inspected_on": DAY, "note": "总体较好。"} | given
    return add_inspection(cast.ledger, **fields, by=by or cast.coordinator, at=MORNING)


def find(cast: Cast, by: User | None = None, **given: Any) -> Finding:
    fields: dict[str, Any] = {
        "task": cast.task,
        "department": cast.department,
        "text": "制度没有落实到科室。",
        "rectify_by": UNTIL,
    }
    return add_finding(make_inspection(cast), **fields | given, by=by or cast.coordinator)


def fields_of(cast: Cast, **changed: str) -> dict[str, str]:
    given = {"task": str(cast.task.pk), "department": str(cast.department.pk), "text": "制度没有落实到科室。"}
    return given | {"rectify_by": "2020-12-31"} | changed


def test_the_office_enters_an_inspection_with_its_findings(cast: Cast) -> None:
    assert enter(cast).jurisdiction == cast.ledger.jurisdiction
    finding = find(cast)
    assert (finding.state, finding.department_name) == (Finding.State.OPEN, cast.department.name)
    assert Entry.objects.get(act="inspection.add").after["name"] == "年度检查"
    assert Entry.objects.get(act="finding.add").after == {
        "department_name": cast.department.name,
        "text": "制度没有落实到科室。",
        "rectify_by": "2020-12-31",
        "state": "open",
    }


@pytest.mark.parametrize("role", ["leader", "reporter", "head"])
def test_nobody_else_enters_any(cast: Cast, role: str) -> None:
    for entering in (enter, find):
        with pytest.raises(Refused, match="只有本地医改办的协调员"):
            entering(cast, getattr(cast, role))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"inspected_on": date(2020, 12, 11)}, "检查日期不能晚于今天。"),
        ({"name": " "}, "请填写检查名称。"),
        ({"name": "第四季度专项检查"}, "已有同名的检查"),
    ],
)
def test_an_inspection_has_a_name_and_a_day(cast: Cast, given: dict[str, Any], words: str) -> None:
    row, other = make_inspection(cast), make_inspection(cast, name="年度检查")
    changed: dict[str, Any] = {"name": other.name, "inspected_on": DAY, "note": ""} | given
    with pytest.raises(NotPossible, match=words):
        enter(cast, **{"name": "又一次"} | given)
    with pytest.raises(NotPossible, match=words):
        correct_inspection(other, **changed, version=0, by=cast.coordinator, at=MORNING)
    row.refresh_from_db()
    assert Inspection.objects.count() == 2


def test_it_is_corrected_on_the_latest_version(cast: Cast) -> None:
    row = make_inspection(cast)
    changed: dict[str, Any] = {"name": "年度检查", "inspected_on": DAY, "note": ""}
    correct_inspection(row, **changed, version=0, by=cast.coordinator, at=MORNING)
    with pytest.raises(Moved):
        correct_inspection(row, **changed, version=0, by=cast.coordinator, at=MORNING)
    assert Inspection.objects.get().name == "年度检查"


def test_a_finding_is_of_a_department_of_a_task_of_the_ledger(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="请从这项任务的单位中选择：市发改委、市财政局。"):
        find(cast, department=make_department("市医保局"))
    with pytest.raises(NotPossible, match="这项任务不在这次检查的台账里"):
        find(cast, task=make_task(make_ledger(), leads=(cast.department,)))
    with pytest.raises(NotPossible, match="整改期限不能早于检查日期"):
        find(cast, rectify_by=date(2020, 11, 30))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 12, 9), "12月9日已经过去，登记后即为逾期"),
        (date(2020, 12, 14), "从今天起到12月14日不足3个工作日"),  # a Monday: Friday and Monday only
        (date(2020, 12, 15), ""),
    ],
)
def test_it_warns_of_a_day_that_is_too_near(db: None, day: date, words: str) -> None:
    assert too_soon(day, DAY) == words


def test_the_department_alone_sees_its_findings(cast: Cast) -> None:
    finding = make_finding(cast)
    county = Jurisdiction.objects.create(code="620899", name="某县", level="county")
    for reads in (cast.reporter, cast.head, cast.coordinator, cast.leader):
        assert list(Finding.objects.visible_to(reads)) == [finding]
        assert Inspection.objects.visible_to(reads).exists()
    for reads in (cast.stranger, make_officer(jurisdiction=county)):
        assert not Finding.objects.visible_to(reads).exists()
        assert not Inspection.objects.visible_to(reads).exists()


def test_a_cancelled_one_is_the_offices_alone_and_counts_nowhere(cast: Cast) -> None:
    make_finding(cast, "cancelled", rectify_by=LATE)
    assert not Finding.objects.visible_to(cast.reporter).exists()
    assert not Inspection.objects.visible_to(cast.reporter).exists()
    (row,) = inspections_of(cast.coordinator, cast.ledger, DAY)
    assert (row.found, row.closed, row.overdue) == (0, 0, 0)


def test_one_rule_says_what_is_overdue(cast: Cast, sign_in: SignIn) -> None:
    late = make_finding(cast, rectify_by=LATE)
    make_finding(cast, rectify_by=DAY)
    make_finding(cast, "rectified", rectify_by=LATE)
    make_finding(cast, "closed")
    assert list(Finding.objects.overdue(on=DAY)) == [late]
    (row,) = inspections_of(cast.leader, cast.ledger, DAY)
    assert (row.found, row.closed, row.overdue) == (4, 1, 1)
    marks = [(line.colour, line.late) for line in lines_of(Finding.objects.all(), DAY)]
    assert marks == [("red", "逾期3天"), ("", "逾期3天提交"), ("yellow", "今天到期"), ("", "")]
    (near, *_) = lines_of(Finding.objects.all(), LATE)
    assert (near.colour, near.late) == ("yellow", "今天到期")


def test_it_waits_for_the_department_then_for_the_office(cast: Cast, sign_in: SignIn) -> None:
    row, office = make_finding(cast), sign_in(cast.coordinator)
    reporter, page = sign_in(cast.reporter), reverse("progress:finding", args=[row.pk])
    for address in ("/", f"/ledgers/{cast.ledger.pk}/filing/", f"/tasks/{cast.task.pk}/"):
        text = reporter.get(address).content.decode()
        assert row.text in text
        assert page in text
    assert {one.label: one.count for one in reporter.get("/").context["navigation"]}["报送"] == 2
    assert row.text not in sign_in(cast.stranger).get(f"/tasks/{cast.task.pk}/").content.decode()

    written = {"version": "0", "act": "finding.rectify", "rectification": "已印发到各科室。"}
    answer = reporter.post(page, written, follow=True)
    assert answer.redirect_chain[-1][0] == page
    assert "整改情况已提交，等待医改办核实：" in answer.content.decode()
    assert "只有本地医改办的协调员" not in answer.content.decode()
    assert list(Finding.objects.waiting_for(cast.coordinator)) == [row]
    assert office.get("/").context["to_verify"] == 1
    assert {one.label: one.count for one in office.get("/").context["navigation"]}["审核"] == 1
    assert "1个待核实" in office.get(f"/ledgers/{cast.ledger.pk}/review/").content.decode()
    assert office.post(page, {"version": "1", "act": "finding.close"}).status_code == 302
    assert Finding.objects.get().closed_by == cast.coordinator


def test_a_refused_act_keeps_what_was_written(cast: Cast, sign_in: SignIn) -> None:
    page = reverse("progress:finding", args=[make_finding(cast, "rectified").pk])
    office = sign_in(cast.coordinator)
    given = {"version": "0", "act": "finding.return", "note": "请补充文号。", "rectify_by": "2020-12-11"}
    near = office.post(page, given)
    assert near.status_code == 400
    assert "不足3个工作日" in near.context["form"].errors["confirm_short"][0]
    assert "请补充文号。" in near.content.decode()
    none = office.post(page, {"version": "0", "act": "finding.return"})
    assert set(none.context["form"].errors) == {"note", "rectify_by"}
    past = office.post(page, given | {"rectify_by": "2020-12-10"})
    assert past.context["form"].errors["rectify_by"] == ["新的整改期限须在今天以后。"]
    assert office.post(page, given | {"confirm_short": "on"}).status_code == 302
    stale = office.post(page, given | {"confirm_short": "on"})
    assert stale.status_code == 409
    assert "现在是“待整改”" in stale.content.decode()
    assert "请补充文号。" in stale.content.decode()


@pytest.mark.parametrize("act", ["", "finding.add", "别的"])
def test_it_takes_no_act_that_it_does_not_offer(cast: Cast, sign_in: SignIn, act: str) -> None:
    page = reverse("progress:finding", args=[make_finding(cast).pk])
    assert sign_in(cast.coordinator).post(page, {"version": "0", "act": act}).status_code == 400
    assert Finding.objects.get().version == 0


def test_the_office_enters_both_on_the_pages(cast: Cast, sign_in: SignIn) -> None:
    office, page = sign_in(cast.coordinator), reverse("progress:inspections", args=[cast.ledger.pk])
    assert office.post(page, {"name": "", "inspected_on": "2020-12-11"}).context["form"].errors == {
        "name": ["请填写检查名称。"],
        "inspected_on": ["检查日期不能晚于今天。"],
    }
    assert office.post(page, {"name": "年度检查", "inspected_on": "2020-12-09"}).status_code == 302
    url = reverse("progress:inspection", args=[Inspection.objects.get().pk])
    stranger = make_task(cast.ledger, leads=(make_department("市医保局"),))
    wrong = office.post(url, fields_of(cast, task=str(stranger.pk), rectify_by="2020-12-11"))
    assert wrong.status_code == 400
    assert set(wrong.context["form"].errors) == {"department", "confirm_short"}
    assert "有2处需要更正" in (told := wrong.content.decode())
    assert told.index(">责任单位</a>") < told.index(">仍按这一期限</a>")
    assert office.post(url, fields_of(cast)).status_code == 302
    text = office.get(url).content.decode()
    assert "发现1个，已办结0个，逾期0个" in text
    edit = reverse("progress:correct_inspection", args=[Inspection.objects.get().pk])
    changed = {"version": "0", "name": "年终检查", "inspected_on": "2020-12-09", "note": ""}
    assert office.post(edit, changed).status_code == 302
    assert office.post(edit, changed | {"name": "另一次"}).status_code == 409


def test_a_department_reads_neither_the_note_nor_the_others(cast: Cast, sign_in: SignIn) -> None:
    inspection = make_inspection(cast, note="市财政局问题较多。")
    own = make_finding(cast)
    make_finding(cast, department=cast.neighbour, department_name="市财政局", text="资金滞留。")
    for name in ("progress:inspection", "progress:inspections"):
        key = inspection.pk if name == "progress:inspection" else cast.ledger.pk
        text = sign_in(cast.reporter).get(reverse(name, args=[key])).content.decode()
        assert "资金滞留。" not in text
        assert "问题较多" not in text
    assert (
        own.text
        in sign_in(cast.leader).get(reverse("progress:inspection", args=[inspection.pk])).content.decode()
    )
    book = sign_in(cast.reporter).get(reverse("progress:findings_xlsx", args=[inspection.pk]))
    rows = list(load_workbook(io.BytesIO(b"".join(book))).worksheets[0].values)
    assert [row[3] for row in rows] == ["发现的问题", own.text]


def test_the_workbook_holds_text_and_leaves_an_entry(cast: Cast, sign_in: SignIn) -> None:
    row = make_finding(cast, rectify_by=LATE, text="=1+1")
    answer = sign_in(cast.leader).get(reverse("progress:findings_xlsx", args=[row.inspection_id]))
    sheet = load_workbook(io.BytesIO(b"".join(answer))).worksheets[0]
    cell = sheet.cell(2, 4)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert sheet.cell(2, 6).value == "待整改，逾期3天"
    entry = Entry.objects.get(act="inspection.export")
    assert (entry.actor_name, entry.after) == ("赵副市长", {"on": "2020-12-10", "rows": 1})


@pytest.mark.parametrize("name", ["progress:inspections", "progress:inspection"])
def test_it_costs_the_same_queries_for_few_and_many(cast: Cast, sign_in: SignIn, name: str) -> None:
    inspection, client = make_inspection(cast), sign_in(cast.coordinator)
    url = reverse(name, args=[cast.ledger.pk if name.endswith("s") else inspection.pk])

    def fill(count: int) -> int:
        for number in range(count):
            another = make_inspection(cast, name=f"检查{Inspection.objects.count()}{number}")
            for place in (another, inspection):
                make_finding(cast, "rectified", inspection=place)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    fill(1)  # the session remembers its ledger
    assert fill(1) == fill(18)
