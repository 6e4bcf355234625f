"""办结: a task is closed as 完成 or as 终止, with its day and its reason."""

from datetime import date

from departments.models import User
from tasks.changes import keep_change
from tasks.models import Task, TaskChange

OPEN = {"state": Task.State.OPEN.value, "closed_on": None, "closing_reason": ""}


def close_task(task_id: int, *, outcome: Task.State, on: date, by: User | None, reason: str) -> bool:
    """Close an open task; False when it is closed already.

    Called in the transaction of the act, which leaves the entry.
    """
    closed = {"state": outcome.value, "closed_on": on, "closing_reason": reason}
    if Task.objects.filter(pk=task_id, state=Task.State.OPEN).update(**closed) != 1:
        return False
    keep_change(task_id, TaskChange.Kind.CLOSED, before=OPEN, after=closed, on=on, by=by, reason=reason)
    return True
