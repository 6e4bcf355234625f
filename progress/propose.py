"""What the form for a new period proposes: the next quarter, with dates on working days."""

from dataclasses import dataclass
from datetime import date, timedelta

from progress.models import ReportingPeriod
from tasks.models import Ledger
from timekeeping.quarters import Quarter, quarter_of
from timekeeping.workdays import exceptions_between, is_workday, workdays_after, workdays_before

SHORTEST_WINDOW = 5  # working days: practice complains of "发通知下午就要交"
_SPAN = timedelta(days=60)
_DUE_DAY = 15
_USUAL_WINDOW = 10


@dataclass(frozen=True)
class Proposal:
    """A quarter and its three dates."""

    quarter: Quarter
    opens_on: date
    due_on: date
    closes_on: date


def propose(ledger: Ledger, on: date) -> Proposal:
    """The quarter after the last one opened (else today's), from the first to the 15th of its last month.

    A quarter whose usual dates have passed gets a window of ten working days from today.
    """
    quarter = _next_quarter(ledger, on)
    month = quarter.ends_on.replace(day=1)
    first = max(month, on)
    days = exceptions_between(min(first, month) - _SPAN, first + _SPAN)
    opens_on = first if is_workday(first, days) else workdays_after(first, 1, days)
    middle = month.replace(day=_DUE_DAY)
    due_on = middle if is_workday(middle, days) else workdays_before(middle, 1, days)
    if window(opens_on, due_on) < SHORTEST_WINDOW:
        due_on = workdays_after(opens_on, 10, days)
    return Proposal(quarter, opens_on, due_on, workdays_after(due_on, 5, days))


def propose_for(due_on: date, on: date) -> Proposal:
    """The quarter of a reporting date that the paper sets: due on that very day, open for it in good time."""
    quarter = quarter_of(due_on)
    days = exceptions_between(due_on - _SPAN, due_on + _SPAN)
    opens_on = max(workdays_before(due_on, _USUAL_WINDOW, days), min(on, due_on))
    return Proposal(quarter, opens_on, due_on, workdays_after(due_on, 5, days))


def window(opens_on: date, due_on: date) -> int:
    """How many working days a department has, both ends counted."""
    days = exceptions_between(opens_on, due_on)
    span = range((due_on - opens_on).days + 1)
    return sum(is_workday(opens_on + timedelta(days=step), days) for step in span)


def _next_quarter(ledger: Ledger, on: date) -> Quarter:
    quarters = ledger.periods.filter(kind=ReportingPeriod.Kind.QUARTER)
    last = quarters.order_by("year", "number").last()
    if last:
        return Quarter(last.year, last.number).following
    return quarter_of(min(max(on, ledger.starts_on), ledger.ends_on))
