"""Who may do what with ledgers."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied, coordinate
from documents.models import PolicyDocument
from tasks.models import Task


def adopt_draft(user: User, document: PolicyDocument) -> Decision:
    """Turn a reviewed draft into a ledger."""
    if coordinate(user, document.jurisdiction_id):
        return Allowed()
    return Denied("只有本地医改办的协调员可以确认入账。")


def date_event(user: User, task: Task) -> Decision:
    """Say when the event happened that a relative deadline counts from."""
    if not (decision := coordinate(user, task.jurisdiction_id)):
        return decision
    if task.due_kind != Task.DueKind.RELATIVE:
        return Denied("这项任务的时限不是相对期限，不需要填写起算日期。")
    if task.state != Task.State.OPEN:
        return Denied("这项任务已经办结，时限不能再改。")
    return Allowed()


def reopen(user: User, task: Task) -> Decision:
    """Open a closed task again."""
    if not (decision := coordinate(user, task.jurisdiction_id)):
        return decision
    if task.state == Task.State.OPEN:
        return Denied("这项任务没有办结，不需要重新打开。")
    return Allowed()
