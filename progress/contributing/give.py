"""提供: a department's note; it may be changed until the lead has handed in its report."""

from datetime import datetime

from django.db import transaction

from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.contributing.ask import hold
from progress.contributing.locks import LIMIT, why_not_give
from progress.contributing.moves import fresh, move
from progress.contributing.permissions import may_give
from progress.contributing.workflow import Act
from progress.models import Contribution
from progress.moves import NotPossible
from progress.tables import Moved
from timekeeping.clock import day_of

State = Contribution.State


def give(contribution: Contribution, *, text: str, version: int, by: User, at: datetime) -> Contribution:
    """Give the note, or a better one; a second click on the same words writes nothing.

    Raises Refused, NotPossible (empty, too long, locked) or Moved (another of the department was first).
    """
    require(may_give(by, contribution))
    if why := why_not_text(text):
        raise NotPossible(why)
    with transaction.atomic():
        require(may_give(afresh(by), contribution))
        hold(contribution.report)
        current = fresh(contribution)
        if why := why_not_give(current, day_of(at)):
            raise NotPossible(why)
        if (current.state, current.text, current.given_by_id) == (State.GIVEN, text.strip(), by.pk):
            return current
        if current.version != version:
            raise Moved(current)
        changes = {"text": text.strip(), "given_by": by, "given_at": at}
        return move(current, Act.GIVE, by=by, department=current.department_id, changes=changes)


def why_not_text(text: str) -> str:
    """What is wrong with the words of a note, or ""."""
    if not text.strip():
        return "请填写本单位的情况。"
    if len(text.strip()) > LIMIT:
        return f"不超过{LIMIT}字，现有{len(text.strip())}字。"
    return ""
