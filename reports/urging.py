"""Whom a 催办 button may urge: the form itself is answered by the notices room.

Urging is offered while a report may still be written, by its own last day: the period's, or a later one that the
office has given. The words are a draft that the coordinator may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from departments.listed import ListedDepartment
from progress.listed import ListedReport
from progress.models import ReportingPeriod
from progress.querysets import WAITING_FOR_DEPARTMENT
from reports.periods import short_name
from reports.rows import TaskRow, is_filed


@dataclass(frozen=True)
class UrgeOffer:
    """What a 催办 form is filled with."""

    period: ReportingPeriod
    departments: tuple[ListedDepartment, ...]
    text: str


def urge_offer(
    rows: Iterable[TaskRow], period: ReportingPeriod | None, on: date, *, only: int | None = None
) -> UrgeOffer | None:
    """The departments that have not filed for `rows` and still may; None when there is nobody to urge.

    `only` is the department that a list was narrowed to.
    """
    unfiled = [
        report
        for row in rows
        for report in row.reports
        if not is_filed(report, on) and only in (None, report.department_id)
    ]
    open_ones = [report for report in unfiled if may_be_urged(report, on)]
    if period is None or not open_ones:
        return None
    return UrgeOffer(period, _departments(open_ones), urge_text(period, open_ones, on))


def may_be_urged(report: ListedReport, on: date) -> bool:
    """Whether a report waits for its department and may still be written."""
    waiting = report.state in WAITING_FOR_DEPARTMENT
    return waiting and report.period.opens_on <= on <= report.last_day


def urge_text(period: ReportingPeriod, open_ones: Sequence[ListedReport], on: date) -> str:
    """The sentence that a 催办 begins with, by the dates of the reports that it is about."""
    days = {report.deadline for report in open_ones}
    if not days:
        return ""
    due = period.due_on if period.due_on in days else min(days)
    name, but = short_name(period), "（另定期限的，按另定的日期）" if len(days) > 1 else ""
    if on <= due:
        return f"请于{_day(due)}前报送{name}进展报告{but}。"
    last = min(report.last_day for report in open_ones if report.deadline == due)
    return f"{name}进展报告已于{_day(due)}截止，请尽快报送；{_day(last)}关闭后不能再提交{but}。"


def _departments(reports: Iterable[ListedReport]) -> tuple[ListedDepartment, ...]:
    """Each department once, in 机构序列."""
    found = {one.department_id: one.department for one in reports}
    return tuple(sorted(found.values(), key=lambda one: (one.position, one.pk)))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
