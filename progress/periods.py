"""Which reporting periods matter on a day."""

from collections.abc import Iterable
from datetime import date

from progress.models import ReportingPeriod
from tasks.models import Ledger


def current_period(ledger: Ledger) -> ReportingPeriod | None:
    """The latest period that was opened, whether it still takes reports or not."""
    return latest(ledger.periods.opened())


def latest(opened: Iterable[ReportingPeriod]) -> ReportingPeriod | None:
    """The latest of the periods that were opened; None before there is one."""
    return max(opened, key=lambda period: (period.opens_on, period.pk), default=None)


def judged(periods: Iterable[ReportingPeriod], on: date) -> list[ReportingPeriod]:
    """The periods whose filings colour a light on a day: the last that has closed, and those running.

    So a late or missing quarter stays visible until the next one has closed.
    """
    begun = [period for period in periods if period.opens_on <= on]
    closed = [period for period in begun if period.closes_on < on]
    running = [period for period in begun if period.closes_on >= on]
    return sorted(closed, key=lambda period: period.closes_on)[-1:] + running


def line_day(closed_due: Iterable[date], accepted_due: Iterable[date], on: date) -> date | None:
    """The day on which the expected line is taken (docs/rules.md, 灯), None before there is one.

    The later of the due date of the last closed period and that of the latest accepted report's period,
    never after `on`: a task does not drift to red merely because the quarter's reports are not in yet.
    """
    days = [*closed_due, *accepted_due]
    return min(max(days), on) if days else None
