"""核实: the office closes a finding or returns it with a new day; one entered by mistake is cancelled."""

from datetime import date, datetime
from typing import Any

from departments.models import User
from departments.permissions import require
from progress.models import Finding
from progress.moves import NotPossible
from progress.oversight.permissions import who_may
from progress.oversight.workflow import TABLE, Act
from progress.tables import advance
from timekeeping.clock import day_of


def close(finding: Finding, *, note: str, version: int, by: User, at: datetime) -> Finding:
    """Verify what was put right and close it. Raises Refused, Moved (stale `version`), NotPossible."""
    return _decide(finding, Act.CLOSE, _settled(note, by, at), note=note, version=version, by=by)


def return_finding(
    finding: Finding, *, reason: str, rectify_by: date, version: int, by: User, at: datetime
) -> Finding:
    """Ask for more by a new day; the first day stays. Raises Refused, Moved, NotPossible."""
    require(who_may(by, finding, Act.RETURN))
    if why := why_not_again(rectify_by, day_of(at)):
        raise NotPossible(why)
    changes = {
        "opinion": reason.strip(),
        "rectify_by": rectify_by,
        "original_rectify_by": finding.original_rectify_by or finding.rectify_by,
    }
    return _decide(finding, Act.RETURN, changes, note=reason, version=version, by=by)


def cancel(finding: Finding, *, reason: str, version: int, by: User, at: datetime) -> Finding:
    """Take a finding that was entered by mistake out of all counts. Raises Refused, Moved, NotPossible."""
    return _decide(finding, Act.CANCEL, _settled(reason, by, at), note=reason, version=version, by=by)


def why_not_again(rectify_by: date, on: date) -> str:
    """Why nothing can be asked for again by that day, or ""."""
    return "新的整改期限须在今天以后。" if rectify_by <= on else ""


def _settled(note: str, by: User, at: datetime) -> dict[str, Any]:
    return {"opinion": note.strip(), "closed_by": by, "closed_at": at}


def _decide(
    finding: Finding, act: Act, changes: dict[str, Any], *, note: str, version: int, by: User
) -> Finding:
    kept = ("rectify_by",) if act is Act.RETURN else ()
    return advance(
        finding,
        act,
        table=TABLE,
        who_may=who_may,
        changes=changes,
        version=version,
        note=note.strip(),
        by=by,
        kept=kept,
    )
