"""合并: several departments become one, a new one or one that exists."""

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


def merge(
    seen: Sequence[tuple[Department, int]],
    *,
    into: Department | NewBody,
    since: date,
    reason: str,
    by: User,
    on: date,
) -> Department:
    """End the departments, each in the version that was seen, and let `into` follow them from `since`.

    A paper that still writes an old name means the successor. What is open stays where it is until it is
    handed over. Raises Refused, Stale, NotPossible.
    """
    gone = [department for department, _ in seen]
    _refuse_odd(gone, into)
    place = gone[0].jurisdiction
    require(keep_bodies(by, place.pk))
    with transaction.atomic():
        require(keep_bodies(afresh(by), place.pk))
        for department, version in seen:
            end(department, since=since, version=version, on=on)
        target = _target(gone, into, since, on)
        Department.objects.filter(pk__in=[one.pk for one in gone]).update(successor=target)
        for department in gone:
            Succession.objects.create(
                predecessor=department, successor=target, since=since, kind=Succession.Kind.MERGED
            )
        groups = replace_in_groups(gone, [target])
        record(
            "department.merge",
            actor=by,
            target=target,
            jurisdiction_id=place.pk,
            before={"departments": [one.name for one in gone]},
            after={"name": target.name, "since": since, "groups": groups},
            reason=reason,
        )
    return target


def _refuse_odd(gone: Sequence[Department], into: Department | NewBody) -> None:
    if not gone or (isinstance(into, NewBody) and len(gone) == 1):
        raise NotPossible("合并至少要有两个单位；只改名称请办理更名。", "others")
    bodies = [*gone, into] if isinstance(into, Department) else list(gone)
    if len({one.jurisdiction_id for one in bodies}) > 1:
        raise NotPossible("不能跨行政区域合并单位。", "others")
    if len({one.pk for one in bodies}) < len(bodies):
        raise NotPossible("承接单位不能同时是被合并的单位。", "into")


def _target(gone: Sequence[Department], into: Department | NewBody, since: date, on: date) -> Department:
    place, is_office = gone[0].jurisdiction, any(one.is_office for one in gone)
    if isinstance(into, NewBody):
        refuse_other_meaning(place, (into.name, into.short_name), on=on, besides=gone)
        first = min(one.position for one in gone)
        position = first if into.position is None else into.position
        return insert(place, replace(into, position=position, active_from=since), is_office=is_office)
    target = Department.objects.select_for_update().get(pk=into.pk)
    if target.active_until:
        raise NotPossible("承接单位已停用，请另选一个。", "into")
    if is_office and not target.is_office:
        target.is_office = True
        target.save(update_fields=["is_office"])
    return target
