"""Reads of papers that start from who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from departments.models import User
    from documents.models import Draft, PolicyDocument


class PolicyDocumentQuerySet(models.QuerySet["PolicyDocument"]):
    """政策文件."""

    def visible_to(self, user: User) -> PolicyDocumentQuerySet:
        """Papers of the jurisdictions that `user` sees ledgers of."""
        return self.filter(jurisdiction_id__in=user.scope.ledgers_of)


class DraftQuerySet(models.QuerySet["Draft"]):
    """读入稿."""

    def visible_to(self, user: User) -> DraftQuerySet:
        """Drafts are the reform office's own until they are adopted."""
        return self.filter(document__jurisdiction_id__in=user.scope.coordinates)

    def open(self) -> DraftQuerySet:
        """Those still being corrected."""
        return self.filter(state="open")
