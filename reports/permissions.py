"""Who may do what with the circulars of a ledger."""

from __future__ import annotations

from departments.models import User
from departments.permissions import Allowed, Decision, Denied, coordinate
from reports.models import Bulletin
from tasks.models import Ledger

ISSUED_STANDS = "通报已经印发，内容不能再修改。"


def draft_bulletin(user: User, ledger: Ledger) -> Decision:
    """Begin a circular."""
    return coordinate(user, ledger.jurisdiction_id)


def edit_bulletin(user: User, bulletin: Bulletin) -> Decision:
    """Write or issue a circular: the coordinator, while it is a draft."""
    decision = coordinate(user, bulletin.jurisdiction_id)
    if decision and bulletin.state != Bulletin.State.DRAFT:
        return Denied(ISSUED_STANDS)
    return decision if not decision else Allowed()
