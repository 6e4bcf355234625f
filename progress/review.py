"""审核: the reform office confirms, returns, reopens, exempts."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from departments.models import User
from departments.permissions import Refused
from progress.confirming import tell_task
from progress.models import ProgressReport
from progress.moves import Conflict, NotPossible, move
from progress.revising import revise_by
from progress.workflow import Act
from timekeeping.clock import day_of

State = ProgressReport.State


def accept(
    report: ProgressReport, *, version: int, percent: int, status: str, note: str, by: User, at: datetime
) -> ProgressReport:
    """Confirm a report with the office's own percent and judgement, and tell the task.

    Raises Refused, Conflict or NotPossible (see progress/moves.py).
    """
    changes = {
        "confirmed_percent": percent,
        "confirmed_status": status,
        "review_note": note,
        "reviewed_by": by,
        "reviewed_at": at,
    }
    with transaction.atomic():
        accepted = move(report, Act.ACCEPT, version=version, by=by, at=at, changes=changes, note=note)
        tell_task(accepted.task_id, on=day_of(at))
    return accepted


def accept_unchanged(
    reports: Iterable[tuple[ProgressReport, int]], *, by: User, at: datetime
) -> list[ProgressReport]:
    """Confirm 本季无变化 reports with the numbers they took over; each stands on its own.

    Takes reports with the versions that the person saw; returns those confirmed. Left are those that are not
    unchanged, not this person's to confirm, or have been acted on since.
    """
    return [report for report, version in reports if _accept_as_said(report, version, by, at)]


def _accept_as_said(report: ProgressReport, version: int, by: User, at: datetime) -> bool:
    percent, status = report.said_percent, report.said_status
    if not report.no_change or percent is None:
        return False
    try:
        accept(report, version=version, percent=percent, status=status, note="", by=by, at=at)
    except (Refused, Conflict, NotPossible):
        return False
    return True


def return_report(
    report: ProgressReport,
    *,
    version: int,
    reason: str,
    by: User,
    at: datetime,
    due_on: date | None = None,
) -> ProgressReport:
    """Return a report for revision until `due_on`, at least three working days ahead."""
    changes = _returning(report, reason, by, at, due_on)
    return move(report, Act.RETURN, version=version, by=by, at=at, changes=changes, note=reason)


def reopen(
    report: ProgressReport,
    *,
    version: int,
    reason: str,
    by: User,
    at: datetime,
    due_on: date | None = None,
) -> ProgressReport:
    """Open a confirmed report for correction, or a closed one that was never handed in (补报).

    The confirmed numbers leave the report and the task; the revision keeps them.
    """
    changes = _returning(report, reason, by, at, due_on)
    if report.state == State.ACCEPTED:
        changes |= {
            "confirmed_percent": None,
            "confirmed_status": "",
            "reviewed_by": None,
            "reviewed_at": None,
        }
    with transaction.atomic():
        reopened = move(report, Act.REOPEN, version=version, by=by, at=at, changes=changes, note=reason)
        tell_task(reopened.task_id, on=day_of(at))
    return reopened


def exempt(report: ProgressReport, *, version: int, reason: str, by: User, at: datetime) -> ProgressReport:
    """Release a department from a report; it leaves numerator and denominator of every rate."""
    changes = {"exempt_reason": reason}
    return move(report, Act.EXEMPT, version=version, by=by, at=at, changes=changes, note=reason)


def _returning(
    report: ProgressReport, reason: str, by: User, at: datetime, due_on: date | None
) -> dict[str, object]:
    return {
        "return_reason": reason,
        "returned_by": by,
        "returned_at": at,
        "revise_by": revise_by(report, at, due_on),
    }
