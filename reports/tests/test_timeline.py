"""办理经过: every source, in order, and only for those who may know."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import User
from departments.tests.factories import make_department, make_reporter
from notices.models import Urge
from progress.models import Contribution, Correction, Directive, Evidence, Finding, Inspection
from progress.requests.decide import decide
from progress.requests.workflow import Act
from progress.review import accept, return_report
from progress.submit import submit
from progress.tests.cast import CONTENT, Cast, make_cast
from progress.tests.factories import at
from progress.tests.requests import make_extension
from tasks.models import Task
from tasks.tests.factories import assign

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
DEADLINE = date(2020, 12, 31)


def day(number: int) -> date:
    return date(2020, 12, number)


@pytest.fixture
def cast() -> Cast:
    """A task of which everything can be told; the neighbour takes part in it."""
    cast = make_cast(needs_sign_off=False)
    Task.objects.filter(pk=cast.task.pk).update(due_kind="fixed", due_on=DEADLINE, original_due_on=DEADLINE)
    assign(cast.task, cast.neighbour, "participant")
    return cast


def live(cast: Cast) -> None:
    """Let everything happen to the task, one thing a day."""
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=at(day(2)))
    back = return_report(sent, version=1, reason="请补充数据。", by=cast.coordinator, at=at(day(3)))
    again = submit(back, content=CONTENT, version=2, by=cast.reporter, at=at(day(4)))
    confirmed = accept(
        again, version=3, percent=80, status="normal", note="已核。", by=cast.coordinator, at=at(day(5))
    )
    Correction.objects.create(
        jurisdiction=cast.task.jurisdiction, report=confirmed, reason="数据有误。", state="declined",
        asked_by=cast.reporter, asked_at=at(day(5), 14), decided_by=cast.coordinator,
        decided_at=at(day(5), 16), decision="数据无误。",
    )  # fmt: skip
    extension = make_extension(cast, asked_at=at(day(6)))
    decide(extension, Act.GRANT, version=0, note="", by=cast.coordinator, at=at(day(7)))
    place = {"jurisdiction": cast.task.jurisdiction}
    urged = {"period": cast.period, "department": cast.department, "by": cast.coordinator, "text": "请报。"}
    Urge.objects.create(**place, **urged, on=day(1), at=at(day(1)))
    Evidence.objects.create(
        **place, report=cast.report, file="evidence/aa/aa", name="方案.pdf", size=1, sha256="a" * 64,
        media_type="application/pdf", added_by=cast.reporter, added_at=at(day(2), 9),
    )  # fmt: skip
    Contribution.objects.create(
        **place, report=cast.report, department=cast.neighbour, department_name="市财政局", due_on=day(4),
        state="given", text="资金已下达。", asked_by=cast.reporter, asked_at=at(day(2), 8),
        given_by=cast.stranger, given_at=at(day(3), 8),
    )  # fmt: skip
    entered = {"entered_by": cast.coordinator, "entered_at": at(day(8))}
    Directive.objects.create(
        **place, **entered, task=cast.task, leader_name="赵市长", given_on=day(8), text="请抓紧。"
    )
    check = Inspection.objects.create(
        **place, **entered, ledger=cast.ledger, name="年底检查", inspected_on=day(9)
    )
    Finding.objects.create(
        **place, inspection=check, task=cast.task, department=cast.department, department_name="市发改委",
        text="台账不全。", rectify_by=day(20),
    )  # fmt: skip


def told(client: Client, cast: Cast, kind: str = "") -> list[str]:
    answer = client.get(f"/tasks/{cast.task.pk}/history/", {"kind": kind} if kind else {})
    assert answer.status_code == 200
    return [event.text for event in answer.context["events"]]


def test_it_tells_the_office_everything_newest_first(cast: Cast, sign_in: SignIn) -> None:
    live(cast)
    names = {"reporter": cast.reporter, "office": cast.coordinator, "other": cast.stranger}
    said = {key: str(person) for key, person in names.items()}

    found = told(sign_in(cast.coordinator), cast)
    assert (
        found[found.index("年底检查发现市发改委问题，2020年12月20日前整改") :][:14]
        == [
            "年底检查发现市发改委问题，2020年12月20日前整改",
            "赵市长批示",
            f"延期，完成时限由2020-12-31改为2021-03-31（{said['office']}）",
            f"市发改委申请延期到2021年3月31日（{said['reporter']}）",
            f"市发改委第四季度报告更正未同意（{said['office']}）",
            f"市发改委第四季度报告申请更正（{said['reporter']}）",
            f"市发改委第四季度报告确认（{said['office']}）",
            f"市发改委第四季度报告提交（{said['reporter']}）",
            f"市发改委第四季度报告退回修改（{said['office']}）",
            f"市财政局提供配合情况（{said['other']}）",
            f"市发改委第四季度报告提交（{said['reporter']}）",
            f"市发改委添加佐证材料《方案.pdf》（{said['reporter']}）",
            f"市发改委请市财政局提供配合情况（{said['reporter']}）",
            f"催办市发改委第四季度报告（{said['office']}）",
            "第四季度报送开始",
            "列入台账",
        ]
        or found[-1] == "第四季度报送开始"
    )


def test_a_participant_hears_what_concerns_it_and_no_more(cast: Cast, sign_in: SignIn) -> None:
    live(cast)

    found = told(sign_in(cast.stranger), cast)
    text = "\n".join(found)
    assert "报告提交" in text
    assert "报告确认" in text
    assert "提供配合情况" in text
    assert "赵市长批示" in text
    for hidden in ("退回修改", "催办", "佐证材料", "年底检查", "更正"):
        assert hidden not in text
    page = sign_in(cast.stranger).get(f"/tasks/{cast.task.pk}/history/").content.decode()
    assert "请补充数据。" not in page


def test_somebody_without_a_part_hears_of_ledger_dates_and_agreed_changes(
    cast: Cast, sign_in: SignIn
) -> None:
    live(cast)
    outsider = make_reporter(make_department("市教育局"), "何老师")

    found = "\n".join(told(sign_in(outsider), cast))
    assert "完成时限由2020-12-31改为2021-03-31" in found
    for hidden in ("报告", "批示", "配合情况", "申请延期"):
        assert hidden not in found


def test_it_can_be_narrowed_to_one_kind(cast: Cast, sign_in: SignIn) -> None:
    live(cast)
    client = sign_in(cast.coordinator)

    assert all("催办" in text for text in told(client, cast, "催办"))
    assert len(told(client, cast, "批示和检查")) == 2
    assert told(client, cast, "没有这一类") == []


def test_a_closed_quarter_carries_its_light(cast: Cast, sign_in: SignIn) -> None:
    cast.period.opens_on, cast.period.due_on = date(2020, 11, 2), date(2020, 11, 10)
    cast.period.closes_on, cast.period.state = date(2020, 11, 17), "closed"
    cast.period.save()
    cast.report.due_on = cast.period.due_on
    cast.report.save()
    submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 11, 12)))

    page = sign_in(cast.coordinator).get(f"/tasks/{cast.task.pk}/history/")
    closed = next(event for event in page.context["events"] if event.text == "第四季度报送关闭")
    assert closed.light.colour == "yellow"
    assert "市发改委第四季度报送逾期2天" in closed.light.reasons
    assert "市发改委第四季度报送逾期2天" in page.content.decode()


def test_it_costs_the_same_for_few_events_and_for_many(cast: Cast, sign_in: SignIn) -> None:
    live(cast)
    client = sign_in(cast.coordinator)
    told(client, cast)
    with CaptureQueriesContext(connection) as few:
        told(client, cast)
    for number in range(20):
        Urge.objects.create(
            jurisdiction=cast.task.jurisdiction, period=cast.period, department=cast.department,
            by=cast.coordinator, on=day(1) - timedelta(days=number + 1), at=at(day(1)), text="请报。",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(told(client, cast)) > 30
    assert len(many) == len(few)
