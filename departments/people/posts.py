"""岗位: granted and revoked by the security administrator, never to oneself."""

from datetime import date

from django.db import transaction

from audit.record import record
from departments.models import Jurisdiction, Membership, Post, User
from departments.people.appoint import BUSINESS_ONLY
from departments.people.hold import NotPossible, afresh, held
from departments.permissions import grant_post, require


def grant(person: User, *, jurisdiction: Jurisdiction, role: str, by: User, on: date) -> Post:
    """Give a person a post. The three administrators are separate hands, and none of them does business."""
    with transaction.atomic():
        user = held(person, by=by)
        require(grant_post(afresh(by), user, jurisdiction.pk))
        _check(user, role, on)
        if user.posts.filter(jurisdiction=jurisdiction, role=role).exists():
            raise NotPossible(f"{user}已经担任这个岗位。")
        post = Post.objects.create(user=user, jurisdiction=jurisdiction, role=role)
        record("post.grant", actor=by, target=user, jurisdiction_id=jurisdiction.pk, after=_of(post))
    return post


def revoke(post: Post, *, by: User) -> None:
    """Take a post away; it counts at the person's next click."""
    with transaction.atomic():
        user = held(post.user, by=by)
        require(grant_post(afresh(by), user, post.jurisdiction_id))
        take_away(post, by=by)


def take_away(post: Post, *, by: User | None, reason: str = "") -> None:
    """Remove a post with its trace, within the caller's transaction."""
    gone, _ = Post.objects.filter(pk=post.pk).delete()
    if not gone:
        raise NotPossible("这个岗位已经收回，没有重复办理。")
    record(
        "post.revoke",
        actor=by,
        target=post.user,
        jurisdiction_id=post.jurisdiction_id,
        before=_of(post),
        reason=reason,
    )


def _check(user: User, role: str, on: date) -> None:
    if not user.is_active:
        raise NotPossible(f"{user}的账号已停用，请先由系统管理员恢复。")
    held_roles = set(user.posts.values_list("role", flat=True))
    administers = held_roles & set(Post.ADMINISTRATORS)
    if role in Post.ADMINISTRATORS and administers - {role}:
        raise NotPossible("系统、安全、审计三个管理岗位不能由同一人担任。")
    if role not in Post.ADMINISTRATORS and administers:
        raise NotPossible(BUSINESS_ONLY)
    if role in Post.ADMINISTRATORS and (held_roles - administers or _serves(user, on)):
        raise NotPossible(f"{user}还承担业务工作。{BUSINESS_ONLY}")


def _serves(user: User, on: date) -> bool:
    return Membership.objects.filter(user=user).exclude(until__lt=on).exists()


def _of(post: Post) -> dict[str, object]:
    return {"role": post.get_role_display(), "jurisdiction": post.jurisdiction.name}
