"""A granted extension moves the deadline in force; the original one stays."""

from datetime import date

from django.db.models.functions import Coalesce

from tasks.models import Task


def move_deadline(task_id: int, *, seen: date, to: date) -> bool:
    """Move an open task's deadline from the day that was seen; False when it is not that any more.

    Called in the transaction of the act, which leaves the entry.
    """
    held = Task.objects.filter(pk=task_id, state=Task.State.OPEN, due_on=seen)
    return held.update(due_on=to, original_due_on=Coalesce("original_due_on", "due_on")) == 1
