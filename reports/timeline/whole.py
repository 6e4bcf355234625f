"""All sources together, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from departments.models import User
from progress.models import ReportingPeriod
from reports.timeline.around import of_contributions, of_directives, of_evidence, of_findings, of_urges
from reports.timeline.deadlines import of_changes, of_requests
from reports.timeline.event import Event, Kind
from reports.timeline.filings import of_corrections, of_periods, of_reports
from tasks.lights import Light
from tasks.models import Task


def timeline(
    user: User, task: Task, periods: Iterable[ReportingPeriod], lights: Mapping[int, Light], on: date
) -> list[Event]:
    """What happened to a task as far as `user` may know it, in a constant number of queries.

    `periods` are the opened ones of its ledger, `lights` the task's lights at their ends, by period.
    """
    found = chain(
        [Event(task.ledger.created_at, Kind.LEDGER, "列入台账")],
        of_periods(periods, lights, on),
        of_reports(user, task),
        of_corrections(user, task),
        of_changes(task),
        of_requests(user, task),
        of_urges(user, task),
        of_evidence(user, task),
        of_contributions(user, task),
        of_directives(user, task),
        of_findings(user, task),
    )
    oldest_first = sorted(found, key=lambda event: event.at)
    return oldest_first[::-1]
