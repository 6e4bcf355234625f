"""Who keeps the holidays: they are the whole system's, so the highest place that has somebody to do it."""

from django.db.models import Q

from departments.models import Jurisdiction, Post, User
from departments.permissions import Allowed, Decision, Denied

_KEEPERS = (Post.Role.COORDINATOR, Post.Role.SYSTEM_ADMIN)


def keep_holidays(user: User) -> Decision:
    """Enter and remove days: a coordinator or system administrator with none above them."""
    places = Jurisdiction.objects.filter(pk__in=user.scope.coordinates | user.scope.administers)
    if any(not _kept_above(place) for place in places):
        return Allowed()
    if places:
        return Denied("节假日全系统通用，由上级的医改办协调员或系统管理员录入。")
    return Denied("只有医改办协调员和系统管理员可以录入节假日。")


def _kept_above(place: Jurisdiction) -> bool:
    """Whether a place above has an active coordinator or system administrator."""
    codes = place.path.strip("/").split("/")[:-1]
    paths = ["/" + "/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
    above = Q(jurisdiction__path__in=paths, user__is_active=True, role__in=_KEEPERS)
    return Post.objects.filter(above).exists()
