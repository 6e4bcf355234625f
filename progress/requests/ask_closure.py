"""申请销号: with the result, and what shows it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from departments.models import Department, User
from departments.permissions import require
from progress.evidence.add import gone_when_it_fails, store
from progress.evidence.judge import Sent
from progress.models import Closure
from progress.moves import NotPossible
from progress.requests.moves import already, hold, make
from progress.requests.permissions import may_ask_for
from progress.requests.workflow import Act
from tasks.models import Task


def ask_closure(
    task: Task,
    *,
    department: Department,
    result: str,
    evidence: str,
    by: User,
    at: datetime,
    materials: Sequence[Sent] = (),
) -> Closure:
    """Ask the office to verify a task's result and to close it; with its files, or not at all.

    Raises Refused or NotPossible.
    """
    require(may_ask_for(by, task, department))
    with gone_when_it_fails() as stored, transaction.atomic():
        held = hold(task)
        if why := why_not_ask(held):
            raise NotPossible(why)
        closure = Closure(
            task=held,
            department=department,
            result=result.strip(),
            evidence=evidence.strip(),
            asked_by=by,
            asked_at=at,
        )
        told = [{"name": file.name, "sha256": file.sha256} for file in materials]
        made = make(closure, Act.ASK_CLOSURE, **({"files": told} if told else {}))
        for file in materials:
            store(file, made, stored, by=by, at=at)
        return made


def why_not_ask(task: Task) -> str:
    """Why the closing of a task cannot be asked for now, or ""."""
    if task.state != Task.State.OPEN:
        return "这项任务已经办结，不需要再申请销号。"
    if task.closures.undecided().exists():
        return already(Closure.KIND)
    return ""
