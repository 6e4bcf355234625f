"""销号: asked with the result; the office closes as 完成 or 终止, or returns it; a closed task can be opened again."""

from datetime import date

import pytest

from audit.models import Entry
from departments.permissions import Refused
from progress.models import Closure, RequestState
from progress.moves import NotPossible
from progress.open_period import open_period, owing_parts
from progress.requests.ask_closure import ask_closure
from progress.requests.decide import decide
from progress.requests.workflow import Act
from progress.standing import standings
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.requests import make_closure
from tasks.lights import Colour
from tasks.models import Task
from tasks.reopen import CannotReopen, reopen_task
from tasks.tests.factories import make_task
from tasks.with_parts import with_parts


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def ask(cast: Cast) -> Closure:
    return ask_closure(
        cast.task,
        department=cast.department,
        result="系统已上线运行。",
        evidence="验收意见平卫办〔2020〕8号",
        by=cast.reporter,
        at=MORNING,
    )


def close(cast: Cast, act: Act = Act.COMPLETE, note: str = "") -> Task:
    decide(make_closure(cast), act, version=0, note=note, by=cast.coordinator, at=MORNING)
    cast.task.refresh_from_db()
    return cast.task


def test_it_goes_from_the_lead_over_the_head_to_the_office(cast: Cast) -> None:
    closure = ask(cast)
    assert closure.state == RequestState.SUBMITTED
    closure = decide(closure, Act.SIGN_CLOSURE, version=0, note="", by=cast.head, at=MORNING)
    decide(closure, Act.COMPLETE, version=1, note="", by=cast.coordinator, at=MORNING)
    cast.task.refresh_from_db()
    assert (cast.task.state, cast.task.closed_on) == (Task.State.COMPLETED, DAY)
    assert cast.task.closing_reason == "经核实已完成。"
    acts = Entry.objects.filter(act__startswith="closure.").order_by("pk")
    assert [entry.act for entry in acts] == ["closure.ask", "closure.sign", "closure.complete"]
    assert acts[0].after["result"] == "系统已上线运行。"


def test_it_closes_as_terminated_with_the_reason_on_the_light(cast: Cast) -> None:
    task = close(cast, Act.TERMINATE, "任务并入省级平台建设。")
    assert task.state == Task.State.TERMINATED
    light = standings(with_parts(Task.objects.all()), DAY)[task.pk].light
    assert (light.colour, light.reasons) == (Colour.STOPPED, ("任务并入省级平台建设。",))


def test_a_return_closes_nothing_and_leaves_room_for_another(cast: Cast) -> None:
    assert close(cast, Act.RETURN, "请补充验收意见。").state == Task.State.OPEN
    assert ask(cast).state == RequestState.SUBMITTED


def test_it_asks_nothing_for_a_closed_task_in_the_next_period(cast: Cast) -> None:
    other = make_task(cast.ledger, leads=(cast.department,))
    close(cast)
    assert [part.task_id for part in owing_parts(cast.ledger)] == [other.pk]
    period = open_period(
        cast.ledger,
        kind="quarter",
        year=2021,
        number=1,
        name="2021年第一季度",
        opens_on=date(2021, 3, 1),
        due_on=date(2021, 3, 15),
        closes_on=date(2021, 3, 22),
        by=cast.coordinator,
        at=MORNING,
    )
    assert [report.task_id for report in period.reports.all()] == [other.pk]


def test_it_takes_one_at_a_time_and_none_for_a_closed_task(cast: Cast) -> None:
    closure = make_closure(cast)
    with pytest.raises(NotPossible, match="已有一件销号申请正在办理"):
        ask(cast)
    decide(closure, Act.COMPLETE, version=0, note="", by=cast.coordinator, at=MORNING)
    with pytest.raises(NotPossible, match="已经办结"):
        ask(cast)


def test_it_is_refused_to_who_does_not_lead(cast: Cast) -> None:
    cast.reporter = cast.stranger
    with pytest.raises(Refused, match="只有这项任务牵头单位的填报员"):
        ask(cast)


def test_it_does_not_close_what_another_paper_has_closed(cast: Cast) -> None:
    closure = make_closure(cast)
    Task.objects.update(state="terminated", closed_on=DAY, closing_reason="新文件未列入。")
    with pytest.raises(NotPossible, match="已经办结"):
        decide(closure, Act.COMPLETE, version=0, note="", by=cast.coordinator, at=MORNING)
    closure.refresh_from_db()
    assert closure.state == RequestState.SIGNED
    assert Task.objects.get().closing_reason == "新文件未列入。"


def test_it_is_opened_again_with_a_reason(cast: Cast) -> None:
    task = close(cast)
    reopen_task(task, reason="抽查发现系统未启用。", by=cast.coordinator, on=DAY)
    task.refresh_from_db()
    assert (task.state, task.closed_on, task.closing_reason) == (Task.State.OPEN, None, "")
    entry = Entry.objects.get(act="task.reopen")
    assert (entry.reason, entry.before["closing_reason"]) == ("抽查发现系统未启用。", "经核实已完成。")
    assert ask(cast).state == RequestState.SUBMITTED


def test_it_is_opened_again_by_the_office_only_once_and_with_a_reason(cast: Cast) -> None:
    task = close(cast)
    with pytest.raises(Refused):
        reopen_task(task, reason="抽查。", by=cast.reporter, on=DAY)
    with pytest.raises(CannotReopen, match="须写明理由"):
        reopen_task(task, reason=" ", by=cast.coordinator, on=DAY)
    reopen_task(Task.objects.get(pk=task.pk), reason="抽查。", by=cast.coordinator, on=DAY)
    with pytest.raises(CannotReopen, match="刚刚被别人修改"):
        reopen_task(task, reason="抽查。", by=cast.coordinator, on=DAY)
    with pytest.raises(Refused, match="没有办结"):
        reopen_task(Task.objects.get(pk=task.pk), reason="抽查。", by=cast.coordinator, on=DAY)
