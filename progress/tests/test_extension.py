"""延期: asked before the deadline, granted or refused; both deadlines stay."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import Entry
from departments.models import Department, Membership
from departments.permissions import Refused
from departments.tests.factories import make_department, make_reporter
from progress.models import Extension, RequestState
from progress.moves import NotPossible
from progress.requests.ask_extension import ask_extension
from progress.requests.decide import decide
from progress.requests.workflow import Act
from progress.standing import standings
from progress.tables import Moved
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.factories import at
from progress.tests.requests import make_closure, make_extension
from tasks.models import Task
from tasks.move_deadline import move_deadline
from tasks.tests.factories import assign
from tasks.with_parts import with_parts

END, LATER = date(2020, 12, 31), date(2021, 3, 31)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def ask(cast: Cast, **given: Any) -> Extension:
    usual: dict[str, Any] = {
        "department": cast.department,
        "to": LATER,
        "percent": 60,
        "reason": "招标流标一次，需重新组织。",
        "by": cast.reporter,
        "at": MORNING,
    }
    return ask_extension(cast.task, **usual | given)


def test_it_goes_from_the_lead_over_the_head_to_the_office(cast: Cast) -> None:
    extension = ask(cast)
    assert (extension.state, extension.from_due_on) == (RequestState.SUBMITTED, END)
    extension = decide(extension, Act.SIGN_EXTENSION, version=0, note="", by=cast.head, at=MORNING)
    extension = decide(extension, Act.GRANT, version=1, note="", by=cast.coordinator, at=MORNING)
    cast.task.refresh_from_db()
    assert (cast.task.due_on, cast.task.original_due_on) == (LATER, END)
    assert (extension.signed_by, extension.decided_by) == (cast.head, cast.coordinator)
    acts = Entry.objects.filter(act__startswith="extension.").order_by("pk")
    assert [entry.act for entry in acts] == ["extension.ask", "extension.sign", "extension.grant"]
    assert acts[0].after["to_due_on"] == "2021-03-31"


def test_it_goes_straight_to_the_office_where_nobody_signs_off(cast: Cast) -> None:
    Department.objects.update(needs_sign_off=False)
    assert ask(cast).state == RequestState.SIGNED


def test_it_goes_straight_to_the_office_when_the_only_head_asks(cast: Cast) -> None:
    Membership.objects.create(
        user=cast.head, department=cast.department, role="reporter", since=MORNING.date()
    )
    assert ask(cast, by=type(cast.head).objects.get(pk=cast.head.pk)).state == RequestState.SIGNED


def test_it_takes_the_light_of_the_new_deadline(cast: Cast) -> None:
    after = END + timedelta(days=5)
    task = with_parts(Task.objects.filter(pk=cast.task.pk))[0]
    assert "已超过完成时限5天" in standings([task], after)[task.pk].light.reasons
    decide(make_extension(cast), Act.GRANT, version=0, note="", by=cast.coordinator, at=MORNING)
    task = with_parts(Task.objects.filter(pk=cast.task.pk))[0]
    assert not any("完成时限" in reason for reason in standings([task], after)[task.pk].light.reasons)
    assert not Task.objects.overdue(on=after).exists()


def test_it_can_be_asked_for_on_the_last_day_and_again_after_a_grant(cast: Cast) -> None:
    first = ask(cast, at=at(END, 23))
    decide(first, Act.SIGN_EXTENSION, version=0, note="", by=cast.head, at=at(END, 23))
    first.refresh_from_db()
    decide(first, Act.GRANT, version=1, note="", by=cast.coordinator, at=at(date(2021, 1, 5)))
    second = ask(cast, at=at(date(2021, 3, 1)), to=date(2021, 6, 30))
    assert second.from_due_on == LATER


def test_a_refusal_moves_nothing_and_leaves_room_for_another(cast: Cast) -> None:
    decide(make_extension(cast), Act.REFUSE, version=0, note="理由不足。", by=cast.coordinator, at=MORNING)
    cast.task.refresh_from_db()
    assert cast.task.due_on == END
    assert ask(cast).state == RequestState.SUBMITTED


@pytest.mark.parametrize(
    ("task", "given", "words"),
    [
        ({}, {"at": at(date(2021, 1, 1), 0)}, "已过，延期须在到期前申请"),
        ({"due_on": None}, {}, "没有定下完成时限"),
        (
            {"state": "completed", "closed_on": date(2020, 12, 1), "closing_reason": "经核实已完成。"},
            {},
            "已经办结，不需要延期",
        ),
        ({}, {"to": END}, "新的时限须晚于现时限2020年12月31日"),
        ({}, {"to": date(2202, 3, 31)}, "不能超过一年"),
    ],
)
def test_it_says_why_it_cannot_be_asked_for(
    cast: Cast, task: dict[str, Any], given: dict[str, Any], words: str
) -> None:
    Task.objects.filter(pk=cast.task.pk).update(**task)
    with pytest.raises(NotPossible, match=words):
        ask(cast, **given)
    assert not Extension.objects.exists()


def test_it_takes_one_at_a_time(cast: Cast) -> None:
    make_extension(cast)
    with pytest.raises(NotPossible, match="已有一件延期申请正在办理"):
        ask(cast)


def test_it_is_not_for_those_who_only_take_part(cast: Cast) -> None:
    assign(cast.task, cast.neighbour, "participant")
    with pytest.raises(Refused, match="只有这项任务牵头单位的填报员"):
        ask(cast, by=cast.stranger, department=cast.neighbour)
    with pytest.raises(Refused, match="不能代表市财政局"):
        ask(cast, department=cast.neighbour)


def test_it_moves_no_deadline_that_has_moved_meanwhile(cast: Cast) -> None:
    extension = make_extension(cast)
    assert move_deadline(
        cast.task.pk, seen=END, to=date(2021, 1, 31), on=DAY, by=cast.coordinator, reason="调整。"
    )
    with pytest.raises(NotPossible, match="时限在申请以后变动过"):
        decide(extension, Act.GRANT, version=0, note="", by=cast.coordinator, at=MORNING)
    extension.refresh_from_db()
    cast.task.refresh_from_db()
    assert (extension.state, cast.task.due_on) == (RequestState.SIGNED, date(2021, 1, 31))
    assert not Entry.objects.filter(act="extension.grant").exists()


def test_the_second_of_two_who_decide_changes_nothing(cast: Cast) -> None:
    extension = make_extension(cast)
    stale = Extension.objects.get()
    decide(extension, Act.REFUSE, version=0, note="理由不足。", by=cast.coordinator, at=MORNING)
    with pytest.raises(Moved) as moved:
        decide(stale, Act.GRANT, version=0, note="", by=cast.coordinator, at=MORNING)
    assert moved.value.current.state == RequestState.REFUSED
    cast.task.refresh_from_db()
    assert cast.task.due_on == END


def test_it_asks_for_the_rights_of_now(cast: Cast) -> None:
    stale = cast.reporter
    assert stale.scope
    Membership.objects.filter(user=stale).delete()
    with pytest.raises(Refused):
        ask(cast, by=stale)
    assert not Extension.objects.exists()


def test_others_see_it_when_it_is_granted_and_they_take_part(cast: Cast) -> None:
    make_extension(cast, RequestState.REFUSED)
    granted = make_extension(cast, RequestState.GRANTED)
    partner = make_department("市医保局")
    assign(cast.task, partner, "participant")
    helping = make_reporter(partner, "郑洁")
    assert list(Extension.objects.visible_to(helping)) == [granted]
    assert not Extension.objects.visible_to(cast.stranger).exists()
    assert Extension.objects.visible_to(cast.leader).count() == 2
    assert Extension.objects.visible_to(cast.reporter).count() == 2


def test_it_waits_for_nobody_once_the_task_is_closed(cast: Cast) -> None:
    make_extension(cast)
    assert Extension.objects.waiting_for(cast.coordinator).count() == 1
    decide(make_closure(cast), Act.COMPLETE, version=0, note="", by=cast.coordinator, at=MORNING)
    assert not Extension.objects.waiting_for(cast.coordinator).exists()
