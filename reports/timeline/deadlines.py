"""What was asked about a task and decided, and what moved its deadline or its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from departments.models import User
from progress.models import Closure, Extension, RequestState
from reports.timeline.event import Event, Kind, long_day, on_day, said
from tasks.models import Task, TaskChange

# An agreed request is told by what it changed.
_UNAGREED = (RequestState.RETURNED, RequestState.REFUSED)
_WHY = {
    TaskChange.Kind.EXTENSION: "延期",
    TaskChange.Kind.EVENT: "按起算日期推算",
    TaskChange.Kind.PAPER: "按新文件",
}


def of_changes(task: Task) -> Iterator[Event]:
    """Deadlines moved, the task closed and opened again (one query)."""
    for change in task.changes.select_related("by"):
        text = _changed(change)
        if text:
            yield on_day(change.on, Kind.DEADLINE, said(text, change.by), change.reason)


def of_requests(user: User, task: Task) -> Iterator[Event]:
    """延期 and 销号 as far as the person may see them (two queries)."""
    for model, address in ((Extension, "progress:extension"), (Closure, "progress:closure")):
        rows = model.objects.visible_to(user).filter(task=task)
        for one in rows.select_related("department", "asked_by", "decided_by"):
            yield from _asked(one, reverse(address, args=[one.pk]))


def _asked(one: Any, link: str) -> Iterator[Event]:
    to = f"到{long_day(one.to_due_on)}" if isinstance(one, Extension) else ""
    what = said(f"{one.department.short_name}申请{one.KIND}{to}", one.asked_by)
    why = one.reason if isinstance(one, Extension) else one.result
    yield Event(one.asked_at, Kind.DEADLINE, what, why, link)
    if one.state in _UNAGREED:
        answer = said(f"{one.KIND}申请{one.get_state_display()}", one.decided_by)
        yield Event(one.decided_at, Kind.DEADLINE, answer, one.decision, link)


def _changed(change: TaskChange) -> str:
    """The sentence on a change; empty for one that moved neither deadline nor state."""
    if change.kind == TaskChange.Kind.REOPENED:
        return "重新打开"
    if state := change.after.get("state"):
        return f"{Task.State(state).label}"
    if "due_on" not in change.after:
        return ""
    before, after = change.before["due_on"] or "未定", change.after["due_on"] or "未定"
    return f"{_WHY[TaskChange.Kind(change.kind)]}，完成时限由{before}改为{after}"
