"""Until when a returned or reopened report may be revised."""

from datetime import date, datetime, timedelta

from progress.models import ProgressReport
from timekeeping.clock import day_of
from timekeeping.workdays import exceptions_between, workdays_after

WORKDAYS = 3  # a return leaves at least so many working days


def earliest_revise_by(at: datetime) -> date:
    """The first date a return may set: three working days after its own day."""
    day = day_of(at)
    return workdays_after(day, WORKDAYS, exceptions_between(day, day + timedelta(days=30)))


def revise_by(report: ProgressReport, at: datetime, wanted: date | None = None) -> date:
    """The date that a return sets: the one wanted, never earlier than three working days or one set before."""
    return max(filter(None, (earliest_revise_by(at), wanted, report.revise_by)))
