"""A granted extension moves the deadline in force; the original one stays."""

from datetime import date

from django.db.models.functions import Coalesce

from departments.models import User
from tasks.changes import keep_change
from tasks.models import Task, TaskChange


def move_deadline(task_id: int, *, seen: date, to: date, on: date, by: User, reason: str) -> bool:
    """Move an open task's deadline from the day that was seen; False when it is not that any more.

    Called in the transaction of the act, which leaves the entry.
    """
    held = Task.objects.filter(pk=task_id, state=Task.State.OPEN, due_on=seen)
    if held.update(due_on=to, original_due_on=Coalesce("original_due_on", "due_on")) != 1:
        return False
    days = {"before": {"due_on": seen}, "after": {"due_on": to}}
    keep_change(task_id, TaskChange.Kind.EXTENSION, **days, on=on, by=by, reason=reason)
    return True
