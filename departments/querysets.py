"""Reads of bodies and people that start from who asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from departments.models import Jurisdiction, Membership, User

Row = TypeVar("Row", bound=models.Model)


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """行政区域."""

    def visible_to(self, user: User) -> JurisdictionQuerySet:
        """Those that `user` has a post or a department in."""
        return self.filter(pk__in=user.scope.jurisdictions)


class BodyQuerySet(models.QuerySet[Row]):
    """Rows with a `jurisdiction`: departments, aliases, groups."""

    def visible_to(self, user: User) -> BodyQuerySet[Row]:
        """Those of the jurisdictions that `user` works in."""
        return self.filter(jurisdiction_id__in=user.scope.jurisdictions)


class UserQuerySet(models.QuerySet["User"]):
    """People."""

    def visible_to(self, user: User) -> UserQuerySet:
        """Colleagues: people with an account, a post or a department in a jurisdiction that `user` works in."""
        places = user.scope.jurisdictions
        at_home = models.Q(jurisdiction_id__in=places)
        posted = models.Q(posts__jurisdiction_id__in=places)
        employed = models.Q(memberships__department__jurisdiction_id__in=places)
        found = self.model._default_manager.filter(at_home | posted | employed)
        return self.filter(pk__in=found.values("pk"))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Parts in departments."""

    def serving(self, on: date) -> MembershipQuerySet:
        """Those begun and not ended on a day; both days count."""
        begun = models.Q(since__isnull=True) | models.Q(since__lte=on)
        return self.filter(begun, models.Q(until__isnull=True) | models.Q(until__gte=on))

    def own(self) -> MembershipQuerySet:
        """Those that are not done for another."""
        return self.filter(deputy_for__isnull=True)
