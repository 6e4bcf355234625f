"""重新打开: a closed task counts again, with the reason in the trail."""

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from tasks.models import Task
from tasks.permissions import reopen as may_reopen


class CannotReopen(Exception):
    """The task is not as it was seen; the message says so, in Chinese."""


def reopen_task(task: Task, *, reason: str, by: User) -> None:
    """Open a closed task again, as it stands in `task`; it owes reports from the next period on.

    Raises Refused, and CannotReopen when no reason is given or somebody was first.
    """
    require(may_reopen(by, task))
    if not reason.strip():
        raise CannotReopen("重新打开须写明理由。")
    with transaction.atomic():
        require(may_reopen(afresh(by), task))
        seen = Task.objects.filter(pk=task.pk, state=task.state, closed_on=task.closed_on)
        if seen.update(state=Task.State.OPEN, closed_on=None, closing_reason="") != 1:
            raise CannotReopen("任务的状态刚刚被别人修改，请重新打开页面后再办理。")
        names = ("state", "closed_on", "closing_reason")
        record(
            "task.reopen",
            actor=by,
            target=task,
            jurisdiction_id=task.jurisdiction_id,
            before={name: getattr(task, name) for name in names},
            after={"state": Task.State.OPEN, "closed_on": None, "closing_reason": ""},
            reason=reason.strip(),
        )
