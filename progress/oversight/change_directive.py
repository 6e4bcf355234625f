"""The one way to change a directive: a conditional update on its version, with its entry in the trail."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import Decision, require
from progress.models import Directive
from progress.moves import NotPossible
from progress.tables import Moved

_STRUCK = "这条批示已经撤销，不能再办理。"


def change_directive(
    directive: Directive,
    act: str,
    changes: Mapping[str, Any],
    *,
    permit: Callable[[User, Directive], Decision],
    version: int,
    by: User,
    reason: str,
) -> Directive:
    """Change a directive that was not struck out, and return it as it then stands."""
    if directive.struck_at:
        raise NotPossible(_STRUCK)
    with transaction.atomic():
        require(permit(afresh(by), directive))
        rows = Directive.objects.standing().filter(pk=directive.pk, version=version)
        if not rows.update(**changes, version=version + 1):
            raise Moved(fresh(directive))
        moved = fresh(directive)
        told = [name for name in changes if name in ("outcome", "outcome_on", "struck_reason")]
        record(
            act,
            actor=by,
            target=moved,
            jurisdiction_id=moved.jurisdiction_id,
            before={name: _plain(getattr(directive, name)) for name in told},
            after={name: _plain(getattr(moved, name)) for name in told},
            reason=reason,
        )
    return moved


def fresh(directive: Directive) -> Directive:
    """The directive as the database has it now."""
    return Directive.objects.select_related("task__ledger", "entered_by", "outcome_by").get(pk=directive.pk)


def _plain(value: object) -> str:
    return "" if value is None else str(value)
