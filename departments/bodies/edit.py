"""修改单位: what a department is in the list, apart from its name, which has an act of its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import change, checked
from departments.bodies.permissions import keep_bodies
from departments.models import Department, User
from departments.permissions import require


@dataclass(frozen=True)
class BodyFacts:
    """What may be changed at any time."""

    kind: str
    position: int
    needs_sign_off: bool
    active_from: date | None


def edit_body(department: Department, facts: BodyFacts, *, version: int, by: User) -> None:
    """Change what a department is; raises Refused, Stale, NotPossible."""
    require(keep_bodies(by, department.jurisdiction_id))
    wanted = asdict(facts)
    before = {name: getattr(department, name) for name in wanted if getattr(department, name) != wanted[name]}
    for name, value in wanted.items():
        setattr(department, name, value)
    checked(department)
    with transaction.atomic():
        require(keep_bodies(afresh(by), department.jurisdiction_id))
        change(department, version, **wanted)
        record(
            "department.edit",
            actor=by,
            target=department,
            jurisdiction_id=department.jurisdiction_id,
            before=before,
            after={name: wanted[name] for name in before},
        )
