"""增设单位: a department joins the list of a jurisdiction."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import checked, next_position, refuse_other_meaning
from departments.bodies.permissions import keep_bodies
from departments.models import Department, Jurisdiction, User
from departments.permissions import require


@dataclass(frozen=True)
class NewBody:
    """What is known of a department before it exists; without `position` it stands behind all others."""

    name: str
    short_name: str
    kind: str = Department.Kind.GOVERNMENT
    position: int | None = None
    needs_sign_off: bool = True
    active_from: date | None = None


def add_body(place: Jurisdiction, new: NewBody, *, on: date, by: User) -> Department:
    """Add a department; raises Refused (not the office), NotPossible (name in use, dates)."""
    require(keep_bodies(by, place.pk))
    with transaction.atomic():
        require(keep_bodies(afresh(by), place.pk))
        refuse_other_meaning(place, (new.name, new.short_name), on=on)
        department = insert(place, new)
        record(
            "department.create",
            actor=by,
            target=department,
            jurisdiction_id=place.pk,
            after={name: value for name, value in asdict(new).items() if value is not None},
        )
    return department


def insert(place: Jurisdiction, new: NewBody, *, is_office: bool = False) -> Department:
    """Write the row; the act that asked for it leaves the trail."""
    values = asdict(new) | {"position": next_position(place) if new.position is None else new.position}
    department = Department(jurisdiction=place, is_office=is_office, **values)
    checked(department)
    department.save(force_insert=True)
    return department
