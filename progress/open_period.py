"""开启报送期: the dates are set and the expected set is frozen."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.models import ProgressReport, ReportingPeriod
from progress.moves import NotPossible
from progress.permissions import open_period as may_open
from tasks.models import Assignment, Ledger, Task

ALREADY = "这个报送期已经设置。"


def open_period(
    ledger: Ledger,
    *,
    kind: str,
    year: int,
    number: int,
    name: str,
    opens_on: date,
    due_on: date,
    closes_on: date,
    by: User,
    at: datetime,
) -> ReportingPeriod:
    """Make a period and one report for every department that owes one, named as it is called today.

    Raises Refused (not the office), NotPossible (opened before, dates out of order, nobody owes a report).
    """
    require(may_open(by, ledger))
    period = ReportingPeriod(
        ledger=ledger,
        jurisdiction_id=ledger.jurisdiction_id,
        kind=kind,
        year=year,
        number=number,
        name=name,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        state=ReportingPeriod.State.OPEN,
        opened_at=at,
    )
    owing = owing_parts(ledger)
    if not owing:
        raise NotPossible("台账中没有需要报送的单位。")
    with transaction.atomic():
        require(may_open(afresh(by), ledger))
        _store(period)
        ProgressReport.objects.bulk_create(_expected(period, part) for part in owing)
        dates = {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on, "expected": len(owing)}
        record("period.open", actor=by, target=period, jurisdiction_id=ledger.jurisdiction_id, after=dates)
    return period


def owing_parts(ledger: Ledger) -> list[Assignment]:
    """Who owes what: the parts in open tasks that the ledger's setting asks to report."""
    parts = Assignment.objects.filter(task__ledger=ledger, task__state=Task.State.OPEN)
    return list(parts.owing(ledger.reporters).select_related("department", "via_group"))


def _store(period: ReportingPeriod) -> None:
    """Insert the period; the constraints decide, also between two coordinators at the same moment."""
    try:
        period.full_clean()
        with transaction.atomic():
            period.save(force_insert=True)
    except ValidationError as refused:
        raise NotPossible(" ".join(refused.messages)) from refused
    except IntegrityError as refused:
        raise NotPossible(ALREADY) from refused


def _expected(period: ReportingPeriod, part: Assignment) -> ProgressReport:
    return ProgressReport(
        jurisdiction_id=period.jurisdiction_id,
        period=period,
        task_id=part.task_id,
        department=part.department,
        department_name=part.department.name,
        group_name=part.via_group.name if part.via_group else "",
        due_on=period.due_on,
    )
