"""Who may do what with papers."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied, coordinate
from documents.models import PolicyDocument


def upload(user: User) -> Decision:
    """Bring a paper in."""
    if user.scope.coordinates:
        return Allowed()
    return Denied("只有医改办的协调员可以上传文件。")


def take_in(user: User, jurisdiction_id: int) -> Decision:
    """Take a paper into a jurisdiction."""
    if coordinate(user, jurisdiction_id):
        return Allowed()
    return Denied("只有本地医改办的协调员可以上传文件。")


def read_draft(user: User, document: PolicyDocument) -> Decision:
    """See what was read from a paper: the office's own until it is in the ledger."""
    if document.drafts.filter(state="adopted").exists():
        return Allowed()
    if coordinate(user, document.jurisdiction_id):
        return Allowed()
    return Denied("这份文件正在由医改办核对，核对入账后方可查看。")


def correct_draft(user: User, document: PolicyDocument) -> Decision:
    """Correct, accept or drop what was read."""
    if coordinate(user, document.jurisdiction_id):
        return Allowed()
    return Denied("只有本地医改办的协调员可以核对读入结果。")
