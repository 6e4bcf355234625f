"""What a task will hold once the newer paper is put over it: its words and its deadline."""

from __future__ import annotations

from datetime import date
from typing import Any

from documents.reading import DraftTask
from tasks.adopt import counted_from, deadline, wording
from tasks.models import Ledger, Task
from tasks.relative import day_after

Fields = dict[str, Any]
DUE = (
    "due_kind",
    "due_text",
    "due_on",
    "original_due_on",
    "event",
    "offset_count",
    "offset_unit",
    "event_on",
)
_UNSTATED = (Task.DueKind.LEDGER_END, Task.DueKind.NONE)


def planned(
    one: DraftTask, task: Task | None, before: DraftTask | None, ledger: Ledger, undated: str
) -> Fields:
    """The fields of a task; `before` is what the older paper said of it, where that is known."""
    return {**wording(one), **due(one, task, before, ledger, undated)}


def due(one: DraftTask, task: Task | None, before: DraftTask | None, ledger: Ledger, undated: str) -> Fields:
    """The deadline: kept where the paper says the same as before, so that an extension stands.

    Where it says otherwise the original deadline is kept beside the new one. A relative deadline whose
    event has its day is counted anew.
    """
    fresh = _stated(one, ledger.ends_on, undated)
    if task is None:
        return {**fresh, "original_due_on": fresh["due_on"], "event_on": None}
    if _says_the_same(one, task, before, ledger.ends_on, undated):
        return {name: getattr(task, name) for name in DUE}
    event_on = task.event_on if fresh["offset_count"] is not None and not fresh["due_on"] else None
    if event_on:
        fresh["due_on"] = day_after(event_on, fresh["offset_count"], fresh["offset_unit"])
    if not fresh["due_on"]:
        event_on = None
    return {**fresh, "original_due_on": task.original_due_on or fresh["due_on"], "event_on": event_on}


def _stated(one: DraftTask, ends_on: date, undated: str) -> Fields:
    kind, due_on = deadline(one, ends_on, undated)
    return {"due_kind": kind, "due_text": one.due_text[:200], "due_on": due_on, **counted_from(one)}


def _says_the_same(one: DraftTask, task: Task, before: DraftTask | None, ends_on: date, undated: str) -> bool:
    now = _stated(one, ends_on, undated)
    if before:
        return now == _stated(before, ends_on, undated)
    if now["due_kind"] in _UNSTATED:
        return task.due_kind in _UNSTATED
    if now["due_on"]:
        return now["due_on"] in (task.due_on, task.original_due_on)
    counted = ("due_kind", "event", "offset_count", "offset_unit")
    return all(now[name] == getattr(task, name) for name in counted)
