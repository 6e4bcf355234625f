"""The one way to write the trail."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

from audit.middleware import current_origin
from audit.models import Entry

_SECRETS = frozenset({"password", "token", "secret", "totp", "otp", "session", "sessionid", "cookie"})


class OutsideTransaction(RuntimeError):
    """An act and its entry must stand or fall together; recording outside a transaction breaks that."""


class SecretInTrail(RuntimeError):
    """What is meant to stay secret was handed to the trail, which keeps it for years."""


def record(
    act: str,
    *,
    actor: models.Model | str | None,
    target: models.Model | None,
    jurisdiction_id: int | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    stands_in_for: str = "",
) -> Entry:
    """Write one entry for `act` ("report.submit") in the caller's transaction.

    `actor` is the signed-in person, or None for the system itself; a text is what somebody who is not
    signed in called themselves. `target` is None when there is no object: a sign-in under a name that
    nobody has, the export of a list. `stands_in_for` is whom a deputy acted for (代理). `before` and `after` hold only the fields that the act changed.
    Raises OutsideTransaction when no transaction is open, SecretInTrail when a field is named like a secret
    and holds a text.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(act)
    _refuse_secrets(act, {"before": before or {}, "after": after or {}})
    origin = current_origin.get()
    return Entry.objects.create(
        at=timezone.now(),
        actor_id=actor.pk if isinstance(actor, models.Model) else None,
        actor_name=_called(actor, stands_in_for)[:100],
        act=act,
        jurisdiction_id=jurisdiction_id,
        target_type=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        target_label=str(target)[:200] if target else "",
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        request_id=origin.request_id,
        address=origin.address,
    )


def _called(actor: models.Model | str | None, stands_in_for: str) -> str:
    """Who acted, as the trail names them: 王涛（代陈处长）."""
    name = str(actor) if actor else "系统"
    return f"{name}（代{stands_in_for}）" if stands_in_for else name


def _refuse_secrets(act: str, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, Mapping):
            _refuse_secrets(act, value)
        elif isinstance(value, str) and _SECRETS & set(str(name).lower().split("_")):
            raise SecretInTrail(f"{act}: {name}")
