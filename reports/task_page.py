"""The page of one task: its quarters, what was said and confirmed in each, and what happened when.

Counts of a quarter are open to everybody of the jurisdiction; a text is shown only to those who may see
the report, and never before it has left its department.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from departments.models import User
from progress.evidence.shelf import Shelf, shelves_of
from progress.models import IndicatorValue, ProgressReport, ReportingPeriod
from progress.permissions import read_unsent
from progress.rates import FilingRate
from progress.standing import Voice, mean_percent, standings_on
from reports.periods import short_name
from reports.rows import count_filings, is_accepted
from tasks.lights import Light, expected_percent
from tasks.models import Assignment, Indicator, Task
from tasks.wanted import plain, wanted
from timekeeping.clock import day_of

_STATE = ProgressReport.State
_BEING_WRITTEN = {
    _STATE.EXPECTED: "尚未填写",
    _STATE.DRAFT: "填写中，尚未提交",
    _STATE.SUBMITTED: "已提交，等待本单位审核人审签",
    _STATE.RETURNED: "已退回，等待修改",
    _STATE.EXEMPT: "免报",
}


@dataclass(frozen=True)
class ReportLine:
    """One department's report as the person who looks may see it."""

    report: ProgressReport
    role: str
    instead: str  # a sentence in place of the text, empty when the text is shown
    shelf: Shelf

    @property
    def dated(self) -> str:
        """When it was submitted and confirmed, in one line."""
        report = self.report
        parts = []
        if report.first_submitted_at:
            late = f"逾期{report.late_days}天" if report.on_time is False else "按时"
            parts.append(f"{_day(day_of(report.first_submitted_at))}提交，{late}")
        if report.reviewed_at and report.state == _STATE.ACCEPTED:
            note = f"：{report.review_note}" if report.review_note else ""
            parts.append(f"{_day(day_of(report.reviewed_at))}确认{note}")
        return "　".join(parts)


@dataclass(frozen=True)
class Quarter:
    """A period of the task: the line, what was confirmed, the filings, the reports that may be seen."""

    period: ReportingPeriod
    expected: Decimal
    confirmed: Decimal | None
    filing: FilingRate
    lines: tuple[ReportLine, ...]
    hidden: int  # reports that exist but are not for the person who looks
    light: Light  # as it stood when the period closed, or today while it runs

    @property
    def name(self) -> str:
        """第四季度."""
        return short_name(self.period)


def lights_at_ends(task: Task, periods: Sequence[ReportingPeriod], on: date) -> dict[int, Light]:
    """How the task stood when each period closed, or stands today while it runs; by period (five queries)."""
    ends = {period.pk: min(period.closes_on, on) for period in periods}
    stood = standings_on([task], [on, *ends.values()])
    return {pk: stood[day][task.pk].light for pk, day in ends.items()}


def quarters(
    task: Task,
    periods: Iterable[ReportingPeriod],
    visible: Sequence[ProgressReport],
    lights: Mapping[int, Light],
    user: User,
    on: date,
) -> list[Quarter]:
    """The task's opened periods, newest first (two queries); `visible` are the reports that `user` may see."""
    everything = ProgressReport.objects.expected().filter(task=task).select_related("period")
    counted, shelves = list(everything.defer("text", "problems", "next_steps")), shelves_of(user, visible)
    newest_first = sorted(periods, key=lambda one: one.opens_on, reverse=True)
    return [
        _quarter(
            task,
            period,
            [one for one in counted if one.period_id == period.pk],
            visible,
            shelves,
            user,
            on,
            lights[period.pk],
        )
        for period in newest_first
    ]


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with the latest confirmed value of each department that has told one."""

    indicator: Indicator
    values: tuple[IndicatorValue, ...]

    @property
    def wanted(self) -> str:
        """The target in the words of the paper."""
        return wanted(self.indicator)

    @property
    def several(self) -> bool:
        """Whether values have to say whose they are."""
        return len(self.values) > 1

    def words(self) -> list[tuple[IndicatorValue, str]]:
        """Each value with its unit."""
        return [(one, f"{plain(one.value)}{self.indicator.unit}") for one in self.values]


def indicator_lines(task: Task, user: User) -> list[IndicatorLine]:
    """The task's indicators with the values that `user` may see (two queries)."""
    values = IndicatorValue.objects.visible_to(user).filter(indicator__task=task)
    latest: dict[int, dict[int, IndicatorValue]] = defaultdict(dict)
    for value in values.select_related("department", "period").order_by("period__due_on", "id"):
        latest[value.indicator_id][value.department_id] = value
    return [
        IndicatorLine(
            one, tuple(sorted(latest[one.pk].values(), key=lambda value: value.department.position))
        )
        for one in task.indicators.all()
    ]


def _quarter(
    task: Task,
    period: ReportingPeriod,
    counted: list[ProgressReport],
    visible: Sequence[ProgressReport],
    shelves: Mapping[int, Shelf],
    user: User,
    on: date,
    light: Light,
) -> Quarter:
    mine = [one for one in visible if one.period_id == period.pk]
    roles = {part.department_id: str(Assignment.Role(part.role).label) for part in task.parts}
    shown = {one.pk for one in mine}
    return Quarter(
        period,
        expected_percent(task.ledger.starts_on, task.line_end, period.due_on),
        _confirmed(counted, on),
        count_filings(counted, on),
        tuple(
            ReportLine(one, roles.get(one.department_id, ""), _instead(one, user), shelves[one.pk])
            for one in mine
        ),
        sum(one.pk not in shown for one in counted),
        light,
    )


def _confirmed(reports: Iterable[ProgressReport], on: date) -> Decimal | None:
    """The mean of what was confirmed in one period, by the same rule as the task's own percent."""
    return mean_percent(
        Voice(one.department_name, one.group_name, one.confirmed_percent)
        for one in reports
        if is_accepted(one, on)
    )


def _instead(report: ProgressReport, user: User) -> str:
    if read_unsent(user, report.department_id) and report.text:
        return ""
    return _BEING_WRITTEN.get(_STATE(report.state), "")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
