"""审签: the department's head lets a report leave the department, or sends it back."""

from datetime import datetime

from departments.models import User
from progress.models import ProgressReport
from progress.moves import move
from progress.revising import revise_by
from progress.workflow import Act


def sign(report: ProgressReport, *, version: int, by: User, at: datetime) -> ProgressReport:
    """Sign a submitted report off to the reform office."""
    return move(report, Act.SIGN, version=version, by=by, at=at, changes={"signed_by": by, "signed_at": at})


def send_back(report: ProgressReport, *, version: int, by: User, reason: str, at: datetime) -> ProgressReport:
    """Send a submitted report back to the reporter; the reason is shown there."""
    changes = {
        "return_reason": reason,
        "returned_by": by,
        "returned_at": at,
        "revise_by": revise_by(report, at),
    }
    return move(report, Act.SEND_BACK, version=version, by=by, at=at, changes=changes, note=reason)
