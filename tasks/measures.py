"""节点 and 指标 of a draft task: the dates and the numbers inside its text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from documents.reading import DraftTask, iso_day
from tasks.models import Indicator, Milestone, Task

_CLAUSE_END = re.compile(r"[。；！？\n]")
LARGEST = Decimal(10) ** 10
Bounds = tuple[Decimal | None, Decimal | None]


def milestones(task: Task, one: DraftTask) -> list[Milestone]:
    """A milestone for each date inside the text, named by the words it stands in; each title once."""
    found: dict[str, Milestone] = {}
    for each in one.dates:
        raw = each.get("raw") or ""
        title = words_around(raw, f"{one.title}。{one.body}")[:200]
        if title:
            found.setdefault(title, Milestone(task=task, title=title, due_on=iso_day(each.get("date"))))
    return list(found.values())


def words_around(raw: str, text: str) -> str:
    """The part of a sentence that `raw` stands in; `raw` itself when it does not stand in the text."""
    for part in _CLAUSE_END.split(text):
        if raw and raw in part:
            return part.strip()
    return raw.strip()


def indicators(task: Task, one: DraftTask) -> list[Indicator]:
    """An indicator for each number to reach, named by the paper's own words."""
    return [_indicator(task, each) for each in one.targets]


def _indicator(task: Task, each: dict[str, Any]) -> Indicator:
    comparator = each.get("comparator")
    if comparator not in Indicator.Comparator.values:
        comparator = Indicator.Comparator.EXACTLY
    low, high = bounds(comparator, each.get("value"))
    if comparator == Indicator.Comparator.BETWEEN and (low is None or high is None):
        comparator = Indicator.Comparator.EXACTLY
    return Indicator(
        ledger=task.ledger,
        task=task,
        name=(each.get("raw") or "指标")[:200],
        unit=(each.get("unit") or "")[:20],
        comparator=comparator,
        low=low,
        high=high,
        due_on=task.due_on,
    )


def bounds(comparator: str, value: Any) -> Bounds:
    """Lower and upper bound: ≥ has only a lower, ≤ only an upper, = both alike."""
    if isinstance(value, list) and len(value) == 2:
        ends = [_number(one) for one in value]
        if None in ends:
            return None, None
        return min(ends, key=_worth), max(ends, key=_worth)
    number = _number(value)
    return {">=": (number, None), "<=": (None, number)}.get(comparator, (number, number))


def _worth(number: Decimal | None) -> Decimal:
    return number if number is not None else Decimal(0)


def _number(value: Any) -> Decimal | None:
    """The value as the column holds it; None for what is no number or too large."""
    try:
        number = Decimal(str(value)).quantize(Decimal("0.0001"))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None
