"""A report as a line about it shows it: without its long texts and without the weight of a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from departments.listed import ListedDepartment
from progress.lateness import days_late
from progress.models import ProgressReport, ReportingPeriod


class ListedReport(NamedTuple):
    """进展报告 of a list; its fields are called as those of the model."""

    period: ReportingPeriod
    department: ListedDepartment
    pk: int
    group_name: str
    due_on: date
    revise_by: date | None
    state: str
    said_status: str
    confirmed_percent: int | None
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    on_time: bool | None
    reviewed_at: datetime | None
    returned_at: datetime | None
    return_reason: str

    @property
    def period_id(self) -> int:
        """The period's key."""
        return self.period.pk

    @property
    def department_id(self) -> int:
        """The department's key."""
        return self.department.pk

    @property
    def late_days(self) -> int:
        """Days between the deadline and the first submission; 0 when on time or not submitted."""
        return days_late(self.due_on, self.first_submitted_at, self.on_time)

    @property
    def extended_from(self) -> date | None:
        """The period's own deadline where this report has a later one."""
        return self.period.due_on if self.due_on > self.period.due_on else None

    @property
    def deadline(self) -> date:
        """The day by which it is asked for: a return or a reopening sets one of its own."""
        return self.revise_by or self.due_on

    @property
    def last_day(self) -> date:
        """The last day on which it may still be written: the period's, or a later one of its own."""
        return max(self.period.closes_on, self.due_on, self.deadline)

    def closed(self, on: date) -> bool:
        """Whether the period's time and the report's own have passed, so that it is missing if it is not in."""
        return on > max(self.period.closes_on, self.due_on)

    def get_state_display(self) -> str:
        """The state in words."""
        return str(ProgressReport.State(self.state).label)


_OF_DEPARTMENT = ("department_id", "department__short_name", "department__position")


def listed_reports(
    tasks: Iterable[int], periods: Mapping[int, ReportingPeriod]
) -> defaultdict[int, list[ListedReport]]:
    """The expected reports of each task, by its key, the oldest first (one query)."""
    rows = ProgressReport.objects.expected().filter(task__in=tasks).order_by("pk")
    found: defaultdict[int, list[ListedReport]] = defaultdict(list)
    for task, period, key, name, position, *rest in rows.values_list(
        "task_id", "period_id", *_OF_DEPARTMENT, *ListedReport._fields[2:]
    ):
        department = ListedDepartment(key, name, position)
        found[task].append(ListedReport(periods[period], department, *rest))
    return found
