"""分设: one department becomes several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.add import NewBody, insert
from departments.bodies.changing import NotPossible, refuse_other_meaning, replace_in_groups
from departments.bodies.ending import end
from departments.bodies.permissions import keep_bodies
from departments.models import Department, User
from departments.models.bodies import Succession
from departments.permissions import require


def split(
    department: Department,
    parts: Sequence[NewBody],
    *,
    main: int | None,
    since: date,
    reason: str,
    version: int,
    by: User,
    on: date,
) -> list[Department]:
    """End a department and let new ones follow it from `since`.

    `main` is the place in `parts` of the one whom a paper means that still writes the old name; without it
    such a paper asks. Raises Refused, Stale, NotPossible.
    """
    require(keep_bodies(by, department.jurisdiction_id))
    if len(parts) < 2:
        raise NotPossible("分设至少要有两个新单位；只改名称请办理更名。", "parts")
    if department.is_office and main is None:
        raise NotPossible("这是医改办所在单位，请写明由哪个新单位承接原名称。", "main")
    place = department.jurisdiction
    with transaction.atomic():
        require(keep_bodies(afresh(by), department.jurisdiction_id))
        end(department, since=since, version=version, on=on)
        made = []
        for number, part in enumerate(parts):
            refuse_other_meaning(place, (part.name, part.short_name), on=on, besides=[department])
            new = replace(part, position=department.position, active_from=since)
            made.append(insert(place, new, is_office=department.is_office and number == main))
        if main is not None:
            Department.objects.filter(pk=department.pk).update(successor=made[main])
        for one in made:
            Succession.objects.create(
                predecessor=department, successor=one, since=since, kind=Succession.Kind.SPLIT
            )
        groups = replace_in_groups([department], made)
        record(
            "department.split",
            actor=by,
            target=department,
            jurisdiction_id=place.pk,
            after={
                "departments": [one.name for one in made],
                "main": made[main].name if main is not None else "",
                "since": since,
                "groups": groups,
            },
            reason=reason,
        )
    return made
