"""Which period a page speaks of, and how it is called in a heading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from progress.models import ReportingPeriod
from progress.periods import latest
from tasks.models import Ledger


def short_name(period: ReportingPeriod) -> str:
    """第四季度: the name without its year, for headings beside a ledger that names it."""
    return period.name.removeprefix(f"{period.year}年")


def chosen_period(opened: Sequence[ReportingPeriod], given: str) -> ReportingPeriod | None:
    """The opened period that an address names by its key, else the current one; None before there is one."""
    named = next((one for one in opened if str(one.pk) == given), None)
    return named or latest(opened)


def period_on(ledger: Ledger, on: date) -> ReportingPeriod | None:
    """The latest period that had been opened by a day: the one a paper of that day speaks of."""
    return ledger.periods.opened().filter(opens_on__lte=on).order_by("opens_on", "id").last()
