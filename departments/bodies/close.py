"""撤销: a department ends and nobody follows it."""

from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import NotPossible, replace_in_groups
from departments.bodies.ending import end
from departments.bodies.permissions import keep_bodies
from departments.models import Department, User
from departments.permissions import require


def close(department: Department, *, since: date, reason: str, version: int, by: User, on: date) -> None:
    """End a department from `since` without a successor; raises Refused, Stale, NotPossible."""
    require(keep_bodies(by, department.jurisdiction_id))
    if department.is_office:
        raise NotPossible("这是医改办所在单位，不能撤销；机构调整请办理合并或分设。")
    with transaction.atomic():
        require(keep_bodies(afresh(by), department.jurisdiction_id))
        end(department, since=since, version=version, on=on)
        groups = replace_in_groups([department], [])
        record(
            "department.close",
            actor=by,
            target=department,
            jurisdiction_id=department.jurisdiction_id,
            after={"active_until": department.active_until, "groups": groups},
            reason=reason,
        )
