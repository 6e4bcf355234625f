"""Who may do what with ledgers."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied, coordinate
from documents.models import PolicyDocument


def adopt_draft(user: User, document: PolicyDocument) -> Decision:
    """Turn a reviewed draft into a ledger."""
    if coordinate(user, document.jurisdiction_id):
        return Allowed()
    return Denied("只有本地医改办的协调员可以确认入账。")
