"""The figures of the dashboard: lights by section, filings by period and department, progress beside the line.

All are counted from the ledger's rows, the same that the list shows: each number can be opened as a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from departments.listed import ListedDepartment
from progress.models import ProgressReport, ReportingPeriod
from progress.rates import FilingRate
from reports.ledger_page import SectionRows, by_section, departments_of, total_filing
from reports.periods import short_name
from reports.rows import TaskRow, light_counts
from tasks.lights import Colour
from tasks.models import Assignment, Section

BAR_CLASS = {
    Colour.RED: "r",
    Colour.YELLOW: "y",
    Colour.GREEN: "g",
    Colour.DONE: "d",
    Colour.IDLE: "i",
    Colour.STOPPED: "i",
}
# A piece of a bar is drawn in a box of 100 units a task; the picture is stretched to its cell.
UNIT = 100


@dataclass(frozen=True)
class Piece:
    """One coloured piece of a bar."""

    style: str
    start: int
    length: int


@dataclass(frozen=True)
class SectionLine:
    """The lights of one section; `counts` in the order of the columns."""

    section: Section
    counts: tuple[tuple[Colour, int], ...]
    total: int

    @property
    def pieces(self) -> list[Piece]:
        """The bar: red first, as the columns stand."""
        found, start = [], 0
        for colour, count in self.counts:
            if count:
                found.append(Piece(BAR_CLASS[colour], start, count * UNIT))
                start += count * UNIT
        return found

    @property
    def width(self) -> int:
        """The bar's whole length."""
        return max(self.total, 1) * UNIT


@dataclass(frozen=True)
class Bullet:
    """Confirmed percent beside the expected line, on a scale of 1000."""

    row: TaskRow

    @property
    def confirmed(self) -> int:
        """Length of the bar."""
        return int((self.row.standing.percent or Decimal(0)) * 10)

    @property
    def expected(self) -> int | None:
        """Place of the stroke; none before there is a line."""
        line = self.row.standing.expected
        return None if line is None else int(line * 10)


@dataclass(frozen=True)
class PeriodLine:
    """The filings of a period."""

    period: ReportingPeriod
    filing: FilingRate

    @property
    def name(self) -> str:
        """第三季度."""
        return short_name(self.period)


@dataclass(frozen=True)
class DepartmentLine:
    """One department: what it leads, how it files in the period shown, the lights of what it leads."""

    department: ListedDepartment
    leads: int
    filing: FilingRate
    red: int
    yellow: int
    green: int

    @property
    def heat(self) -> int:
        """How dark the cell is: 0 all on time, then up to 25%, 50%, more, and 4 when nothing was on time."""
        if not self.filing.expected or self.filing.on_time == self.filing.expected:
            return 0
        if not self.filing.on_time:
            return 4
        short = Decimal(self.filing.expected - self.filing.on_time) / self.filing.expected
        return 1 + (short > Decimal("0.25")) + (short > Decimal("0.5"))


@dataclass(frozen=True)
class RedLine:
    """A red task with the problem, the causes and the remedies that its departments last named."""

    row: TaskRow
    problem: str
    cause: str
    remedy: str


def section_lines(rows: Sequence[TaskRow]) -> list[SectionLine]:
    """Lights by section, in the order of the paper."""
    columns = colours_of(rows)
    return [_section_line(group, columns) for group in by_section(rows)]


def colours_of(rows: Iterable[TaskRow]) -> list[Colour]:
    """The columns of the table: every colour, 终止 only where it occurs."""
    return [one for one, count in light_counts(rows).items() if count or one != Colour.STOPPED]


def bullets(rows: Sequence[TaskRow]) -> list[tuple[Section, list[Bullet]]]:
    """Every open task with its bar, by section."""
    groups = by_section([row for row in rows if row.colour != Colour.STOPPED])
    return [(group.section, [Bullet(row) for row in group.rows]) for group in groups]


def period_lines(periods: Iterable[ReportingPeriod], rates: Mapping[int, FilingRate]) -> list[PeriodLine]:
    """The filings of the periods that were opened, oldest first."""
    return [PeriodLine(period, rates.get(period.pk, FilingRate())) for period in periods]


def department_lines(rows: Sequence[TaskRow]) -> list[DepartmentLine]:
    """Departments that lead something or owe a report in the period shown, in 机构序列."""
    lines = [_department_line(one, rows) for one in departments_of(rows)]
    return [line for line in lines if line.leads or line.filing.expected]


def red_lines(rows: Iterable[TaskRow], reports: Iterable[ProgressReport]) -> list[RedLine]:
    """Red tasks with what `reports` (newest period first) say of them in the latest period that says anything."""
    said: dict[int, list[ProgressReport]] = {}
    for report in reports:
        if report.problems or report.cause:
            latest = said.setdefault(report.task_id, [report])
            if report is not latest[0] and report.period_id == latest[0].period_id:
                latest.append(report)
    return [_red_line(row, said.get(row.task.pk, [])) for row in rows if row.colour == Colour.RED]


def _red_line(row: TaskRow, said: Sequence[ProgressReport]) -> RedLine:
    return RedLine(
        row,
        next((one.problems for one in said if one.problems), ""),
        "、".join(dict.fromkeys(one.cause for one in said if one.cause)),
        "、".join(dict.fromkeys(one.remedy for one in said if one.remedy)),
    )


def _section_line(group: SectionRows, columns: Iterable[Colour]) -> SectionLine:
    counts = light_counts(group.rows)
    return SectionLine(group.section, tuple((one, counts[one]) for one in columns), len(group.rows))


def _department_line(department: ListedDepartment, rows: Sequence[TaskRow]) -> DepartmentLine:
    led = [row for row in rows if row.role_of(department.pk) == Assignment.Role.LEAD]
    counts = light_counts(led)
    return DepartmentLine(
        department,
        len(led),
        total_filing(rows, department.pk),
        red=counts[Colour.RED],
        yellow=counts[Colour.YELLOW],
        green=counts[Colour.GREEN],
    )
