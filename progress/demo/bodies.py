"""Jurisdictions, departments, collectives and accounts of the demonstration; repeating it adds nothing."""

from typing import Any

from departments.models import Alias, Department, DepartmentGroup, Jurisdiction, Membership, Post, User
from departments.names import canonical
from progress.demo.sources import People, Place

PASSWORD = "Yigai-demo-2020"  # noqa: S105  # printed for everybody; load_demo refuses to run in production


def make_place(place: Place) -> Jurisdiction:
    """Get or make a jurisdiction with all that its paper names."""
    jurisdiction = _jurisdiction(place)
    for position, body in enumerate(place["departments"]):
        _department(jurisdiction, position, body)
    for group in place["groups"]:
        _group(jurisdiction, group)
    username, full_name = place["coordinator"]
    _post(_user(username, full_name), jurisdiction, Post.Role.COORDINATOR)
    return jurisdiction


def _jurisdiction(place: Place) -> Jurisdiction:
    parent = None
    if place["parent"]:
        upper = {"name": place["parent"]["name"], "level": Jurisdiction.Level.PROVINCE}
        parent, _ = Jurisdiction.objects.get_or_create(code=place["parent"]["code"], defaults=upper)
    own: dict[str, Any] = {"name": place["name"], "level": place["level"], "parent": parent}
    found, _ = Jurisdiction.objects.get_or_create(code=place["code"], defaults=own)
    return found


def _department(jurisdiction: Jurisdiction, position: int, body: dict[str, Any]) -> None:
    facts = {key: body[key] for key in ("short_name", "kind", "is_office") if key in body}
    department, _ = Department.objects.get_or_create(
        jurisdiction=jurisdiction,
        name=body["name"],
        active_until=None,
        defaults=facts | {"position": position},
    )
    for text in body.get("aliases", []):
        Alias.objects.get_or_create(
            jurisdiction=jurisdiction,
            normalised=canonical(text, jurisdiction.name),
            defaults={"department": department, "text": text},
        )


def _group(jurisdiction: Jurisdiction, group: dict[str, Any]) -> None:
    found, made = DepartmentGroup.objects.get_or_create(jurisdiction=jurisdiction, name=group["name"])
    if made:
        found.members.set(
            Department.objects.filter(jurisdiction=jurisdiction, short_name__in=group["members"])
        )


def make_people(place: Place, jurisdiction: Jurisdiction, names: People) -> None:
    """A leader, the three administrators, and a reporter and a head for every department that has a `login`."""
    _post(_user(*names["leader"]), jurisdiction, Post.Role.LEADER)
    _post(_user(*names["system_admin"]), jurisdiction, Post.Role.SYSTEM_ADMIN)
    _post(_user(*names["security_admin"]), jurisdiction, Post.Role.SECURITY_ADMIN)
    _post(_user(*names["auditor"]), jurisdiction, Post.Role.AUDITOR)
    staffed = [body for body in place["departments"] if "login" in body]
    for body, reporter, head in zip(staffed, names["reporters"], names["heads"], strict=False):
        department = Department.objects.get(jurisdiction=jurisdiction, name=body["name"])
        _membership(_user(body["login"], reporter), department, Membership.Role.REPORTER)
        _membership(_user(f"{body['login']}_sh", head), department, Membership.Role.HEAD)


def _user(username: str, full_name: str) -> User:
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(
        username,
        PASSWORD,
        full_name=full_name,
        email=f"{username}@example.gov.cn",
        office_phone="0933-8210000",
    )


def _post(user: User, jurisdiction: Jurisdiction, role: Post.Role) -> None:
    Post.objects.get_or_create(user=user, jurisdiction=jurisdiction, role=role)


def _membership(user: User, department: Department, role: Membership.Role) -> None:
    Membership.objects.get_or_create(user=user, department=department, role=role, until=None)
