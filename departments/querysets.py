"""Reads of bodies and people that start from who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from departments.models import Jurisdiction, User

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
        """Colleagues: people with a post or a department in a jurisdiction that `user` works in."""
        places = user.scope.jurisdictions
        posted = models.Q(posts__jurisdiction_id__in=places)
        employed = models.Q(memberships__department__jurisdiction_id__in=places)
        return self.filter(pk__in=self.model._default_manager.filter(posted | employed).values("pk"))
