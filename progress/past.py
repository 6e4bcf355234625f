"""Reports as they were on a past day: what was done to them later is taken back.

A row holds what a report says now. What it said at the end of an earlier day stands in its revisions, one for
each act (progress/moves.py); a report without any is as its row says. The first submission and whether it was
on time are never changed, so they are read off the row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from progress.listed import ListedReport
from progress.models import ProgressReport, Revision
from progress.workflow import Act
from timekeeping.clock import day_of, start_of


class _Act(NamedTuple):
    """What one revision says of a report, without its texts."""

    report: int
    act: str
    at: datetime
    state: str
    said_status: str
    confirmed_percent: int | None


class PastReports:
    """The reports of some tasks on the days from `since` on, read once (two queries, mostly one)."""

    def __init__(self, tasks: Iterable[int], since: date) -> None:
        later = Revision.objects.filter(report__task__in=tasks, at__gte=start_of(since + timedelta(days=1)))
        touched = set(later.order_by().values_list("report_id", flat=True))
        self._acts: dict[int, list[_Act]] = defaultdict(list)
        if touched:
            content = ("content__state", "content__said_status", "content__confirmed_percent")
            rows = Revision.objects.filter(report__in=touched).order_by("version", "id")
            for row in rows.values_list("report_id", "act", "at", *content):
                self._acts[row[0]].append(_Act(*row))

    def on(self, reports: Iterable[ListedReport], day: date) -> list[ListedReport]:
        """Those that were expected by the end of a day, as they were then."""
        return [self._then(report, day) for report in reports if _was_expected(report, day)]

    def _then(self, report: ListedReport, day: date) -> ListedReport:
        acts = self._acts[report.pk]
        done = [act for act in acts if day_of(act.at) <= day]
        if len(done) == len(acts):
            return report
        sent = [act.at for act in done if act.act == Act.SUBMIT]
        confirmed = [act.at for act in done if act.act == Act.ACCEPT]
        last = done[-1] if done else None
        return report._replace(
            state=last.state if last else ProgressReport.State.EXPECTED,
            said_status=last.said_status if last else "",
            confirmed_percent=last.confirmed_percent if last else None,
            submitted_at=sent[-1] if sent else None,
            reviewed_at=confirmed[-1] if confirmed else None,
        )


def _was_expected(report: ListedReport, day: date) -> bool:
    opened = report.period.opened_at
    return opened is None or day_of(opened) <= day
