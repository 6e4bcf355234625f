"""存草稿: nothing is refused for being half filled."""

from datetime import datetime

from departments.models import User
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.moves import move
from progress.workflow import Act


def save(
    report: ProgressReport, *, content: ReportContent, version: int, by: User, at: datetime
) -> ProgressReport:
    """Keep what is written so far; raises Refused, Conflict or NotPossible (see progress/moves.py)."""
    changes = content.as_dict() | {"written_by": by}
    return move(report, Act.SAVE, version=version, by=by, at=at, changes=changes)
