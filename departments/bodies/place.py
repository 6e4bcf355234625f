"""行政区域: places are added below those that a person keeps, and renamed."""

from __future__ import annotations

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import NotPossible, checked
from departments.bodies.permissions import keep_place
from departments.codes import why_not_below
from departments.models import Jurisdiction, User
from departments.permissions import require


def add_place(upper: Jurisdiction, *, code: str, name: str, level: str, by: User) -> Jurisdiction:
    """Add a place below `upper`; raises Refused, NotPossible (code or level wrong, code in use)."""
    require(keep_place(by, upper))
    if why := why_not_below(code, level, upper_code=upper.code, upper_level=upper.level):
        raise NotPossible(why, "level" if why.startswith("层级") else "code")
    if Jurisdiction.objects.filter(code=code).exists():
        raise NotPossible("这个代码已有行政区域使用。", "code")
    with transaction.atomic():
        require(keep_place(afresh(by), upper))
        place = Jurisdiction(code=code, name=name, level=level, parent=upper)
        place.take_place()
        checked(place)
        place.save(force_insert=True)
        record(
            "jurisdiction.add",
            actor=by,
            target=place,
            jurisdiction_id=place.pk,
            after={"code": code, "name": name, "level": level, "upper": upper.name},
        )
    return place


def rename_place(place: Jurisdiction, *, name: str, seen: str, reason: str, by: User) -> None:
    """Give a place another name, if it still has the one that was seen; raises Refused, NotPossible."""
    require(keep_place(by, place))
    if name == seen:
        raise NotPossible("新名称与现名称相同。", "name")
    with transaction.atomic():
        require(keep_place(afresh(by), place))
        if Jurisdiction.objects.filter(pk=place.pk, name=seen).update(name=name) != 1:
            raise NotPossible("名称刚刚被别人修改过，您的改动没有保存。请核对后再办理。")
        record(
            "jurisdiction.rename",
            actor=by,
            target=place,
            jurisdiction_id=place.pk,
            before={"name": seen},
            after={"name": name},
            reason=reason,
        )
