"""写批示: by a leader on the task's page, or recorded by the office from paper."""

from datetime import date, datetime

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.models import Directive
from progress.moves import NotPossible
from progress.oversight.permissions import give_directive as may_give
from progress.oversight.permissions import record_for_leader
from tasks.models import Task
from timekeeping.clock import day_of


def give_directive(
    task: Task, *, leader_name: str, given_on: date, text: str, by: User, at: datetime
) -> Directive:
    """Write a directive on a task; a leader's own stands under the own name, whatever `leader_name` says.

    Raises Refused, NotPossible (a day that has not come, nothing written).
    """
    require(may_give(by, task))
    name = (leader_name if record_for_leader(by, task) else by.full_name).strip()
    if why := why_not(given_on, day_of(at)):
        raise NotPossible(why)
    if not name or not text.strip():
        raise NotPossible("请写明批示人和批示内容。")
    with transaction.atomic():
        require(may_give(afresh(by), task))
        directive = Directive.objects.create(
            jurisdiction_id=task.jurisdiction_id,
            task=task,
            leader_name=name,
            given_on=given_on,
            text=text.strip(),
            entered_by=by,
            entered_at=at,
        )
        record(
            "directive.give",
            actor=by,
            target=directive,
            jurisdiction_id=directive.jurisdiction_id,
            after={"leader_name": name, "given_on": given_on.isoformat(), "text": directive.text},
        )
    return directive


def why_not(given_on: date, on: date) -> str:
    """Why a directive cannot be of that day, or ""."""
    return "批示日期不能晚于今天。" if given_on > on else ""
