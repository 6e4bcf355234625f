"""节点 and 指标 of a draft task: the dates and the numbers inside its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from documents.reading import DraftTask, iso_day
from tasks.models import Indicator, Milestone, Task

_CLAUSE_END = re.compile(r"[。；！？\n]")
LARGEST = Decimal(10) ** 10
Bounds = tuple[Decimal | None, Decimal | None]
Key = tuple[int, int]


@dataclass(frozen=True)
class Target:
    """A number to reach as the paper gives it, or as the coordinator put it right.

    `key` is the place of its task in the draft and its own place in that task.
    """

    key: Key
    ref: str
    name: str
    unit: str
    comparator: str
    low: Decimal | None
    high: Decimal | None


Decided = Mapping[Key, Target | None]  # None: the coordinator does not want it


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


def targets(tasks: Iterable[DraftTask]) -> list[Target]:
    """Every number to reach of these draft tasks, in the order of the paper."""
    return [_target(one, place, each) for one in tasks for place, each in enumerate(one.targets)]


def indicators(task: Task, one: DraftTask, decided: Decided) -> list[Indicator]:
    """An indicator for each number to reach that the coordinator did not strike out."""
    wanted = (decided.get(each.key, each) for each in targets([one]))
    return [indicator(task, each) for each in wanted if each]


def indicator(task: Task, target: Target) -> Indicator:
    """The indicator of a target; it is due with its task."""
    return Indicator(
        ledger=task.ledger,
        task=task,
        name=target.name[:200],
        unit=target.unit[:20],
        comparator=target.comparator,
        low=target.low,
        high=target.high,
        due_on=task.due_on,
    )


def _target(one: DraftTask, place: int, each: dict[str, Any]) -> Target:
    comparator = each.get("comparator")
    if comparator not in Indicator.Comparator.values:
        comparator = Indicator.Comparator.EXACTLY
    low, high = bounds(comparator, each.get("value"))
    if comparator == Indicator.Comparator.BETWEEN and (low is None or high is None):
        comparator = Indicator.Comparator.EXACTLY
    return Target(
        key=(one.index, place),
        ref=one.ref,
        name=(each.get("raw") or "指标")[:200],
        unit=(each.get("unit") or "")[:20],
        comparator=str(comparator),
        low=low,
        high=high,
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
