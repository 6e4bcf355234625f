"""Opening a report again settles what was asked."""

from datetime import datetime

from departments.models import User
from progress.models import Correction, ProgressReport


def settle(report: ProgressReport, *, by: User, at: datetime) -> None:
    """Mark the open request of a report as granted; called in the transaction of the reopening, whose entry tells it."""
    report.corrections.asked().update(state=Correction.State.GRANTED, decided_by=by, decided_at=at)
