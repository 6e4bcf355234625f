"""Reads of the outbox that start from who asks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from departments.models import User
    from notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    """通知."""

    def visible_to(self, user: User) -> NoticeQuerySet:
        """A person's own notices, and nobody else's."""
        return self.filter(recipient=user).exclude(state="void")

    def unread(self) -> NoticeQuerySet:
        """Not yet opened."""
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> NoticeQuerySet:
        """As a person works through them: unread before read, urgent before others, the newest first."""
        return self.order_by(
            models.Case(models.When(read_at__isnull=True, then=0), default=1),
            models.Case(models.When(read_at__isnull=True, urgent=True, then=0), default=1),
            "-created_at",
            "-id",
        )

    def undelivered_visible_to(self, user: User) -> NoticeQuerySet:
        """What did not reach somebody, or perhaps not, in the jurisdictions that `user` coordinates."""
        return self.filter(jurisdiction_id__in=user.scope.coordinates, state__in=("failed", "doubtful"))

    def voided_visible_to(self, user: User) -> NoticeQuerySet:
        """What was made void before it went out, the latest first, in the jurisdictions that `user` coordinates."""
        return self.filter(jurisdiction_id__in=user.scope.coordinates, state="void").order_by("-created_at")

    def waiting(self, at: datetime) -> NoticeQuerySet:
        """May be sent now: queued, and not waiting for a later attempt."""
        return self.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=at), state="queued")

    def standing(self) -> NoticeQuerySet:
        """All that were not made void."""
        return self.exclude(state="void")
