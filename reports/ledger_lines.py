"""A row of the ledger list as it is printed: only its words, so that equal rows are drawn once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from progress.rates import FilingRate
from reports.rows import Party, TaskRow
from tasks.lights import Light

SUMMARY = 160  # characters of a task's text that the list shows


class LedgerLine(NamedTuple):
    """All that a row of the list says, and nothing else: two equal lines look the same."""

    number: str
    title: str
    url: str
    summary: str
    leads: tuple[Party, ...]
    responsible: tuple[Party, ...]
    participants: tuple[Party, ...]
    due_on: date | None
    due_kind: str  # in words, where there is no day
    original_due_on: date | None
    percent: Decimal | None
    expected: Decimal | None
    filing: FilingRate
    light: Light

    @property
    def moved(self) -> bool:
        """Whether the deadline in force is not the one of the paper."""
        return self.original_due_on != self.due_on


def draw_line(row: TaskRow) -> SafeString:
    """The row as HTML. Lists are opened often and change seldom: a line once drawn is kept by its words."""
    task = row.task
    return _drawn(
        LedgerLine(
            number=row.number,
            title=task.title,
            url=row.url,
            summary=task.body[:SUMMARY],
            leads=row.leads,
            responsible=row.responsible,
            participants=row.participants,
            due_on=task.due_on,
            due_kind="" if task.due_on else task.get_due_kind_display(),
            original_due_on=task.original_due_on,
            percent=row.standing.percent,
            expected=row.standing.expected,
            filing=row.filing,
            light=row.standing.light,
        )
    )


@lru_cache(maxsize=4096)
def _drawn(line: LedgerLine) -> SafeString:
    return render_to_string("reports/ledger_line.html", {"line": line})
