"""Reads of the trail; what would change it is refused here and, whatever the code does, by the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from audit.models import Entry

Row = TypeVar("Row", bound=models.Model)


class AppendOnly(Exception):
    """Raised when code tries to change or remove a row of the trail."""


class ForeverQuerySet(models.QuerySet[Row]):
    """Rows that are written once; the database triggers refuse what these methods refuse."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a trail that can be changed proves nothing."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse: see `update`."""
        raise AppendOnly


class EntryQuerySet(ForeverQuerySet["Entry"]):
    """Rows of the trail."""

    def of_places(self, places: Iterable[int], people: models.QuerySet[Any]) -> EntryQuerySet:
        """Those of some jurisdictions; `people` are the numbers of everybody who serves there.

        An entry without a jurisdiction (a sign-in, a password) belongs to its person's places. One that
        concerns no account at all, the system's own or a sign-in under a name that nobody has, is
        nobody's secret: every auditor sees it.
        """
        person = Q(target_type="departments.user")
        unplaced = Q(jurisdiction_id=None) & (
            Q(actor_id__in=people)
            | (Q(actor_id=None) & person & Q(target_id__in=people))
            | (Q(actor_id=None) & ~person)
        )
        return self.filter(Q(jurisdiction_id__in=places) | unplaced)

    def between(self, after_id: int, last_id: int) -> EntryQuerySet:
        """The range that a seal covers, in the order in which it was written."""
        return self.filter(pk__gt=after_id, pk__lte=last_id).order_by("pk")
