"""Who may see what became of notices."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied


def see_undelivered(user: User) -> Decision:
    """See what did not reach somebody: the offices, each in its own places."""
    if user.scope.coordinates:
        return Allowed()
    return Denied("只有医改办的协调员可以查看未送达的通知。")
