"""What all acts on departments share: the way in, the refusals, the conditional update."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max

from departments.models import Department, DepartmentGroup, Jurisdiction
from departments.roster import load_roster

STALE = "这个单位刚刚被别人修改过，您的改动没有保存。请核对现在的内容后再办理。"


class NotPossible(Exception):
    """The act cannot be done; the message says in Chinese why and what to do. `field` names the input at fault."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


class Stale(NotPossible):
    """Somebody else was first."""

    def __init__(self) -> None:
        super().__init__(STALE)


def change(department: Department, version: int, **values: Any) -> None:
    """Write `values` if the department is still active and as the person saw it; raises Stale."""
    seen = Department.objects.filter(pk=department.pk, version=version, active_until__isnull=True)
    if seen.update(**values, version=F("version") + 1) != 1:
        raise Stale


def refuse_other_meaning(
    place: Jurisdiction,
    texts: Iterable[str],
    *,
    on: date,
    besides: Iterable[Department | DepartmentGroup] = (),
) -> None:
    """Raise NotPossible when a writing already means a department other than `besides`."""
    roster = load_roster(place, on)
    for text in texts:
        found = roster.find(text)
        if found is not None and found not in set(besides):
            raise NotPossible(
                f"“{text}”已经是“{found}”的名称或写法，请换一个名称，或先从该单位去掉这种写法。"
            )


def checked(row: models.Model) -> None:
    """Let fields and constraints speak before the database does; raises NotPossible."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise NotPossible("".join(error.messages)) from None


def next_position(place: Jurisdiction) -> int:
    """The place behind all others in the official order."""
    last = Department.objects.filter(jurisdiction=place).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def replace_in_groups(gone: Iterable[Department], successors: Iterable[Department]) -> list[str]:
    """Let the successors take their predecessors' place in collectives; returns the collectives' names."""
    names = []
    for group in DepartmentGroup.objects.filter(members__in=list(gone)).distinct():
        group.members.remove(*gone)
        group.members.add(*successors)
        names.append(group.name)
    return names
