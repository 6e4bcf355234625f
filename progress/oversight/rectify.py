"""整改: a department says what it has put right, and takes it back while the office has not answered."""

from datetime import datetime

from departments.models import User
from progress.models import Finding
from progress.moves import NotPossible
from progress.oversight.permissions import who_may
from progress.oversight.workflow import TABLE, Act
from progress.tables import advance
from timekeeping.clock import day_of

MISSING = "请写明整改情况。"


def rectify(finding: Finding, *, text: str, version: int, by: User, at: datetime) -> Finding:
    """Hand in what was put right. Raises Refused, Moved (stale `version`), NotPossible."""
    if not text.strip():
        raise NotPossible(MISSING)
    changes = {"rectification": text.strip(), "rectified_on": day_of(at), "rectified_by": by}
    return advance(
        finding,
        Act.RECTIFY,
        table=TABLE,
        who_may=who_may,
        changes=changes,
        version=version,
        note="",
        by=by,
        kept=("rectification",),
    )


def withdraw(finding: Finding, *, version: int, by: User) -> Finding:
    """Take it back; the text stays to be written on. Raises Refused, Moved, NotPossible."""
    return advance(
        finding,
        Act.WITHDRAW,
        table=TABLE,
        who_may=who_may,
        changes={},
        version=version,
        note="",
        by=by,
    )
