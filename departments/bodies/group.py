"""单位集合: who is meant by a collective name such as 各县（市、区）人民政府."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import NotPossible, Stale, checked, refuse_other_meaning
from departments.bodies.permissions import keep_bodies
from departments.models import Department, DepartmentGroup, Jurisdiction, User
from departments.permissions import require


def add_group(
    place: Jurisdiction, *, name: str, members: Sequence[Department], by: User, on: date
) -> DepartmentGroup:
    """Make a collective; raises Refused, NotPossible (name in use, nobody in it)."""
    require(keep_bodies(by, place.pk))
    _refuse_odd(place, members)
    with transaction.atomic():
        require(keep_bodies(afresh(by), place.pk))
        refuse_other_meaning(place, (name,), on=on)
        group = DepartmentGroup(jurisdiction=place, name=name)
        checked(group)
        group.save(force_insert=True)
        group.members.set(members)
        record(
            "department_group.create",
            actor=by,
            target=group,
            jurisdiction_id=place.pk,
            after={"name": name, "members": [str(one) for one in members]},
        )
    return group


def edit_group(
    group: DepartmentGroup, *, name: str, members: Sequence[Department], version: int, by: User, on: date
) -> None:
    """Change name and members for papers read from now on; tasks adopted before keep who answers for them.

    Raises Refused, Stale, NotPossible.
    """
    require(keep_bodies(by, group.jurisdiction_id))
    _refuse_odd(group.jurisdiction, members)
    before = {"name": group.name, "members": [str(one) for one in group.members.all()]}
    with transaction.atomic():
        require(keep_bodies(afresh(by), group.jurisdiction_id))
        if name != group.name:
            _refuse_taken(group, name, on)
        seen = DepartmentGroup.objects.filter(pk=group.pk, version=version)
        if seen.update(name=name, version=F("version") + 1) != 1:
            raise Stale
        group.members.set(members)
        record(
            "department_group.edit",
            actor=by,
            target=group,
            jurisdiction_id=group.jurisdiction_id,
            before=before,
            after={"name": name, "members": [str(one) for one in members]},
        )


def _refuse_taken(group: DepartmentGroup, name: str, on: date) -> None:
    same = DepartmentGroup.objects.filter(jurisdiction=group.jurisdiction_id, name=name).exclude(pk=group.pk)
    if same.exists():
        raise NotPossible("同一行政区域内已有同名的单位集合。", "name")
    refuse_other_meaning(group.jurisdiction, (name,), on=on, besides=[group])


def _refuse_odd(place: Jurisdiction, members: Sequence[Department]) -> None:
    if not members:
        raise NotPossible("请至少选择一个成员单位。", "members")
    if any(one.jurisdiction_id != place.pk for one in members):
        raise NotPossible("成员单位须在本行政区域的单位库内。", "members")
