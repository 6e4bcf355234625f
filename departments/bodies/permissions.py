"""Who may see and keep places and departments; every refusal says why."""

from departments.models import Jurisdiction, User
from departments.permissions import Allowed, Decision, Denied


def see_bodies(user: User) -> Decision:
    """Open the list of departments: the office that keeps it, and who gives its people accounts."""
    if user.scope.coordinates or user.scope.administers:
        return Allowed()
    return Denied("只有医改办协调员和系统管理员可以查看单位库。")


def keep_bodies(user: User, jurisdiction_id: int) -> Decision:
    """Add, change, merge, divide and end departments of a jurisdiction, and settle its collectives."""
    if jurisdiction_id in user.scope.coordinates:
        return Allowed()
    return Denied("只有本地医改办的协调员可以维护单位库。")


def see_places(user: User) -> Decision:
    """Open the tree of places."""
    if user.scope.coordinates or user.scope.administers:
        return Allowed()
    return Denied("只有医改办协调员和系统管理员可以查看行政区域。")


def keep_place(user: User, place: Jurisdiction) -> Decision:
    """Rename a place or add one below it: the office or the system administrator of it, or of one above."""
    if Jurisdiction.objects.kept_by(user).filter(pk=place.pk).exists():
        return Allowed()
    return Denied("只有本地或上级的医改办协调员和系统管理员可以维护行政区域。")
