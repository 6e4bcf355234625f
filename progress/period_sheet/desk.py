"""What a department owes in a period, laid out for a workbook and for comparing with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from departments.models import Department
from progress.content import ReportContent
from progress.locks import why_locked
from progress.models import ProgressReport, ReportingPeriod
from progress.period_sheet.columns import Cells, cells_of
from progress.previous import last_confirmed_of

State = ProgressReport.State


@dataclass(frozen=True)
class Item:
    """A report with what was confirmed before; `lock` says why it cannot be written, "" while it can."""

    report: ProgressReport
    last: ProgressReport | None
    lock: str

    @property
    def ref(self) -> str:
        """The task's name in the paper."""
        return self.report.task.ref

    @property
    def content(self) -> ReportContent:
        """What is stored, or for a report not begun what was confirmed last: as the filing page opens."""
        begun = self.report.state != State.EXPECTED
        return ReportContent.of(self.report) if begun else ReportContent.confirmed_in(self.last)

    @property
    def cells(self) -> Cells:
        """The same by column."""
        return cells_of(self.content)


@dataclass(frozen=True)
class Desk:
    """The reports of one department in one period, in the order of the ledger, on a day."""

    period: ReportingPeriod
    department: Department
    items: dict[int, Item]
    on: date

    @classmethod
    def of(cls, period: ReportingPeriod, department: Department, on: date) -> Desk:
        """Read them (three queries)."""
        reports = list(
            ProgressReport.objects.filter(period=period, department=department).select_related(
                "period", "department", "task__ledger", "task__section"
            )
        )
        last = last_confirmed_of(reports)
        return cls(
            period,
            department,
            {one.pk: Item(one, last.get(one.pk), why_locked(one, on)) for one in reports},
            on,
        )
