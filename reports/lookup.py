"""Finding a ledger or a period as an operator names it on the command line: by key or by name."""

from __future__ import annotations

from typing import TypeVar

from progress.models import ReportingPeriod
from tasks.models import Ledger

Found = TypeVar("Found")


class NotFound(LookupError):
    """Nothing, or more than one, answers to the name; the message says which."""


def find_ledger(given: str) -> Ledger:
    """The ledger of this key or name; NotFound when none or several have it."""
    ledgers = Ledger.objects.select_related("jurisdiction", "document")
    if given.isdecimal():
        return _only(list(ledgers.filter(pk=given)), f"没有编号为{given}的台账。", given)
    return _only(list(ledgers.filter(name=given)), f"没有名为“{given}”的台账。", given)


def find_period(ledger: Ledger, given: str) -> ReportingPeriod:
    """The opened period of this key or name within a ledger; NotFound when none has it."""
    periods = ledger.periods.opened()
    found = list(periods.filter(pk=given)) if given.isdecimal() else list(periods.filter(name=given))
    return _only(found, f"这份台账没有已开启的报送期“{given}”。", given)


def _only(found: list[Found], missing: str, given: str) -> Found:
    if not found:
        raise NotFound(missing)
    if len(found) > 1:
        raise NotFound(f"名为“{given}”的不止一份，请用编号指定。")
    return found[0]
