"""Whom a 催办 button may urge: the form itself is answered by the notices room.

Urging is offered only while the period still takes reports; the words are a draft that the coordinator
may change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from departments.listed import ListedDepartment
from progress.listed import ListedReport
from progress.models import ReportingPeriod
from reports.periods import short_name
from reports.rows import TaskRow, is_filed


@dataclass(frozen=True)
class UrgeOffer:
    """What a 催办 form is filled with."""

    period: ReportingPeriod
    departments: tuple[ListedDepartment, ...]
    text: str


def urge_offer(rows: Iterable[TaskRow], period: ReportingPeriod | None, on: date) -> UrgeOffer | None:
    """The departments that have not filed for `rows`; None when there is nobody to urge."""
    if period is None or period.locked(on) or period.opens_on > on:
        return None
    owing = unfiled((report for row in rows for report in row.reports), on)
    if not owing:
        return None
    return UrgeOffer(period, tuple(owing), urge_text(period, on))


def unfiled(reports: Iterable[ListedReport], on: date) -> list[ListedDepartment]:
    """Departments with at least one report not yet submitted, each once, in 机构序列."""
    found = {one.department_id: one.department for one in reports if not is_filed(one, on)}
    return sorted(found.values(), key=lambda one: (one.position, one.pk))


def urge_text(period: ReportingPeriod, on: date) -> str:
    """The sentence that a 催办 begins with."""
    due = f"{period.due_on.month}月{period.due_on.day}日"
    if on > period.due_on:
        closes = f"{period.closes_on.month}月{period.closes_on.day}日"
        return f"{short_name(period)}进展报告已于{due}截止，请尽快报送；{closes}关闭后不能再提交。"
    return f"请于{due}前报送{short_name(period)}进展报告。"
