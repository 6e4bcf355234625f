"""Reads of circulars that start from who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from departments.models import User
    from reports.models import Bulletin


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    """通报."""

    def visible_to(self, user: User) -> BulletinQuerySet:
        """The office sees its drafts; leaders and departments see what was issued in their jurisdiction."""
        drafts = Q(jurisdiction_id__in=user.scope.coordinates)
        issued = Q(jurisdiction_id__in=user.scope.ledgers_of, state="issued")
        return self.filter(drafts | issued)
