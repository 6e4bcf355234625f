"""重新打开: a closed task counts again, with the reason in the trail."""

from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from tasks.changes import keep_change
from tasks.close import OPEN
from tasks.models import Task, TaskChange
from tasks.permissions import reopen as may_reopen


class CannotReopen(Exception):
    """The task is not as it was seen; the message says so, in Chinese."""


def reopen_task(task: Task, *, reason: str, by: User, on: date) -> None:
    """Open a closed task again, as it stands in `task`; it owes reports from the next period on.

    Raises Refused, and CannotReopen when no reason is given or somebody was first.
    """
    require(may_reopen(by, task))
    if not reason.strip():
        raise CannotReopen("重新打开须写明理由。")
    with transaction.atomic():
        require(may_reopen(afresh(by), task))
        seen = Task.objects.filter(pk=task.pk, state=task.state, closed_on=task.closed_on)
        if seen.update(**OPEN) != 1:
            raise CannotReopen("任务的状态刚刚被别人修改，请重新打开页面后再办理。")
        before = {name: getattr(task, name) for name in OPEN}
        keep_change(
            task.pk, TaskChange.Kind.REOPENED, before=before, after=OPEN, on=on, by=by, reason=reason.strip()
        )
        record(
            "task.reopen",
            actor=by,
            target=task,
            jurisdiction_id=task.jurisdiction_id,
            before=before,
            after=OPEN,
            reason=reason.strip(),
        )
