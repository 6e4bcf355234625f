"""amend: a newer version of a paper is put over the ledger, and nothing is lost."""

from datetime import date

import pytest

from audit.models import Entry
from departments.models import User
from departments.roster import load_roster
from departments.tests.factories import make_jurisdiction, make_officer
from documents.models import Draft
from documents.reading import draft_tasks
from documents.tests.factories import MORNING, draft_of, make_offices, make_text_paper
from tasks.adopt import CannotAdopt, Choices, adopt
from tasks.amend.amend import Seen, amend
from tasks.amend.compare import Comparison, compare, newer, proposed_pairs, stamp
from tasks.models import Assignment, Ledger, Task

pytestmark = pytest.mark.django_db

OLDER = """平凉市2020年下半年医改重点工作任务

一、加强公共卫生体系建设
（一）完善监测预警系统。落实首诊负责制。（市卫健委牵头，市财政局参与）
（二）健全物资保障体系。加强储备。（市财政局牵头）
（三）开展健康宣传活动。每月一次。（市教育局牵头）
"""
NEWER = """平凉市2020年下半年医改重点工作任务（修订）

一、加强公共卫生体系建设
（一）健全应急物资保障体系。加强储备。（市发改委牵头，市财政局参与）
（二）完善监测预警系统。落实首诊负责制。（市卫健委牵头，市财政局参与）
（三）推进药品集中采购。全面落实。（市医保局牵头）
"""


@pytest.fixture
def officer() -> User:
    return make_officer()


def adopted(text: str, officer: User) -> Ledger:
    make_offices()
    return adopt(
        draft_of(make_text_paper(text)),
        name="台账",
        year=2020,
        starts_on=date(2020, 7, 1),
        ends_on=date(2020, 12, 31),
        by=officer,
        at=MORNING,
        choices=Choices(accept_open=True),
    )


@pytest.fixture
def ledger(officer: User) -> Ledger:
    return adopted(OLDER, officer)


@pytest.fixture
def draft() -> Draft:
    return draft_of(make_text_paper(NEWER))


def seen(draft: Draft, ledger: Ledger, **endings: str) -> tuple[Seen, Comparison]:
    """What the page would show and send back; `endings` names tasks by the number in the ledger."""
    case = newer(draft, ledger, {}, "ledger_end")
    pairs = proposed_pairs(case)
    found = compare(case, pairs)
    reasons = {task.pk: endings[task.number] for task in found.gone if task.number in endings}
    return Seen(stamp(case), pairs, reasons), found


def put_over(draft: Draft, ledger: Ledger, by: User, confirmed: Seen) -> Ledger:
    return amend(draft, ledger, seen=confirmed, by=by, at=MORNING, choices=Choices(accept_open=True))


def parts(task: Task) -> dict[str, str]:
    return {str(one.department): one.role for one in task.assignments.select_related("department")}


def test_it_shows_what_changes_before_anything_is_written(draft: Draft, ledger: Ledger) -> None:
    _, found = seen(draft, ledger)
    assert [(line.one.ref, line.kind) for line in found.lines] == [
        ("一/（一）", "changed"),
        ("一/（二）", "changed"),
        ("一/（三）", "new"),
    ]
    labels = {change.label for change in found.lines[0].changes}
    assert {"编号", "标题", "责任分工原文", "牵头单位", "参与单位"} <= labels
    assert [change.label for change in found.lines[1].changes if change.label != "牵头单位"][:1] == ["编号"]
    assert [task.ref for task in found.gone] == ["一/（三）"]
    assert ledger.tasks.count() == 3


def test_it_keeps_the_keys_and_takes_the_new_words(draft: Draft, ledger: Ledger, officer: User) -> None:
    stores = ledger.tasks.get(ref="一/（二）")
    put_over(draft, ledger, officer, seen(draft, ledger)[0])
    stores.refresh_from_db()
    assert (stores.ref, stores.title) == ("一/（一）", "健全应急物资保障体系")
    assert parts(stores) == {"市发改委": "lead", "市财政局": "participant"}
    assert ledger.tasks.count() == 4
    assert ledger.document == draft.document
    assert draft.document.replaces is not None
    assert parts(ledger.tasks.get(title="推进药品集中采购")) == {"市医保局": "lead"}


def test_it_ends_parts_without_deleting_them(draft: Draft, ledger: Ledger, officer: User) -> None:
    task = ledger.tasks.get(ref="一/（一）")
    part = task.assignments.get(role="participant")
    Draft.objects.filter(pk=draft.pk).update(
        content={
            **draft.content,
            "tasks": [{**one, "participants": []} for one in draft.content["tasks"]],
        }
    )
    draft.refresh_from_db()
    put_over(draft, ledger, officer, seen(draft, ledger)[0])
    assert Assignment.ever.get(pk=part.pk).ended_on == date(2020, 11, 2)
    assert parts(task) == {"市卫健委": "lead"}
    assert not Task.objects.filter(pk=task.pk).assigned_to(frozenset({part.department_id})).exists()


def test_it_keeps_what_the_paper_no_longer_has(draft: Draft, ledger: Ledger, officer: User) -> None:
    campaign = ledger.tasks.get(ref="一/（三）")
    put_over(draft, ledger, officer, seen(draft, ledger)[0])
    campaign.refresh_from_db()
    assert (campaign.state, campaign.ref) == ("open", "一/（三）·2")
    assert campaign.source_start is None
    assert campaign.position == 4


def test_it_ends_it_with_the_reason_where_that_was_chosen(
    draft: Draft, ledger: Ledger, officer: User
) -> None:
    campaign = ledger.tasks.get(ref="一/（三）")
    put_over(draft, ledger, officer, seen(draft, ledger, **{"（三）": "修订后不再安排"})[0])
    campaign.refresh_from_db()
    assert (campaign.state, campaign.closed_on) == ("terminated", date(2020, 11, 2))
    assert campaign.closing_reason == "修订后不再安排"
    assert Entry.objects.get(act="task.terminate").reason == "修订后不再安排"


def test_it_refuses_to_end_without_a_reason(draft: Draft, ledger: Ledger, officer: User) -> None:
    with pytest.raises(CannotAdopt, match="须写明理由"):
        put_over(draft, ledger, officer, seen(draft, ledger, **{"（三）": "　"})[0])
    assert ledger.tasks.filter(state="open").count() == 3
    assert Draft.objects.get(pk=draft.pk).state == "open"


def test_it_keeps_the_original_deadline_beside_the_new_one(
    draft: Draft, ledger: Ledger, officer: User
) -> None:
    content = draft.content
    content["tasks"][1]["deadline"] = {"raw": "11月底前", "date": "2020-11-30", "kind": "fixed"}
    draft.save()
    confirmed, found = seen(draft, ledger)
    change = next(one for one in found.lines[1].changes if one.label == "完成时限")
    assert (change.before, change.after) == ("2020-12-31", "2020-11-30")
    put_over(draft, ledger, officer, confirmed)
    task = ledger.tasks.get(ref="一/（二）")
    assert (task.original_due_on, task.due_on) == (date(2020, 12, 31), date(2020, 11, 30))
    assert Entry.objects.get(act="task.amend", target_id=task.pk).before["due_on"] == "2020-12-31"


def test_it_lets_an_extension_stand_where_the_paper_says_the_same(
    draft: Draft, ledger: Ledger, officer: User
) -> None:
    task = ledger.tasks.get(ref="一/（一）")
    Task.objects.filter(pk=task.pk).update(due_on=date(2021, 3, 31))
    put_over(draft, ledger, officer, seen(draft, ledger)[0])
    task.refresh_from_db()
    assert (task.original_due_on, task.due_on) == (date(2020, 12, 31), date(2021, 3, 31))


def test_it_leaves_entries_for_the_ledger_and_each_changed_task(
    draft: Draft, ledger: Ledger, officer: User
) -> None:
    older = ledger.document_id
    put_over(draft, ledger, officer, seen(draft, ledger)[0])
    whole = Entry.objects.get(act="ledger.amend")
    assert (whole.before, whole.after["document"]) == ({"document": older}, draft.document_id)
    assert (whole.after["added"], whole.after["changed"]) == (["一/（三）"], ["一/（一）", "一/（二）"])
    assert Entry.objects.filter(act="task.amend").count() == 2
    assert Entry.objects.filter(act="task.add").count() == 1


def test_it_refuses_the_same_draft_twice(draft: Draft, ledger: Ledger, officer: User) -> None:
    confirmed, _ = seen(draft, ledger)
    put_over(draft, ledger, officer, confirmed)
    with pytest.raises(CannotAdopt, match="已经入账"):
        put_over(draft, ledger, officer, confirmed)
    assert Entry.objects.filter(act="ledger.amend").count() == 1


def test_it_refuses_the_second_of_two_coordinators(draft: Draft, ledger: Ledger, officer: User) -> None:
    other = draft_of(make_text_paper(NEWER.replace("全面落实", "逐步落实")))
    stale = Ledger.objects.get(pk=ledger.pk)
    confirmed, _ = seen(other, stale)
    put_over(draft, ledger, officer, seen(draft, ledger)[0])
    with pytest.raises(CannotAdopt, match="台账刚刚被别人修改"):
        put_over(other, stale, officer, confirmed)
    assert Draft.objects.get(pk=other.pk).state == "open"


def test_it_refuses_when_a_task_was_changed_meanwhile(draft: Draft, ledger: Ledger, officer: User) -> None:
    confirmed, _ = seen(draft, ledger)
    Task.objects.filter(ledger=ledger, ref="一/（二）").update(due_on=date(2021, 1, 31))
    with pytest.raises(CannotAdopt, match="台账刚刚被别人修改"):
        put_over(draft, ledger, officer, confirmed)
    assert ledger.tasks.count() == 3


def test_it_refuses_a_paper_of_another_place(ledger: Ledger, officer: User) -> None:
    place = make_jurisdiction("130100", "石家庄市")
    elsewhere = draft_of(make_text_paper(NEWER, place=place))
    with pytest.raises(CannotAdopt, match="同一行政区域"):
        put_over(elsewhere, ledger, officer, Seen("", {}, {}))


def test_it_finds_nothing_to_change_in_the_same_paper(officer: User) -> None:
    text = OLDER.replace("每月一次。", "县、乡、村分别开展45、9、6项活动，覆盖率达到65%。")
    ledger = adopted(text, officer)
    assert ledger.indicators.count() >= 2
    again = draft_of(make_text_paper(text + "\n"))
    roster = load_roster(ledger.jurisdiction, MORNING.date())
    meant = {name: body for one in draft_tasks(again) for name in one.names if (body := roster.find(name))}
    case = newer(again, ledger, meant, "ledger_end")
    found = compare(case, proposed_pairs(case))
    assert [(line.kind, line.changes) for line in found.lines] == [("same", ())] * 3
    assert (found.gone, found.new_targets) == ((), [])


def test_an_indicator_follows_its_figure_in_the_paper(officer: User) -> None:
    text = OLDER.replace("每月一次。", "覆盖率达到65%。")
    ledger = adopted(text, officer)
    held = ledger.indicators.get()
    again = draft_of(make_text_paper(text.replace("65%", "70%")))
    put_over(again, ledger, officer, seen(again, ledger)[0])
    held.refresh_from_db()
    assert ledger.indicators.count() == 1
    assert held.low == 70
