"""存草稿: nothing is refused for being half filled."""

from datetime import datetime

from departments.models import User
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.moves import check, move
from progress.workflow import Act


def save(
    report: ProgressReport, *, content: ReportContent, version: int, by: User, at: datetime, note: str = ""
) -> ProgressReport:
    """Keep what is written so far; a page that saves again what is stored already leaves no trace.

    `note` says by which way it came, where that is not the page.
    Raises Refused, Conflict or NotPossible (see progress/moves.py).
    """
    check(report, Act.SAVE, version=version, by=by, at=at)
    begun = report.state != ProgressReport.State.EXPECTED
    if begun and ReportContent.of(report) == content and report.written_by_id == by.pk:
        return report
    changes = content.as_dict() | {"written_by": by}
    return move(report, Act.SAVE, version=version, by=by, at=at, changes=changes, note=note)
