"""Giving a person an account and a part: the one way, for the command line and for later screens."""

import secrets

from django.db import transaction

from audit.record import record
from departments.models import Department, Jurisdiction, Membership, Post, User


class CannotAdd(Exception):
    """The account cannot be made; the message says why, in Chinese."""


def add_officer(
    username: str, full_name: str, *, jurisdiction: Jurisdiction, role: str, by: User | None
) -> tuple[User, str]:
    """Make an account with a post in a jurisdiction; returns it with its first password, shown only once."""
    with transaction.atomic():
        user, password = _account(username, full_name)
        post = Post.objects.create(user=user, jurisdiction=jurisdiction, role=role)
        _trace(user, jurisdiction, post.get_role_display(), by)
    return user, password


def add_member(
    username: str, full_name: str, *, department: Department, role: str, by: User | None
) -> tuple[User, str]:
    """Make an account with a part in a department; returns it with its first password, shown only once."""
    with transaction.atomic():
        user, password = _account(username, full_name)
        membership = Membership.objects.create(user=user, department=department, role=role)
        _trace(user, department.jurisdiction, f"{department}{membership.get_role_display()}", by)
    return user, password


def _account(username: str, full_name: str) -> tuple[User, str]:
    if User.objects.filter(username=username).exists():
        raise CannotAdd(f"用户名 {username} 已有人使用，请换一个。")
    password = secrets.token_urlsafe(9)
    return User.objects.create_user(
        username, password, full_name=full_name, must_change_password=True
    ), password


def _trace(user: User, jurisdiction: Jurisdiction, part: str, by: User | None) -> None:
    after = {"username": user.username, "part": part}
    record("user.add", actor=by, target=user, jurisdiction_id=jurisdiction.pk, after=after)
