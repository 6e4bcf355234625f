"""How tasks stand on a day: the light, the confirmed percent, the expected line.

Everything that shows a light asks here: list, page, card, workbook, notice and bulletin. A day in the past is
answered as it was: what was filed, confirmed, extended, closed or reopened later is taken back
(progress/past.py, tasks/changes.py). Periods, parts and thresholds count as they are now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from progress.listed import ListedReport, listed_reports
from progress.models import ProgressReport, ReportingPeriod
from progress.past import PastReports
from progress.periods import judged, line_day
from tasks.changes import Past
from tasks.lights import Facts, Light, Thresholds, expected_percent, light
from tasks.models import Assignment, Ledger, Task
from tasks.parts import ListedPart
from timekeeping.clock import day_of

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Voice:
    """What one owing department last got confirmed; percent None before that."""

    department: str
    group: str
    percent: int | None


@dataclass(frozen=True)
class Standing:
    """A task on a day. `percent` is the mean over those who owe; each one's own stands in `voices`."""

    task: Task  # as it was on the day
    light: Light
    percent: Decimal | None
    expected: Decimal | None
    voices: tuple[Voice, ...]
    reports: tuple[ListedReport, ...] = ()  # all that was expected so far, without the long texts

    @property
    def confirmed_by(self) -> int:
        """How many of those who owe have something confirmed."""
        return sum(voice.percent is not None for voice in self.voices)

    @property
    def owing(self) -> int:
        """How many owe for the task."""
        return len(self.voices)


@dataclass(frozen=True)
class _Calendar:
    """What the periods of a ledger mean on a day: the same for all of its tasks."""

    on: date
    closed: tuple[date, ...]  # the due dates of the periods that have closed
    judged: frozenset[int]  # the periods whose filings colour a light
    thresholds: Thresholds

    @classmethod
    def of(cls, ledger: Ledger, periods: Sequence[ReportingPeriod], on: date) -> _Calendar:
        """Read off the periods of `ledger` that were opened."""
        return cls(
            on=on,
            closed=tuple(period.due_on for period in periods if period.closes_on < on),
            judged=frozenset(period.pk for period in judged(periods, on)),
            thresholds=thresholds(ledger),
        )


def standings(
    tasks: Sequence[Task], on: date, periods: Sequence[ReportingPeriod] | None = None
) -> dict[int, Standing]:
    """Standing of each task by its primary key; the tasks come from `with_parts` (four queries).

    `periods` are those of the tasks' ledgers that were opened, where they are at hand (then three).
    """
    return standings_on(tasks, [on], periods)[on]


def standings_on(
    tasks: Sequence[Task], days: Sequence[date], periods: Sequence[ReportingPeriod] | None = None
) -> dict[date, dict[int, Standing]]:
    """The standings of several days, by day, for as many queries as those of one."""
    ledgers = {task.ledger_id: task.ledger for task in tasks}
    if periods is None:
        periods = list(ReportingPeriod.objects.opened().filter(ledger__in=ledgers).order_by())
    keys, since = [task.pk for task in tasks], min(days)
    reports = listed_reports(keys, {one.pk: one for one in periods})
    past, past_reports = Past(tasks, since), PastReports(keys, since)
    found: dict[date, dict[int, Standing]] = {}
    for on in days:
        calendars = {
            key: _Calendar.of(ledger, [one for one in periods if one.ledger_id == key], on)
            for key, ledger in ledgers.items()
        }
        found[on] = {
            task.pk: _stand(
                past.on(task, on), calendars[task.ledger_id], past_reports.on(reports[task.pk], on)
            )
            for task in tasks
        }
    return found


def mean_percent(voices: Iterable[Voice]) -> Decimal | None:
    """The task's confirmed percent: the mean over those who owe, a group counting once with its own mean.

    Departments of which nothing is confirmed yet are left out: their silence shows as a missing or late
    report, not as a number.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for voice in voices:
        if voice.percent is not None:
            groups[voice.group or f"\0{voice.department}"].append(voice.percent)
    if not groups:
        return None
    means = [Decimal(sum(percents)) / len(percents) for percents in groups.values()]
    return (sum(means, Decimal(0)) / len(means)).quantize(_TENTH, ROUND_HALF_UP)


def _stand(task: Task, calendar: _Calendar, reports: list[ListedReport]) -> Standing:
    on = calendar.on
    accepted = _latest_accepted(reports, on)
    voices = tuple(_voice(part, accepted) for part in _owing(task))
    state = task.state if task.closed_on and task.closed_on <= on else Task.State.OPEN
    percent = Decimal(100) if state == Task.State.COMPLETED else mean_percent(voices)
    day = line_day(calendar.closed, (report.period.due_on for report in accepted.values()), on)
    facts = Facts(
        state=state,
        starts_on=task.ledger.starts_on,
        line_end=task.line_end,
        due_on=task.due_on,
        original_due_on=task.original_due_on,
        closing_reason=task.closing_reason,
        percent=percent,
        line_day=day,
        owed=bool(reports),
        **_filings(reports, calendar.judged, on),
    )
    expected = expected_percent(facts.starts_on, facts.line_end, day) if day else None
    lit = light(facts, on, calendar.thresholds)
    return Standing(task, lit, percent, expected, voices, tuple(reports))


def thresholds(ledger: Ledger) -> Thresholds:
    """The ledger's own limits for its lights."""
    return Thresholds(ledger.due_soon_days, ledger.yellow_points, ledger.red_points)


def _owing(task: Task) -> list[ListedPart]:
    """Those of a prefetched task who owe a report under the ledger's setting."""
    roles = Assignment.OWING[task.ledger.reporters]
    return [part for part in task.parts if part.role in roles]


def _voice(part: ListedPart, accepted: dict[int, ListedReport]) -> Voice:
    report = accepted.get(part.department_id) or accepted.get(part.follows_id or 0)
    return Voice(
        part.department.short_name,
        part.via_group,
        report.confirmed_percent if report else None,
    )


def _by(moment: datetime | None, on: date) -> bool:
    return moment is not None and day_of(moment) <= on


def _latest_accepted(reports: list[ListedReport], on: date) -> dict[int, ListedReport]:
    """The last confirmed report of each department, by department."""
    found: dict[int, ListedReport] = {}
    for report in sorted(reports, key=lambda report: (report.period.due_on, report.pk)):
        if report.state == ProgressReport.State.ACCEPTED and _by(report.reviewed_at, on):
            found[report.department_id] = report
    return found


def _filings(reports: list[ListedReport], counted: frozenset[int], on: date) -> dict[str, tuple[str, ...]]:
    """The sentences on filings that the light rule needs, from the periods that are judged."""
    mine = [report for report in reports if report.period_id in counted]
    missing = [report for report in mine if not _by(report.first_submitted_at, on) and report.closed(on)]
    whole, partial = _split_groups(missing, mine)
    return {
        "missing": tuple(f"{_who(report)}未报" for report in whole),
        "missing_members": tuple(f"{_who(report)}未报" for report in partial),
        "late": tuple(filter(None, (_late(report, on) for report in mine))),
        "lagging": tuple(_says_lagging(mine, on)),
    }


def _says_lagging(reports: list[ListedReport], on: date) -> list[str]:
    """Departments whose latest submission says 滞后, whatever the office made of it."""
    latest: dict[str, ListedReport] = {}
    for report in sorted(reports, key=lambda report: (report.period.due_on, report.pk)):
        if _by(report.submitted_at, on) and report.state != ProgressReport.State.DRAFT:
            latest[report.department.short_name] = report
    return [name for name, report in latest.items() if report.said_status == Task.Status.LAGGING]


def _split_groups(
    missing: list[ListedReport], mine: list[ListedReport]
) -> tuple[list[ListedReport], list[ListedReport]]:
    """Missing reports that turn a task red (a lead, a whole group), and those of only some members."""
    sizes: dict[tuple[int, str], int] = defaultdict(int)
    gaps: dict[tuple[int, str], int] = defaultdict(int)
    for report in mine:
        sizes[report.period_id, report.group_name] += 1
    for report in missing:
        gaps[report.period_id, report.group_name] += 1

    def weighs(report: ListedReport) -> bool:
        key = (report.period_id, report.group_name)
        return not report.group_name or gaps[key] == sizes[key]

    return [r for r in missing if weighs(r)], [r for r in missing if not weighs(r)]


def _who(report: ListedReport) -> str:
    return f"{report.department.short_name}{_quarter(report.period)}"


def _quarter(period: ReportingPeriod) -> str:
    return period.name.removeprefix(f"{period.year}年")


def _late(report: ListedReport, on: date) -> str:
    """The sentence on a late report, empty when it is in time or missing for good."""
    if _by(report.first_submitted_at, on):
        return f"{_who(report)}报送逾期{report.late_days}天" if report.on_time is False else ""
    if report.due_on < on and not report.closed(on):
        return f"{_who(report)}报送已逾期{(on - report.due_on).days}天，尚未报送"
    return ""
