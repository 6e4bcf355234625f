"""Plain makers of jurisdictions, departments and people; every argument may be overridden."""

from itertools import count
from typing import Any

from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, Post, User

PASSWORD = "Sample-pass-2020"
_serial = count(1)


def make_jurisdiction(code: str = "620800", name: str = "平凉市", **fields: Any) -> Jurisdiction:
    """Get or make a jurisdiction by its code."""
    found = Jurisdiction.objects.filter(code=code).first()
    return found or Jurisdiction.objects.create(
        code=code, name=name, level=fields.pop("level", "city"), **fields
    )


def make_department(
    short_name: str = "市卫健委", jurisdiction: Jurisdiction | None = None, **fields: Any
) -> Department:
    """Make a department, by default in 平凉市 and without sign-off."""
    fields = {"name": f"平凉{short_name}", "needs_sign_off": False, "position": next(_serial), **fields}
    return Department.objects.create(
        jurisdiction=jurisdiction or make_jurisdiction(), short_name=short_name, **fields
    )


def make_group(name: str, members: list[Department]) -> DepartmentGroup:
    """Make a collective of departments."""
    group = DepartmentGroup.objects.create(jurisdiction=members[0].jurisdiction, name=name)
    group.members.set(members)
    return group


def make_user(full_name: str = "王涛", **fields: Any) -> User:
    """Make an account without post or department."""
    fields = {"username": f"user{next(_serial)}", "email": f"user{next(_serial)}@example.gov.cn", **fields}
    return User.objects.create_user(password=PASSWORD, full_name=full_name, **fields)


def make_reporter(department: Department, full_name: str = "王涛", **fields: Any) -> User:
    """Make a 填报员 of a department."""
    user = make_user(full_name, **fields)
    Membership.objects.create(user=user, department=department, role=Membership.Role.REPORTER)
    return user


def make_head(department: Department, full_name: str = "陈处长", **fields: Any) -> User:
    """Make a 单位审核人 of a department."""
    user = make_user(full_name, **fields)
    Membership.objects.create(user=user, department=department, role=Membership.Role.HEAD)
    return user


def make_officer(
    role: Post.Role = Post.Role.COORDINATOR,
    jurisdiction: Jurisdiction | None = None,
    full_name: str = "李静",
    **fields: Any,
) -> User:
    """Make somebody with a post in a jurisdiction: by default a coordinator of 平凉市."""
    user = make_user(full_name, **fields)
    Post.objects.create(user=user, jurisdiction=jurisdiction or make_jurisdiction(), role=role)
    return user
