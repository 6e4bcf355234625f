"""One line of the ledger as everybody shows it: list, workbook, dashboard and circular read these rows.

A row holds the task, how it stands on a day, who answers for it, and the reports of one period. It is
assembled once, in a constant number of queries, so that no two papers can tell different stories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import cached_property

from progress.listed import ListedReport
from progress.models import ProgressReport, ReportingPeriod
from progress.querysets import ReportQuerySet
from progress.rates import FilingRate
from progress.standing import Standing, standings
from tasks.lights import Colour
from tasks.models import Task
from tasks.parts import ListedPart
from tasks.querysets import TaskQuerySet
from tasks.with_parts import with_parts
from timekeeping.clock import day_of

ORDER = (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.DONE, Colour.IDLE, Colour.STOPPED)
AnyReport = ProgressReport | ListedReport
IN_REVIEW = (ProgressReport.State.SUBMITTED, ProgressReport.State.SIGNED)


@dataclass(frozen=True)
class Party:
    """One who answers for a task: a department, or a collective with its members."""

    name: str
    members: tuple[str, ...] = ()
    contact: str = ""

    @property
    def short_name(self) -> str:
        """The name as a list shows it."""
        return self.name


@dataclass(frozen=True)
class TaskRow:
    """A task with all that a line about it says on one day."""

    task: Task
    standing: Standing
    parts: tuple[ListedPart, ...]
    reports: tuple[ListedReport, ...]  # those expected in the period shown
    on: date

    @property
    def colour(self) -> Colour:
        """The colour of the light."""
        return self.standing.light.colour

    @property
    def number(self) -> str:
        """The task's number as the ledger writes it."""
        return self.task.number

    @property
    def url(self) -> str:
        """The task's page."""
        return _address(self.task.pk)

    @property
    def label(self) -> str:
        """Number and title as one name."""
        return str(self.task)

    @property
    def hangs(self) -> bool:
        """Whether the name begins with a full-width bracket, which is set out to the left."""
        return self.number.startswith("（")

    @cached_property
    def _parties(self) -> dict[str, tuple[Party, ...]]:
        return parties(self.parts)

    @property
    def leads(self) -> tuple[Party, ...]:
        """牵头."""
        return self._parties.get("lead", ())

    @property
    def responsible(self) -> tuple[Party, ...]:
        """负责."""
        return self._parties.get("responsible", ())

    @property
    def participants(self) -> tuple[Party, ...]:
        """参与."""
        return self._parties.get("participant", ())

    @property
    def moved(self) -> bool:
        """Whether the deadline in force is not the one of the paper."""
        return self.task.original_due_on != self.task.due_on

    @property
    def overdue_days(self) -> int:
        """Days past the deadline in force; 0 while it has not passed or when the task is closed."""
        due = self.task.due_on
        return max((self.on - due).days, 0) if due and self.task.state == Task.State.OPEN else 0

    @cached_property
    def filing(self) -> FilingRate:
        """The reports of the period shown, counted."""
        return count_filings(self.reports, self.on)

    def filing_of(self, department: int) -> FilingRate:
        """The same for one department only."""
        return count_filings([one for one in self.reports if one.department_id == department], self.on)

    def role_of(self, department: int) -> str:
        """The part a department has in the task, empty when it has none."""
        return next((part.role for part in self.parts if part.department_id == department), "")


@lru_cache(maxsize=4096)
def _address(task: int) -> str:
    """Looked up once for each task: a list of forty feels forty look-ups."""
    return reverse("reports:task", args=[task])


def task_rows(
    tasks: TaskQuerySet,
    *,
    period: ReportingPeriod | None,
    on: date,
    periods: Sequence[ReportingPeriod] | None = None,
) -> list[TaskRow]:
    """The rows of `tasks` (of one ledger) on a day, with the reports of `period` but not their long texts.

    `periods` are those of the ledger that were opened, where they are at hand.
    """
    found = with_parts(tasks)
    stands = standings(found, on, periods)
    return [_row(task, stands[task.pk], period, on) for task in found]


def _row(task: Task, standing: Standing, period: ReportingPeriod | None, on: date) -> TaskRow:
    reports = [one for one in standing.reports if period and one.period_id == period.pk]
    return TaskRow(standing.task, standing, tuple(task.parts), tuple(reports), on)


def reports_by_task(
    tasks: Sequence[Task], period: ReportingPeriod | None, reports: ReportQuerySet
) -> dict[int, list[ProgressReport]]:
    """Those of `reports` expected in a period, by task (one query); nothing when there is no period yet."""
    found: dict[int, list[ProgressReport]] = defaultdict(list)
    if period is None:
        return found
    for report in reports.expected().filter(period=period, task__in=tasks).select_related("department"):
        found[report.task_id].append(report)
    return found


def parties(parts: Iterable[ListedPart]) -> dict[str, tuple[Party, ...]]:
    """Those who answer, by role, in the order of the paper; members of a collective stand under its name."""
    found: dict[str, dict[str, Party]] = defaultdict(dict)
    for part in parts:
        own, name = found[part.role], part.department.short_name
        if not part.via_group:
            own[f"d{part.department_id}"] = Party(name, contact=part.contact)
            continue
        key = f"g{part.via_group_id}"
        members = own[key].members if key in own else ()
        own[key] = Party(part.via_group, (*members, name))
    return {role: tuple(own.values()) for role, own in found.items()}


def count_filings(reports: Iterable[AnyReport], on: date) -> FilingRate:
    """Expected reports counted as they stood at the end of a day; exemptions are left out by the caller."""
    reports = list(reports)
    filed = [one for one in reports if _by(one.first_submitted_at, on)]
    accepted = [one for one in filed if is_accepted(one, on)]
    return FilingRate(
        expected=len(reports),
        on_time=sum(one.on_time is True for one in filed),
        late=sum(one.on_time is False for one in filed),
        accepted=len(accepted),
        in_review=sum(one.state in IN_REVIEW for one in filed),
        not_submitted=len(reports) - len(filed),
    )


def is_filed(report: AnyReport, on: date) -> bool:
    """Whether a report had been submitted by the end of a day."""
    return _by(report.first_submitted_at, on)


def is_accepted(report: AnyReport, on: date) -> bool:
    """Whether the office had confirmed a report by the end of a day."""
    return report.state == ProgressReport.State.ACCEPTED and _by(report.reviewed_at, on)


def light_counts(rows: Iterable[TaskRow]) -> dict[Colour, int]:
    """How many rows show each colour; every colour is named, in the order in which lists show them."""
    counts = dict.fromkeys(ORDER, 0)
    for row in rows:
        counts[row.colour] += 1
    return counts


def _by(moment: datetime | None, on: date) -> bool:
    return moment is not None and day_of(moment) <= on
