"""Reads of the outbox that start from who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from departments.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """通知."""

    def visible_to(self, user: User) -> NoticeQuerySet:
        """A person's own notices, and nobody else's."""
        return self.filter(recipient=user).exclude(state="void")

    def unread(self) -> NoticeQuerySet:
        """Not yet opened."""
        return self.filter(read_at__isnull=True)
