"""Signing off and deciding on requests, with what a decision does to the task, in one transaction."""

from datetime import datetime

from django.db import transaction

from departments.models import User
from progress.models import Extension
from progress.moves import NotPossible
from progress.requests.moves import R, move
from progress.requests.workflow import Act
from tasks.close import close_task
from tasks.models import Task
from tasks.move_deadline import move_deadline
from timekeeping.clock import day_of

VERIFIED = "经核实已完成。"
_OUTCOMES = {Act.COMPLETE: Task.State.COMPLETED, Act.TERMINATE: Task.State.TERMINATED}
_CHANGED = "任务的时限在申请以后变动过，或者任务已经办结，不能按这件申请延期。请选“不同意”并写明情况。"
_CLOSED = "这项任务刚刚已经办结，没有办理。"


def decide(request: R, act: Act, *, version: int, note: str, by: User, at: datetime) -> R:
    """Withdraw, sign off, send back, grant, refuse, close or return a request.

    Raises what `move` raises; NotPossible also when the task has changed since it was asked.
    """
    with transaction.atomic():
        moved = move(request, act, version=version, note=note, by=by, at=at)
        if act is Act.GRANT and isinstance(moved, Extension):
            _extend(moved, by, at)
        if act in _OUTCOMES:
            _close(moved.task_id, _OUTCOMES[act], note.strip() or VERIFIED, by, at)
    return moved


def _extend(extension: Extension, by: User, at: datetime) -> None:
    moved = move_deadline(
        extension.task_id,
        seen=extension.from_due_on,
        to=extension.to_due_on,
        on=day_of(at),
        by=by,
        reason=extension.reason,
    )
    if not moved:
        raise NotPossible(_CHANGED)


def _close(task_id: int, outcome: Task.State, reason: str, by: User, at: datetime) -> None:
    if not close_task(task_id, outcome=outcome, on=day_of(at), by=by, reason=reason):
        raise NotPossible(_CLOSED)
