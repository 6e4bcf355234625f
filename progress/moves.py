"""The one way to move a report: a conditional update on state and version, with its revision and its trail.

1. The person's part is checked (Refused), then the version that the person saw (Conflict), then the table
   and the dates (NotPossible); the part once more inside the transaction.
2. One UPDATE names the old state and the old version; of two people or two tabs only one changes a row.
3. The revision and the audit row are written in the same transaction.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.content import ReportContent
from progress.locks import why_not
from progress.models import ProgressReport, Revision
from progress.permissions import who_may
from progress.workflow import ACTOR, NEEDS_REASON, Act, Move, find_move
from timekeeping.clock import day_of


class NotPossible(Exception):
    """The table or the dates do not allow the act; `reason` is the sentence for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(Exception):
    """Somebody else was first; `current` is the report as it stands now."""

    def __init__(self, current: ProgressReport) -> None:
        super().__init__(str(current))
        self.current = current


def move(
    report: ProgressReport,
    act: Act,
    *,
    version: int,
    by: User,
    at: datetime,
    changes: dict[str, Any],
    note: str = "",
    after: ProgressReport.State | None = None,
) -> ProgressReport:
    """Do `act` and return the report as it then stands; `after` overrides the table's state for SUBMIT.

    Raises Refused (not this person's part), Conflict (stale `version`), NotPossible (state or dates).
    """
    line = check(report, act, version=version, by=by, at=at)
    if act in NEEDS_REASON and not note.strip():
        raise NotPossible(NEEDS_REASON[act])
    state = after or line.after
    with transaction.atomic():
        require(who_may(afresh(by), report, act))
        changed = ProgressReport.objects.filter(pk=report.pk, state=report.state, version=version).update(
            **changes, state=state, version=version + 1
        )
        if not changed:
            raise Conflict(fresh(report))
        moved = fresh(report)
        _remember(report, moved, act, by=by, at=at, note=note, changes=changes)
    return moved


def check(report: ProgressReport, act: Act, *, version: int, by: User, at: datetime) -> Move:
    """The line of the table that `act` follows; raises what `move` raises, and changes nothing."""
    require(who_may(by, report, act))
    if report.version != version:
        raise Conflict(fresh(report))
    line = find_move(report.state, act)
    reason = why_not(report, act, day_of(at))
    if line is None or reason:
        raise NotPossible(reason)
    return line


def fresh(report: ProgressReport) -> ProgressReport:
    """The report as the database has it now, with what pages and rules read from it."""
    rows = ProgressReport.objects.select_related(
        "period", "department", "task__ledger", "task__section", "written_by", "reviewed_by", "returned_by"
    )
    return rows.get(pk=report.pk)


def _remember(
    old: ProgressReport,
    moved: ProgressReport,
    act: Act,
    *,
    by: User,
    at: datetime,
    note: str,
    changes: dict[str, Any],
) -> None:
    content = ReportContent.of(moved).as_dict() | {
        "state": moved.state,
        "confirmed_percent": moved.confirmed_percent,
        "confirmed_status": moved.confirmed_status,
    }
    if act is Act.SUBMIT:
        content["evidence"] = list(moved.evidence.present().values("name", "sha256"))
    Revision.objects.create(
        report=moved, version=moved.version, act=act, content=content, note=note, by=by, at=at
    )
    pairs = {name: (_plain(getattr(old, name)), _plain(getattr(moved, name))) for name in changes}
    pairs |= {"state": (old.state, moved.state), "version": (old.version, moved.version)}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    record(
        f"report.{act}",
        actor=by,
        target=moved,
        jurisdiction_id=moved.jurisdiction_id,
        before={name: before for name, (before, _) in changed.items()},
        after={name: after for name, (_, after) in changed.items()},
        reason=note,
        stands_in_for=by.scope.stands_in_for(ACTOR[act], moved.department_id),
    )


def _plain(value: object) -> object:
    """A person as the number that the trail keeps; everything else as it is."""
    return value.pk if isinstance(value, User) else value
