"""批量确认: what waits for the office with what strikes about it, for one decision over many reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from departments.models import User
from progress.models import ProgressReport
from progress.permissions import who_may
from progress.previous import last_confirmed_of
from progress.querysets import ReportQuerySet
from progress.reviewing import queue_of
from progress.standing import Standing, standings
from progress.target import target_percent
from progress.workflow import Act
from tasks.lights import Colour
from tasks.models import Ledger, Task
from tasks.with_parts import with_parts


@dataclass(frozen=True)
class Line:
    """One waiting report; `striking` says what asks for a look of its own."""

    report: ProgressReport
    standing: Standing
    target: Decimal
    striking: list[str]
    why_not: str  # why this person cannot confirm it, or ""

    @property
    def ticked(self) -> bool:
        """Whether it is proposed: unchanged, and nothing about it strikes."""
        return self.report.no_change and not self.striking


def waiting_for_office(user: User, ledger: Ledger) -> ReportQuerySet:
    """The office's part of the queue."""
    return queue_of(user, ledger).filter(
        state=ProgressReport.State.SIGNED, jurisdiction_id__in=user.scope.coordinates
    )


def lines_of(user: User, ledger: Ledger, on: date) -> list[Line]:
    """What waits for the office in a ledger, in the order of submission, at a constant number of queries."""
    reports = list(waiting_for_office(user, ledger))
    found = with_parts(Task.objects.filter(pk__in={report.task_id for report in reports}))
    tasks, stand = {task.pk: task for task in found}, standings(found, on)
    last = last_confirmed_of(reports)
    lines = []
    for report in reports:
        standing, target = stand[report.task_id], target_percent(tasks[report.task_id], report.period, on)
        under = target - (report.said_percent or 0)
        strikes = [
            *striking(report, last.get(report.pk)),
            *_far(under, ledger.yellow_points),
            *_red(standing),
        ]
        why_not = who_may(user, report, Act.ACCEPT).reason
        lines.append(Line(report, standing, target, strikes, why_not))
    return lines


def striking(report: ProgressReport, last: ProgressReport | None) -> list[str]:
    """What about a department's own words asks for a look before they are confirmed."""
    said, before = report.said_percent or 0, last.confirmed_percent if last else None
    found = []
    if report.said_status == Task.Status.LAGGING:
        found.append("自报滞后")
    if report.said_status == Task.Status.DONE:
        found.append("自报已完成")
    if before is not None and said < before:
        found.append(f"比此前确认的{before}%低")
    return found


def _far(under: Decimal, limit: int) -> list[str]:
    """More points under the expected line than the ledger's yellow light allows."""
    return [f"低于应达{under}个百分点"] if under > limit else []


def _red(standing: Standing) -> list[str]:
    return ["红灯任务"] if standing.light.colour == Colour.RED else []
