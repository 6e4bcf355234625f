"""落实情况: what came of a directive, written by the office and changeable later."""

from datetime import date, datetime

from departments.models import User
from departments.permissions import require
from progress.models import Directive
from progress.moves import NotPossible
from progress.oversight.change_directive import change_directive
from progress.oversight.permissions import answer_directive as may_answer
from timekeeping.clock import day_of


def answer_directive(
    directive: Directive, *, outcome: str, outcome_on: date, version: int, by: User, at: datetime
) -> Directive:
    """Write what came of it by a day. Raises Refused, Moved (stale `version`), NotPossible."""
    require(may_answer(by, directive))
    if not outcome.strip():
        raise NotPossible("请写明落实情况。")
    if why := why_not(directive, outcome_on, day_of(at)):
        raise NotPossible(why)
    changes = {"outcome": outcome.strip(), "outcome_on": outcome_on, "outcome_by": by}
    return change_directive(
        directive, "directive.answer", changes, permit=may_answer, version=version, by=by, reason=""
    )


def why_not(directive: Directive, outcome_on: date, on: date) -> str:
    """Why nothing can have come of it on that day, or ""."""
    if outcome_on > on:
        return "落实日期不能晚于今天。"
    if outcome_on < directive.given_on:
        return "落实日期不能早于批示日期。"
    return ""
