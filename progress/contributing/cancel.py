"""取消: the lead takes back what it asked for, as long as nothing was given."""

from django.db import transaction

from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.contributing.locks import why_not_cancel
from progress.contributing.moves import fresh, move
from progress.contributing.permissions import may_ask
from progress.contributing.workflow import Act
from progress.models import Contribution
from progress.moves import NotPossible


def cancel(contribution: Contribution, *, by: User) -> Contribution:
    """Let a department know that its note is not needed. Raises Refused, NotPossible or Moved."""
    require(may_ask(by, contribution.report))
    with transaction.atomic():
        require(may_ask(afresh(by), contribution.report))
        current = fresh(contribution)
        if why := why_not_cancel(current):
            raise NotPossible(why)
        return move(current, Act.CANCEL, by=by, department=current.report.department_id, changes={})
