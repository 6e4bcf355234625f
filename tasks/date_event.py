"""填写起算日期: the day of an event gives relative deadlines their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from tasks.changes import keep_change
from tasks.models import Task, TaskChange
from tasks.permissions import date_event as may_date
from tasks.relative import day_after

DUE = ("event", "offset_count", "offset_unit", "event_on", "due_on", "original_due_on")


class CannotDate(Exception):
    """The deadline cannot be counted; the message says why, in Chinese."""


def date_event(
    tasks: Sequence[Task],
    *,
    event: str,
    count: int,
    unit: str,
    event_on: date | None,
    by: User,
    on: date,
) -> None:
    """Count the deadlines of `tasks` from the day of their event, as each stands in `tasks`.

    The original deadline is set once and kept when the day is corrected; without a day both are cleared.
    Raises Refused, and CannotDate when somebody changed a task meanwhile.
    """
    for task in tasks:
        require(may_date(by, task))
    due_on = day_after(event_on, count, unit) if event_on else None
    if event_on and due_on is None:
        raise CannotDate("算出的日期超出范围，请检查起算日期和时间。")
    with transaction.atomic():
        person = afresh(by)
        for task in tasks:
            require(may_date(person, task))
            _date(task, (event, count, unit, event_on), due_on, by, on)


def _date(
    task: Task, counted: tuple[str, int, str, date | None], due_on: date | None, by: User, on: date
) -> None:
    before = {name: getattr(task, name) for name in DUE}
    original = (task.original_due_on or due_on) if due_on else None
    after = dict(zip(DUE, (*counted, due_on, original), strict=True))
    seen = {
        (f"{name}__isnull" if before[name] is None else name): before[name] is None or before[name]
        for name in ("event_on", "due_on")
    }
    held = Task.objects.filter(pk=task.pk, state=Task.State.OPEN, **seen)
    if held.update(**after) != 1:
        raise CannotDate("任务的时限刚刚被别人修改，请重新打开后再填写。")
    keep_change(task.pk, TaskChange.Kind.EVENT, before=before, after=after, on=on, by=by)
    changed = [name for name in DUE if before[name] != after[name]]
    record(
        "task.date_event",
        actor=by,
        target=task,
        jurisdiction_id=task.jurisdiction_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
