"""更名: the department stays the same, its old name keeps meaning it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import NotPossible, change, checked, refuse_other_meaning
from departments.bodies.permissions import keep_bodies
from departments.models import Department, User
from departments.models.bodies import FormerName
from departments.permissions import require


def rename(
    department: Department,
    *,
    name: str,
    short_name: str,
    since: date,
    reason: str,
    version: int,
    by: User,
    on: date,
) -> None:
    """Give a department a new name from `since`, which is not after `on`.

    Reports filed before keep the name that was copied into them. Raises Refused, Stale, NotPossible.
    """
    require(keep_bodies(by, department.jurisdiction_id))
    old = {"name": department.name, "short_name": department.short_name}
    if (name, short_name) == (department.name, department.short_name):
        raise NotPossible("新名称与现名称相同。", "name")
    if since > on:
        raise NotPossible("更名日期不能晚于今天，请在更名生效之日或之后办理。", "since")
    with transaction.atomic():
        require(keep_bodies(afresh(by), department.jurisdiction_id))
        refuse_other_meaning(department.jurisdiction, (name, short_name), on=on, besides=[department])
        department.name, department.short_name = name, short_name
        checked(department)
        change(department, version, name=name, short_name=short_name)
        FormerName.objects.create(department=department, until=since - timedelta(days=1), **old)
        record(
            "department.rename",
            actor=by,
            target=department,
            jurisdiction_id=department.jurisdiction_id,
            before=old,
            after={"name": name, "short_name": short_name, "since": since},
            reason=reason,
        )
