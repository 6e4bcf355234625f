"""What was confirmed before: the start of every new report, and what a submission is compared with."""

from collections.abc import Iterable

from progress.models import ProgressReport

Key = tuple[int, int]


def last_confirmed(report: ProgressReport) -> ProgressReport | None:
    """The latest accepted report of the same task and department from an earlier period."""
    return last_confirmed_of([report]).get(report.pk)


def last_confirmed_of(reports: Iterable[ProgressReport]) -> dict[int, ProgressReport]:
    """The same for many reports, by the primary key of the new one (one query)."""
    asked = list(reports)
    rows = (
        ProgressReport.objects.filter(
            state=ProgressReport.State.ACCEPTED,
            task__in={report.task_id for report in asked},
            department__in={report.department_id for report in asked},
        )
        .select_related("period")
        .order_by("period__due_on", "id")
    )
    earlier: dict[Key, list[ProgressReport]] = {}
    for row in rows:
        earlier.setdefault((row.task_id, row.department_id), []).append(row)
    return {report.pk: last for report in asked if (last := _before(report, earlier))}


def _before(report: ProgressReport, earlier: dict[Key, list[ProgressReport]]) -> ProgressReport | None:
    found = [
        row
        for row in earlier.get((report.task_id, report.department_id), [])
        if row.period.due_on < report.period.due_on
    ]
    return found[-1] if found else None
