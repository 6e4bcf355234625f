"""Keeping what moved a deadline or a state, and telling how tasks were on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

from departments.models import User
from tasks.models import Task, TaskChange

DECIDING = ("due_kind", "due_on", "original_due_on", "state", "closed_on", "closing_reason")
_DAYS = {"due_on", "original_due_on", "closed_on"}


def keep_change(
    task_id: int,
    kind: TaskChange.Kind,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    on: date,
    by: User | None,
    reason: str = "",
) -> None:
    """Write down what an act changed, in its transaction; nothing when none of it decides a light."""
    changed = [name for name in DECIDING if name in after and before.get(name) != after[name]]
    if changed:
        TaskChange.objects.create(
            task_id=task_id,
            kind=kind,
            on=on,
            by=by,
            before={name: before.get(name) for name in changed},
            after={name: after[name] for name in changed},
            reason=reason,
        )


class Past:
    """The tasks of a list on the days from `since` on, read once (one query)."""

    def __init__(self, tasks: Sequence[Task], since: date) -> None:
        self._changes: dict[int, list[TaskChange]] = defaultdict(list)
        for change in TaskChange.objects.filter(task__in=[task.pk for task in tasks], on__gt=since):
            self._changes[change.task_id].append(change)

    def on(self, task: Task, day: date) -> Task:
        """The task as it was at the end of a day: what was changed later is taken back, the latest first."""
        later = [change for change in self._changes[task.pk] if change.on > day]
        if not later:
            return task
        then = copy(task)
        for name, value in _undone(reversed(later)).items():
            setattr(then, name, date.fromisoformat(value) if name in _DAYS and value else value)
        return then


def _undone(changes: Iterable[TaskChange]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for change in changes:
        values |= change.before
    return values
