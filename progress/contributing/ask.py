"""请参与单位提供情况: one act for several departments at once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import Department, User
from departments.permissions import require
from progress.contributing.locks import why_not_ask, why_not_by
from progress.contributing.permissions import may_ask
from progress.contributing.workflow import Act
from progress.models import Contribution, ProgressReport
from progress.moves import NotPossible, fresh
from progress.workflow import Who
from tasks.models import Assignment
from timekeeping.clock import day_of

TAKING_PART = (Assignment.Role.RESPONSIBLE, Assignment.Role.PARTICIPANT)
NOT_LEAD = "本单位不是这项任务的牵头单位，不需要请其他单位提供情况。"
_TWICE = "有的单位刚刚已经请过，没有办理。请核对后再选。"


def ask(
    report: ProgressReport,
    *,
    departments: Sequence[Department],
    due_on: date,
    request: str,
    by: User,
    at: datetime,
) -> list[Contribution]:
    """Ask departments that take part in the report's task, all or none. Raises Refused or NotPossible."""
    require(may_ask(by, report))
    with transaction.atomic():
        require(may_ask(afresh(by), report))
        held = hold(report)
        if why := why_not_ask(held, day_of(at)) or why_not_by(held, due_on, day_of(at)):
            raise NotPossible(why)
        _check_parts(held, departments)
        return [
            _store(
                Contribution(
                    jurisdiction_id=held.jurisdiction_id,
                    report=held,
                    department=department,
                    department_name=department.name,
                    request=request.strip(),
                    due_on=due_on,
                    asked_by=by,
                    asked_at=at,
                )
            )
            for department in departments
        ]


def hold(report: ProgressReport) -> ProgressReport:
    """The report as it stands, held until the transaction ends: it is not handed in meanwhile."""
    ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    return fresh(report)


def _check_parts(report: ProgressReport, departments: Sequence[Department]) -> None:
    parts = dict(report.task.assignments.order_by().values_list("department_id", "role"))
    if parts.get(report.department_id) != Assignment.Role.LEAD:
        raise NotPossible(NOT_LEAD)
    if not departments:
        raise NotPossible("请选择参与单位。")
    if strangers := [one.short_name for one in departments if parts.get(one.pk) not in TAKING_PART]:
        raise NotPossible(f"{'、'.join(strangers)}不是这项任务的负责或参与单位。")


def _store(contribution: Contribution) -> Contribution:
    try:
        with transaction.atomic():
            contribution.save(force_insert=True)
    except IntegrityError as refused:  # two people asked at the same moment
        raise NotPossible(_TWICE) from refused
    by = contribution.asked_by
    content = {name: getattr(contribution, name) for name in ("department_name", "request", "due_on")}
    record(
        Act.ASK,
        actor=by,
        target=contribution,
        jurisdiction_id=contribution.jurisdiction_id,
        after={**content, "due_on": contribution.due_on.isoformat(), "state": contribution.state},
        stands_in_for=by.scope.stands_in_for(Who.REPORTER, contribution.report.department_id),
    )
    return contribution
