"""审核: the reform office confirms, returns, reopens, exempts."""

from datetime import date, datetime

from django.db import transaction

from departments.models import User
from progress import confirmed_measures
from progress.confirming import tell_task
from progress.corrections.grant import settle
from progress.models import ProgressReport
from progress.moves import move
from progress.revising import revise_by
from progress.workflow import Act
from timekeeping.clock import day_of

State = ProgressReport.State


def accept(
    report: ProgressReport, *, version: int, percent: int, status: str, note: str, by: User, at: datetime
) -> ProgressReport:
    """Confirm a report with the office's own percent and judgement, keep its values, and tell the task.

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
        confirmed_measures.keep(accepted)
    return accepted


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

    The confirmed numbers, values and milestones leave the report and the task; the revision keeps them. A
    correction that was asked for is granted by it.
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
        settle(reopened, by=by, at=at)
        tell_task(reopened.task_id, on=day_of(at))
        confirmed_measures.take_back(reopened)
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
