"""下级台账: how the ledgers of lower places stand, in figures. Their papers, texts and people stay with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from departments.models import User
from progress.models import ReportingPeriod
from progress.periods import latest
from progress.rates import FilingRate
from reports.dashboard_figures import PeriodLine
from reports.rows import TaskRow, count_filings, task_rows
from reports.workbench_page import LightShare, light_shares
from tasks.models import Ledger, Task


@dataclass(frozen=True)
class LowerLedger:
    """One line: the ledger, its lights, and the filings of its newest period."""

    ledger: Ledger
    total: int
    lights: tuple[LightShare, ...]
    newest: PeriodLine | None

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """Colour, word, and what stands beside the shape (黄 2), of each light that occurs."""
        return [
            (one.colour, one.word, f"{one.word.split()[0]} {one.count}") for one in self.lights if one.count
        ]


def lower_ledgers(user: User, ledgers: Sequence[Ledger], on: date) -> list[LowerLedger]:
    """The lines of `ledgers`, which lie below `user` (a constant number of queries)."""
    opened = ReportingPeriod.objects.summarised_to(user).filter(ledger__in=ledgers).opened()
    periods, rows = _by_ledger(opened), defaultdict(list)
    tasks = Task.objects.summarised_to(user).filter(ledger__in=ledgers)
    for row in task_rows(tasks, period=None, on=on, periods=[one for own in periods.values() for one in own]):
        rows[row.task.ledger_id].append(row)
    return [_line(one, rows[one.pk], latest(periods[one.pk]), on) for one in ledgers]


def filings(rows: Iterable[TaskRow], period: ReportingPeriod, on: date) -> FilingRate:
    """The reports expected in a period over all rows, as they stood on a day."""
    return count_filings(
        [one for row in rows for one in row.standing.reports if one.period_id == period.pk], on
    )


def _by_ledger(periods: Iterable[ReportingPeriod]) -> dict[int, list[ReportingPeriod]]:
    found: dict[int, list[ReportingPeriod]] = defaultdict(list)
    for period in periods:
        found[period.ledger_id].append(period)
    return found


def _line(ledger: Ledger, rows: list[TaskRow], period: ReportingPeriod | None, on: date) -> LowerLedger:
    newest = PeriodLine(period, filings(rows, period, on)) if period else None
    return LowerLedger(ledger, len(rows), tuple(light_shares(rows)), newest)
