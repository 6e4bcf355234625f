"""The one way to write the trail."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

from audit.middleware import current_origin
from audit.models import Entry


class OutsideTransaction(RuntimeError):
    """An act and its entry must stand or fall together; recording outside a transaction breaks that."""


def record(
    act: str,
    *,
    actor: models.Model | None,
    target: models.Model,
    jurisdiction_id: int | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write one entry for `act` ("report.submit") in the caller's transaction.

    `actor` is the signed-in person, or None for the system itself; `before` and `after` hold only the
    fields that the act changed. Raises OutsideTransaction when no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(act)
    origin = current_origin.get()
    return Entry.objects.create(
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_name=str(actor)[:100] if actor else "系统",
        act=act,
        jurisdiction_id=jurisdiction_id,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:200],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        request_id=origin.request_id,
        address=origin.address,
    )
