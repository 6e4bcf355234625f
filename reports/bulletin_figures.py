"""The figures of a circular as they stand on a day, as plain data that is frozen into the draft.

All come from the ledger's rows: the same lights, the same filings as every other page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from progress.models import ProgressReport, ReportingPeriod
from reports.circular.figures import rate
from reports.dashboard_figures import DepartmentLine, department_lines
from reports.ledger_page import total_filing
from reports.periods import short_name
from reports.rows import TaskRow
from reports.workbench_page import light_shares
from tasks.lights import Colour
from tasks.models import Ledger

_FILINGS = {"expected": "应报", "on_time": "按时", "late": "逾期", "missing": "未报"}


@dataclass(frozen=True)
class TaskFigure:
    """A task as the attachments print it."""

    number: str
    title: str
    leads: str
    due: str
    percent: str
    expected: str
    colour: str
    word: str
    reasons: list[str]
    overdue_days: int
    behind: bool  # red because it is too far under the expected line
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True)
class DepartmentFigure:
    """A department's line in the table of 各单位情况."""

    name: str
    leads: int
    expected: int
    on_time: int
    late: int
    missing: int
    rate: str
    red: int
    yellow: int


@dataclass(frozen=True)
class PracticeFigure:
    """A confirmed report that its department recommends as 典型做法: who, and in which task."""

    department: str
    task: str


@dataclass(frozen=True)
class LightFigure:
    """A colour with its number and share."""

    colour: str
    word: str
    count: int
    share: str


@dataclass(frozen=True)
class BulletinFigures:
    """Everything a circular counts."""

    as_of: str
    period: str
    closed: bool
    total: int
    lights: list[LightFigure]
    in_hand: int  # open tasks of which a progress is confirmed
    on_line: int  # of those, at or over the expected line
    expected: int
    on_time: int
    late: int
    missing: int
    rate: str
    departments: list[DepartmentFigure] = field(default_factory=list)
    tasks: list[TaskFigure] = field(default_factory=list)
    practices: list[PracticeFigure] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What is stored in the draft."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> BulletinFigures:
        """The same figures back from a draft."""
        return cls(
            **{
                **stored,
                "lights": [LightFigure(**one) for one in stored["lights"]],
                "departments": [DepartmentFigure(**one) for one in stored["departments"]],
                "tasks": [TaskFigure(**one) for one in stored["tasks"]],
                "practices": [PracticeFigure(**one) for one in stored.get("practices", [])],
            }
        )

    @property
    def lagging(self) -> list[TaskFigure]:
        """Red tasks."""
        return [one for one in self.tasks if one.colour == Colour.RED]


def differences(old: BulletinFigures, new: BulletinFigures) -> list[str]:
    """What a reader would find changed in the ledger since the figures were taken, in words."""
    before = {one.colour: one.count for one in old.lights}
    found = [
        f"{one.word}由{before.get(one.colour, 0)}项变为{one.count}项"
        for one in new.lights
        if before.get(one.colour, 0) != one.count
    ]
    found += [
        f"{word}由{getattr(old, name)}份变为{getattr(new, name)}份"
        for name, word in _FILINGS.items()
        if getattr(old, name) != getattr(new, name)
    ]
    percents = {one.title: one.percent for one in old.tasks}
    moved = [one for one in new.tasks if percents.get(one.title) != one.percent]
    return found + [f"{one.number}确认进度变为{one.percent}" for one in moved]


def bulletin_figures(
    ledger: Ledger,
    rows: Sequence[TaskRow],
    period: ReportingPeriod,
    on: date,
    said: Mapping[int, Sequence[ProgressReport]],
    practices: Iterable[ProgressReport] = (),
) -> BulletinFigures:
    """Count `rows`, which hold the reports of `period`, as of `on`.

    `said` holds, by task, the latest confirmed reports: what a paper may quote of problems and measures;
    `practices` are the confirmed reports of the period that are recommended as 典型做法.
    """
    filing = total_filing(rows, None)
    judged = [row for row in rows if row.task.state == "open" and row.standing.percent is not None]
    return BulletinFigures(
        as_of=on.isoformat(),
        period=short_name(period),
        closed=period.locked(on),
        total=len(rows),
        lights=[
            LightFigure(str(one.colour), one.word, one.count, f"{one.share}%") for one in light_shares(rows)
        ],
        in_hand=len(judged),
        on_line=sum(_on_line(row) for row in judged),
        expected=filing.expected,
        on_time=filing.on_time,
        late=filing.late,
        missing=filing.not_submitted,
        rate=rate(filing.on_time, filing.expected),
        departments=[_department(line) for line in department_lines(rows)],
        tasks=[_task(row, ledger, said.get(row.task.pk, ())) for row in rows],
        practices=[PracticeFigure(one.department.short_name, one.task.title) for one in practices],
    )


def _on_line(row: TaskRow) -> bool:
    percent, expected = row.standing.percent, row.standing.expected
    return percent is not None and expected is not None and percent >= expected


def _department(line: DepartmentLine) -> DepartmentFigure:
    filing = line.filing
    return DepartmentFigure(
        name=line.department.short_name,
        leads=line.leads,
        expected=filing.expected,
        on_time=filing.on_time,
        late=filing.late,
        missing=filing.not_submitted,
        rate=rate(filing.on_time, filing.expected),
        red=line.red,
        yellow=line.yellow,
    )


def _task(row: TaskRow, ledger: Ledger, said: Sequence[ProgressReport]) -> TaskFigure:
    task, standing = row.task, row.standing
    return TaskFigure(
        number=row.number,
        title=task.title,
        leads="、".join(one.name for one in row.leads),
        due=task.due_on.isoformat() if task.due_on else task.get_due_kind_display(),
        percent=_percent(standing.percent),
        expected=_percent(standing.expected),
        colour=str(row.colour),
        word=standing.light.word,
        reasons=list(standing.light.reasons),
        overdue_days=row.overdue_days,
        behind=_behind(row, ledger),
        problems=_join(said, lambda one: one.problems_with_cause),
        next_steps=_join(said, lambda one: one.next_steps_with_remedy),
    )


def _behind(row: TaskRow, ledger: Ledger) -> bool:
    percent, expected = row.standing.percent, row.standing.expected
    if row.colour != Colour.RED or percent is None or expected is None:
        return False
    return expected - percent > ledger.red_points


def _percent(value: Any) -> str:
    return "—" if value is None else f"{value.normalize():f}%"


def _join(reports: Iterable[ProgressReport], read: Callable[[ProgressReport], str]) -> str:
    """What several departments wrote, each once, one after another."""
    return "\n".join(dict.fromkeys(filter(None, (read(one) for one in reports))))
