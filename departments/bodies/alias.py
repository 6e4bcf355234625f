"""别名: other ways in which papers write a department."""

from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import NotPossible, checked, refuse_other_meaning
from departments.bodies.permissions import keep_bodies
from departments.models import Alias, Department, User
from departments.names import canonical
from departments.permissions import require


def add_alias(department: Department, text: str, *, by: User, on: date) -> Alias:
    """Let papers write a department so; raises Refused, NotPossible (known already, or somebody else's)."""
    require(keep_bodies(by, department.jurisdiction_id))
    place = department.jurisdiction
    with transaction.atomic():
        require(keep_bodies(afresh(by), department.jurisdiction_id))
        refuse_other_meaning(place, (text,), on=on, besides=[department])
        key = canonical(text, place.name)[:100]
        taken = Alias.objects.filter(jurisdiction=place, normalised=key).select_related("department").first()
        if taken:
            raise NotPossible(f"“{text}”与“{taken.department}”的写法“{taken.text}”相同，不用再加。", "text")
        alias = Alias(jurisdiction=place, department=department, text=text, normalised=key)
        checked(alias)
        alias.save(force_insert=True)
        record(
            "department.alias",
            actor=by,
            target=department,
            jurisdiction_id=place.pk,
            after={"alias": text},
        )
    return alias


def remove_alias(alias: Alias, *, by: User) -> None:
    """Forget a writing; a paper that uses it asks again."""
    require(keep_bodies(by, alias.jurisdiction_id))
    with transaction.atomic():
        require(keep_bodies(afresh(by), alias.jurisdiction_id))
        record(
            "department.alias_removed",
            actor=by,
            target=alias.department,
            jurisdiction_id=alias.jurisdiction_id,
            before={"alias": alias.text},
        )
        alias.delete()
