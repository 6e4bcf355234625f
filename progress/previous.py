"""What was confirmed before: the start of every new report, and what a submission is compared with."""

from collections.abc import Iterable
from typing import TypeVar

from progress.models import IndicatorValue, ProgressReport
from tasks.models import Assignment

Key = tuple[int, int]
Row = TypeVar("Row", bound=ProgressReport | IndicatorValue)


def last_confirmed(report: ProgressReport) -> ProgressReport | None:
    """The latest accepted report of the same task and department from an earlier period."""
    return last_confirmed_of([report]).get(report.pk)


def last_confirmed_of(reports: Iterable[ProgressReport]) -> dict[int, ProgressReport]:
    """The same for many reports, by the primary key of the new one (two queries)."""
    asked = list(reports)
    followed = _followed(asked)
    rows = (
        ProgressReport.objects.filter(
            state=ProgressReport.State.ACCEPTED,
            task__in={report.task_id for report in asked},
            department__in={report.department_id for report in asked} | set(followed.values()),
        )
        .select_related("period")
        .order_by("period__due_on", "id")
    )
    earlier: dict[Key, list[ProgressReport]] = {}
    for row in rows:
        earlier.setdefault((row.task_id, row.department_id), []).append(row)
    return {report.pk: last for report in asked if (last := _before(report, earlier, followed))}


def last_values_of(reports: Iterable[ProgressReport]) -> dict[int, dict[int, IndicatorValue]]:
    """The latest confirmed values of earlier periods, by the primary keys of report and indicator (two queries)."""
    asked = list(reports)
    followed = _followed(asked)
    rows = (
        IndicatorValue.objects.filter(
            indicator__task__in={report.task_id for report in asked},
            department__in={report.department_id for report in asked} | set(followed.values()),
        )
        .select_related("indicator", "period")
        .order_by("period__due_on", "id")
    )
    earlier: dict[Key, list[IndicatorValue]] = {}
    for row in rows:
        earlier.setdefault((row.indicator.task_id or 0, row.department_id), []).append(row)
    return {
        report.pk: {row.indicator_id: row for row in _known_before(report, earlier, followed)}
        for report in asked
    }


def _followed(reports: Iterable[ProgressReport]) -> dict[Key, int]:
    """Whose part a department continues after a reorganisation, by task and department."""
    asked = list(reports)
    parts = Assignment.objects.filter(
        task__in={report.task_id for report in asked},
        department__in={report.department_id for report in asked},
        follows__isnull=False,
    )
    rows = parts.order_by().values_list("task_id", "department_id", "follows_id")
    return {(task, department): follows for task, department, follows in rows if follows}


def _before(
    report: ProgressReport, earlier: dict[Key, list[ProgressReport]], followed: dict[Key, int]
) -> ProgressReport | None:
    found = _known_before(report, earlier, followed)
    return found[-1] if found else None


def _known_before(
    report: ProgressReport, earlier: dict[Key, list[Row]], followed: dict[Key, int]
) -> list[Row]:
    """The rows of earlier periods, the predecessor's before the department's own."""
    key = (report.task_id, report.department_id)
    own: list[Row] = earlier.get(key, [])
    before: list[Row] = earlier.get((report.task_id, followed.get(key, 0)), [])
    return [row for row in [*before, *own] if row.period.due_on < report.period.due_on]
