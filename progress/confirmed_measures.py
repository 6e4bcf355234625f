"""What a confirmation makes of the values and milestones that a report tells, and a reopening takes back."""

from datetime import date
from decimal import Decimal

from progress.models import IndicatorValue, ProgressReport
from tasks import confirm
from tasks.models import Assignment, Indicator


def keep(report: ProgressReport) -> None:
    """Write the values of a confirmed report, and tell the task what is done; called in the act's transaction."""
    if report.said_values:
        _keep_values(report)
    _tell_done(report)


def take_back(report: ProgressReport) -> None:
    """Remove what a report that is no longer confirmed had left; what others told as well stays done."""
    report.values.all().delete()
    if not report.said_steps:
        return
    confirm.take_back_done(report.task_id, _days(report))
    others = ProgressReport.objects.filter(task=report.task_id, state=ProgressReport.State.ACCEPTED)
    for other in others.exclude(pk=report.pk).order_by("period__due_on", "id"):
        _tell_done(other)


def _keep_values(report: ProgressReport) -> None:
    known = Indicator.objects.filter(task=report.task_id, pk__in=report.said_values)
    rows = [
        IndicatorValue(
            jurisdiction_id=report.jurisdiction_id,
            indicator=one,
            department_id=report.department_id,
            period_id=report.period_id,
            report=report,
            value=Decimal(report.said_values[str(one.pk)]),
        )
        for one in known
    ]
    IndicatorValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["indicator", "department", "period"],
        update_fields=["report", "value"],
    )


def _tell_done(report: ProgressReport) -> None:
    """Only those who lead a task say what of it is done."""
    leads = Assignment.objects.filter(
        task=report.task_id, department=report.department_id, role=Assignment.Role.LEAD
    )
    if report.said_steps and leads.exists():
        confirm.tell_done(report.task_id, _days(report))


def _days(report: ProgressReport) -> dict[int, date]:
    return {int(step): date.fromisoformat(day) for step, day in report.said_steps.items()}
