"""Giving a person an account, and a part with it: the one way, for the command line, the pages and the import."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from audit.record import record
from departments.models import Department, Jurisdiction, Membership, Post, User
from departments.people.hold import NotPossible, afresh
from departments.people.passwords import first_password
from departments.permissions import add_bare_account, appoint_people, require


@dataclass(frozen=True)
class Contact:
    """What is kept of a person besides the name: the office contact."""

    office_phone: str = ""
    email: str = ""


NO_CONTACT = Contact()


def add_officer(
    username: str, full_name: str, *, jurisdiction: Jurisdiction, role: str, by: None
) -> tuple[User, str]:
    """Make an account with a post, on the command line only; returns it with its first password."""
    with transaction.atomic():
        user, password = _account(username, full_name, NO_CONTACT, jurisdiction)
        post = Post.objects.create(user=user, jurisdiction=jurisdiction, role=role)
        _trace(user, jurisdiction, post.get_role_display(), by)
    return user, password


def add_member(
    username: str,
    full_name: str,
    *,
    department: Department,
    role: str,
    by: User | None,
    contact: Contact = NO_CONTACT,
    since: date | None = None,
) -> tuple[User, str]:
    """Make an account with a part in a department; returns it with its first password, shown only once."""
    with transaction.atomic():
        if by:
            require(appoint_people(afresh(by), department.jurisdiction_id))
        user, password = _account(username, full_name, contact, department.jurisdiction)
        membership = Membership.objects.create(user=user, department=department, role=role, since=since)
        _trace(user, department.jurisdiction, f"{department}{membership.get_role_display()}", by)
    return user, password


def add_bare(
    username: str, full_name: str, *, jurisdiction: Jurisdiction, by: User, contact: Contact = NO_CONTACT
) -> tuple[User, str]:
    """Make an account without any right (系统管理员); posts and parts are given by other hands."""
    with transaction.atomic():
        require(add_bare_account(afresh(by), jurisdiction.pk))
        user, password = _account(username, full_name, contact, jurisdiction)
        _trace(user, jurisdiction, "", by)
    return user, password


def _account(username: str, full_name: str, contact: Contact, jurisdiction: Jurisdiction) -> tuple[User, str]:
    if User.objects.filter(username__iexact=username).exists():
        raise NotPossible(f"用户名 {username} 已有人使用，请换一个。")
    password = first_password()
    user = User.objects.create_user(
        username,
        password,
        full_name=full_name,
        office_phone=contact.office_phone,
        email=contact.email,
        jurisdiction=jurisdiction,
        must_change_password=True,
    )
    return user, password


def _trace(user: User, jurisdiction: Jurisdiction, part: str, by: User | None) -> None:
    after = {"username": user.username, "part": part}
    record("user.add", actor=by, target=user, jurisdiction_id=jurisdiction.pk, after=after)
