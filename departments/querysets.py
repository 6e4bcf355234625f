"""Reads of bodies and people that start from who asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from departments.models import Department, Jurisdiction, Membership, User

Row = TypeVar("Row", bound=models.Model)


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """行政区域."""

    def visible_to(self, user: User) -> JurisdictionQuerySet:
        """Those that `user` has a post or a department in."""
        return self.filter(pk__in=user.scope.jurisdictions)

    def kept_by(self, user: User) -> JurisdictionQuerySet:
        """The trees whose places `user` keeps: those of the own office or accounts, and all below (two queries)."""
        own = self.model._default_manager.filter(pk__in=user.scope.coordinates | user.scope.administers)
        trees = [models.Q(path__startswith=path) for path in own.values_list("path", flat=True)]
        return self.filter(reduce(or_, trees)) if trees else self.none()

    def below(self, user: User) -> JurisdictionQuerySet:
        """Those strictly under a province or city that `user` oversees: the tree is read downwards only."""
        trees = [models.Q(path__startswith=path) & ~models.Q(path=path) for path in sorted(user.scope.trees)]
        return self.filter(reduce(or_, trees)) if trees else self.none()


class BodyQuerySet(models.QuerySet[Row]):
    """Rows with a `jurisdiction`: departments, aliases, groups."""

    def visible_to(self, user: User) -> BodyQuerySet[Row]:
        """Those of the jurisdictions that `user` works in."""
        return self.filter(jurisdiction_id__in=user.scope.jurisdictions)


class DepartmentQuerySet(BodyQuerySet["Department"]):
    """单位."""

    def visible_to(self, user: User) -> DepartmentQuerySet:
        """Those of the jurisdictions that `user` works in."""
        return self.filter(jurisdiction_id__in=user.scope.jurisdictions)

    def active(self, on: date) -> DepartmentQuerySet:
        """Those that exist on a day; both ends count."""
        begun = models.Q(active_from__isnull=True) | models.Q(active_from__lte=on)
        return self.filter(begun, models.Q(active_until__isnull=True) | models.Q(active_until__gte=on))

    def ended(self, on: date) -> DepartmentQuerySet:
        """Those that are no more on a day."""
        return self.filter(active_until__lt=on)


class UserQuerySet(models.QuerySet["User"]):
    """People."""

    def visible_to(self, user: User) -> UserQuerySet:
        """Colleagues: people with an account, a post or a department in a jurisdiction that `user` works in."""
        return self.belonging_to(user.scope.jurisdictions)

    def kept_by(self, user: User) -> UserQuerySet:
        """Those of the places for which `user` settles accounts, posts or parts in departments."""
        scope = user.scope
        return self.belonging_to(scope.coordinates | scope.administers | scope.secures)

    def belonging_to(self, places: Iterable[int]) -> UserQuerySet:
        """People with an account, a post or a department in one of these jurisdictions."""
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
