"""Who may ask for a correction, and who answers."""

from departments.models import User
from departments.permissions import Decision, coordinate, report_for
from progress.models import Correction, ProgressReport


def may_ask(user: User, report: ProgressReport) -> Decision:
    """Ask for a correction of a department's own report."""
    return report_for(user, report.department)


def may_decline(user: User, correction: Correction) -> Decision:
    """Answer a request; to grant it is to open the report again (progress/review.py)."""
    return coordinate(user, correction.jurisdiction_id)
