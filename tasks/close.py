"""办结: a task is closed as 完成 or as 终止, with its day and its reason."""

from datetime import date

from tasks.models import Task


def close_task(task_id: int, *, outcome: Task.State, on: date, reason: str) -> bool:
    """Close an open task; False when it is closed already.

    Called in the transaction of the act, which leaves the entry.
    """
    held = Task.objects.filter(pk=task_id, state=Task.State.OPEN)
    return held.update(state=outcome, closed_on=on, closing_reason=reason) == 1
