"""What was confirmed before: the start of every new report, and what a submission is compared with."""

from collections.abc import Iterable

from progress.models import ProgressReport
from tasks.models import Assignment

Key = tuple[int, int]


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
    key = (report.task_id, report.department_id)
    own, before = earlier.get(key, []), earlier.get((report.task_id, followed.get(key, 0)), [])
    found = [row for row in [*before, *own] if row.period.due_on < report.period.due_on]
    return found[-1] if found else None
