"""人员 as a list: whom a person may see there, and of each only what is that hand's part."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from departments.models import Membership, Post, User
from departments.querysets import MembershipQuerySet

BUSINESS_POSTS = (Post.Role.COORDINATOR, Post.Role.LEADER)


def listed(user: User, *, words: str = "", state: str = "", role: str = "", on: date) -> QuerySet[User]:
    """People of the places of `user`, with `parts` and `held` as far as `user` settles them."""
    people: QuerySet[User] = User.objects.kept_by(user)
    if state:
        people = people.filter(is_active=state == "active")
    if role:
        people = people.filter(_with(user, role, on))
    for word in words.split():
        people = people.filter(_named(user, word))
    parts = Prefetch("memberships", parts_seen_by(user).exclude(until__lt=on), to_attr="parts")
    held = Prefetch("posts", posts_seen_by(user), to_attr="held")
    return people.order_by("-is_active", "full_name", "pk").prefetch_related(parts, held)


def parts_seen_by(user: User) -> MembershipQuerySet:
    """Parts in departments of the places whose office `user` belongs to; of no others, and for no other hand."""
    rows: MembershipQuerySet = Membership.objects.filter(department__jurisdiction__in=user.scope.coordinates)
    return rows.select_related("department", "deputy_for").order_by("department__position", "role", "since")


def posts_seen_by(user: User) -> QuerySet[Post]:
    """Posts as the security administrator grants them; to the office only those of its own business."""
    business = Q(jurisdiction__in=user.scope.coordinates, role__in=BUSINESS_POSTS)
    rows = Post.objects.filter(Q(jurisdiction__in=user.scope.secures) | business)
    return rows.select_related("jurisdiction").order_by("jurisdiction", "role")


def _named(user: User, word: str) -> Q:
    found = Q(full_name__icontains=word) | Q(username__icontains=word)
    bodies = parts_seen_by(user).filter(department__short_name__icontains=word)
    return found | Q(pk__in=bodies.order_by().values("user"))


def _with(user: User, role: str, on: date) -> Q:
    parts = parts_seen_by(user).exclude(until__lt=on).filter(role=role)
    posts = posts_seen_by(user).filter(role=role)
    return Q(pk__in=parts.order_by().values("user")) | Q(pk__in=posts.order_by().values("user"))
