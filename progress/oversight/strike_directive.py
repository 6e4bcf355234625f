"""撤销批示: one that was entered by mistake leaves the task's page, never the database."""

from datetime import datetime

from departments.models import User
from departments.permissions import require
from progress.models import Directive
from progress.moves import NotPossible
from progress.oversight.change_directive import change_directive
from progress.oversight.permissions import strike_directive as may_strike


def strike_directive(directive: Directive, *, reason: str, version: int, by: User, at: datetime) -> Directive:
    """Strike it out with a reason. Raises Refused, Moved (stale `version`), NotPossible."""
    require(may_strike(by, directive))
    if not reason.strip():
        raise NotPossible("撤销须写明理由。")
    changes = {"struck_at": at, "struck_by": by, "struck_reason": reason.strip()}
    return change_directive(
        directive, "directive.strike", changes, permit=may_strike, version=version, by=by, reason=reason
    )
