"""The workbench: what waits for a person today, by the role that person holds.

It only gathers what other rules decide: lights come from the rows, filings from the frozen set of the
period. Departments stand in 机构序列; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from departments.listed import ListedDepartment
from progress.listed import ListedReport
from progress.models import ProgressReport, ReportingPeriod
from progress.rates import FilingRate
from reports.circular.figures import shares
from reports.periods import short_name
from reports.rows import TaskRow, count_filings, light_counts
from reports.urging import may_be_urged
from tasks.lights import WORDS, Colour
from tasks.models import Assignment

HORIZON_DAYS = 31
_STATE = ProgressReport.State
# What a department does next comes first: answer a return, finish a draft, begin.
_FIRST = (
    _STATE.RETURNED,
    _STATE.DRAFT,
    _STATE.EXPECTED,
    _STATE.SUBMITTED,
    _STATE.SIGNED,
    _STATE.ACCEPTED,
    _STATE.EXEMPT,
)


@dataclass(frozen=True)
class LightShare:
    """A colour with its number and its share of all tasks."""

    colour: Colour
    word: str
    count: int
    share: Decimal


@dataclass(frozen=True)
class DepartmentLine:
    """How far one department is with the period's reports."""

    department: ListedDepartment
    filing: FilingRate
    returned: int
    draft: int
    untouched: int
    may_be_urged: bool

    @property
    def waiting(self) -> int:
        """Reports that the department still has to hand in."""
        return self.returned + self.draft + self.untouched


@dataclass(frozen=True)
class Waiting:
    """Reports that all departments together still have to hand in, by state."""

    returned: int
    draft: int
    untouched: int

    @classmethod
    def of(cls, lines: Iterable[DepartmentLine]) -> Waiting:
        """The sum of the departments' lines."""
        lines = list(lines)
        return cls(
            returned=sum(line.returned for line in lines),
            draft=sum(line.draft for line in lines),
            untouched=sum(line.untouched for line in lines),
        )


@dataclass(frozen=True)
class OwedLine:
    """A report of one's own department with the task it is about."""

    row: TaskRow
    report: ListedReport
    writes: bool  # the person files for the department
    heads: bool  # or signs off for it

    @property
    def signs(self) -> bool:
        """Whether it waits for this person's 审签."""
        return self.heads and self.report.state == _STATE.SUBMITTED

    @property
    def action(self) -> str:
        """What the button says: what this person may do, else 查看."""
        if self.signs:
            return "审签"
        if not self.writes:
            return "查看"
        words = {_STATE.RETURNED: "修改", _STATE.DRAFT: "继续填写", _STATE.EXPECTED: "填写"}
        return words.get(_STATE(self.report.state), "查看")


@dataclass(frozen=True)
class OtherLine:
    """A task in which one's department has a part without owing a report."""

    row: TaskRow
    role: str


@dataclass(frozen=True)
class Coming:
    """A date that comes up."""

    day: date
    text: str


def light_shares(rows: Iterable[TaskRow]) -> list[LightShare]:
    """Each colour with number and share; the shares add to 100.0. 终止 is named only where it occurs."""
    counts = {
        colour: count for colour, count in light_counts(rows).items() if count or colour != Colour.STOPPED
    }
    parts = shares(list(counts.values()))
    return [
        LightShare(colour, WORDS[colour], count, share)
        for (colour, count), share in zip(counts.items(), parts, strict=True)
    ]


def department_lines(reports: Iterable[ListedReport], on: date) -> list[DepartmentLine]:
    """The reports of a period by department, in 机构序列."""
    found: dict[int, list[ListedReport]] = {}
    for report in reports:
        found.setdefault(report.department_id, []).append(report)
    lines = [_department_line(mine, on) for mine in found.values()]
    return sorted(lines, key=lambda line: (line.department.position, line.department.pk))


def owed(rows: Iterable[TaskRow], writing: frozenset[int], heading: frozenset[int]) -> list[OwedLine]:
    """The reports of the departments that a person files or signs off for, what is to be done first on top."""
    found = [
        OwedLine(row, one, one.department_id in writing, one.department_id in heading)
        for row in rows
        for one in row.reports
        if one.department_id in writing | heading
    ]
    return sorted(found, key=lambda line: (not line.signs, _FIRST.index(_STATE(line.report.state))))


def others(rows: Iterable[TaskRow], departments: frozenset[int]) -> list[OtherLine]:
    """Tasks in which the departments have a part but owe nothing in the period."""
    roles = dict(Assignment.Role.choices)
    found: list[OtherLine] = []
    for row in rows:
        if any(one.department_id in departments for one in row.reports):
            continue
        mine = [str(roles[part.role]) for part in row.parts if part.department_id in departments]
        if mine:
            found.append(OtherLine(row, "、".join(dict.fromkeys(mine))))
    return found


def coming(rows: Sequence[TaskRow], period: ReportingPeriod | None, on: date) -> list[Coming]:
    """Deadlines of tasks and of the period within the next month, earliest first."""
    dates: dict[date, list[TaskRow]] = {}
    for row in rows:
        due = row.task.due_on
        if due and row.task.state == "open" and on <= due <= on + timedelta(days=HORIZON_DAYS):
            dates.setdefault(due, []).append(row)
    found = [Coming(day, _falling_due(due)) for day, due in dates.items()]
    if period:
        steps = ((period.due_on, "截止"), (period.closes_on, "关闭"))
        found += [Coming(day, f"{short_name(period)}报送{word}") for day, word in steps if day >= on]
    return sorted(found, key=lambda one: one.day)


def _department_line(reports: list[ListedReport], on: date) -> DepartmentLine:
    states = [one.state for one in reports]
    return DepartmentLine(
        reports[0].department,
        count_filings(reports, on),
        returned=states.count(_STATE.RETURNED),
        draft=states.count(_STATE.DRAFT),
        untouched=states.count(_STATE.EXPECTED),
        may_be_urged=any(may_be_urged(one, on) for one in reports),
    )


def _falling_due(rows: list[TaskRow]) -> str:
    return f"{rows[0].label}到期" if len(rows) == 1 else f"{len(rows)}项任务到期"
