"""The ledger list: what may be asked of it, which rows answer, how they stand together.

Lights are computed, not stored, so the list is narrowed here in Python: a ledger has at most a few
hundred tasks. The same filter drives the page, the workbook and the links of the dashboard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from departments.listed import ListedDepartment
from progress.rates import FilingRate
from reports.rows import TaskRow, light_counts
from tasks.lights import WORDS, Colour
from tasks.models import Assignment, Section

FILINGS = {
    "incomplete": "未报齐",
    "complete": "已报齐",
    "expected": "有应报",
    "on_time": "有按时报送",
    "late": "有逾期报送",
    "missing": "有未报",
}


@dataclass(frozen=True)
class LedgerFilter:
    """What the list is narrowed to; everything empty shows the whole ledger."""

    light: str = ""
    section: int | None = None
    department: int | None = None
    role: str = ""
    filing: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return self != LedgerFilter()

    def accepts(self, row: TaskRow) -> bool:
        """Whether a row is to be shown."""
        return (
            (not self.light or row.colour == self.light)
            and (self.section is None or row.task.section_id == self.section)
            and self._names(row)
            and self._files(row)
            and self._says(row)
        )

    def _names(self, row: TaskRow) -> bool:
        if self.department is None:
            return not self.role or any(part.role == self.role for part in row.parts)
        role = row.role_of(self.department)
        return bool(role) and self.role in ("", role)

    def _files(self, row: TaskRow) -> bool:
        counted = row.filing if self.department is None else row.filing_of(self.department)
        return not self.filing or _HOLDS[self.filing](counted)

    def _says(self, row: TaskRow) -> bool:
        task = row.task
        return self.text.lower() in f"{task.number}{task.title}\n{task.body}\n{task.clause}".lower()


_HOLDS: dict[str, Callable[[FilingRate], bool]] = {
    "incomplete": lambda filing: filing.not_submitted > 0,
    "expected": lambda filing: filing.expected > 0,
    "complete": lambda filing: filing.expected > 0 and filing.not_submitted == 0,
    "on_time": lambda filing: filing.on_time > 0,
    "late": lambda filing: filing.late > 0,
    "missing": lambda filing: filing.not_submitted > 0,
}


@dataclass(frozen=True)
class LightTab:
    """One tab over the list."""

    colour: str  # empty: all
    word: str
    count: int


@dataclass(frozen=True)
class SectionRows:
    """A section with those of its rows that are shown."""

    section: Section
    rows: tuple[TaskRow, ...]

    @property
    def lights(self) -> list[tuple[Colour, str, str]]:
        """Colour, word, and what stands beside the shape (黄 2), of each light that occurs."""
        counts = light_counts(self.rows)
        return [
            (colour, WORDS[colour], f"{WORDS[colour].split()[0]} {count}")
            for colour, count in counts.items()
            if count
        ]


def narrow(rows: Iterable[TaskRow], chosen: LedgerFilter) -> list[TaskRow]:
    """The rows that `chosen` accepts, in their order."""
    return [row for row in rows if chosen.accepts(row)] if chosen else list(rows)


def light_tabs(rows: Iterable[TaskRow], chosen: LedgerFilter) -> list[LightTab]:
    """All, then each colour with its number among the rows that the other conditions leave.

    终止 appears only where something was terminated: most ledgers never need it.
    """
    left = narrow(rows, replace(chosen, light=""))
    counts = light_counts(left)
    tabs = [LightTab("", "全部", len(left))]
    return tabs + [
        LightTab(colour, WORDS[colour], count)
        for colour, count in counts.items()
        if count or colour != Colour.STOPPED
    ]


def by_section(rows: Sequence[TaskRow]) -> list[SectionRows]:
    """Rows in groups of their sections, in the order of the paper; sections without rows are left out."""
    sections = {row.task.section_id: row.task.section for row in rows}
    return [
        SectionRows(section, tuple(row for row in rows if row.task.section_id == key))
        for key, section in sections.items()
    ]


def section_choices(rows: Sequence[TaskRow]) -> list[tuple[str, str]]:
    """Sections for the filter, each with the number of its tasks."""
    return [(str(one.section.pk), f"{one.section}（{len(one.rows)}）") for one in by_section(rows)]


def department_choices(rows: Iterable[TaskRow]) -> list[tuple[str, str]]:
    """Departments with a part in the ledger, in 机构序列, each with the number of tasks it leads."""
    parts = [part for row in rows for part in row.parts]
    leads = Counter(part.department_id for part in parts if part.role == Assignment.Role.LEAD)
    return [(str(one.pk), _labelled(one, leads[one.pk])) for one in departments_of(rows)]


def departments_of(rows: Iterable[TaskRow]) -> list[ListedDepartment]:
    """Departments with a part in the rows, each once, in 机构序列."""
    found = {part.department_id: part.department for row in rows for part in row.parts}
    return sorted(found.values(), key=lambda one: (one.position, one.pk))


def total_filing(rows: Iterable[TaskRow], department: int | None) -> FilingRate:
    """The reports behind the rows shown, of one department or of all."""
    counted = [row.filing if department is None else row.filing_of(department) for row in rows]
    return FilingRate(
        expected=sum(one.expected for one in counted),
        on_time=sum(one.on_time for one in counted),
        late=sum(one.late for one in counted),
        accepted=sum(one.accepted for one in counted),
        in_review=sum(one.in_review for one in counted),
        not_submitted=sum(one.not_submitted for one in counted),
    )


def _labelled(department: ListedDepartment, leads: int) -> str:
    return f"{department.short_name}（牵头{leads}）" if leads else department.short_name
