"""Which task of the newer paper is which task of the ledger. A proposal; a person may put it right. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 65.0  # of 100; two tasks less alike are two different tasks
SAME_PLACE = 10.0  # what the same number in the same section adds
_TITLE_WEIGHT = 0.7
_BODY_HEAD = 200
_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class Item:
    """What tells a task: its name in the paper, its title and its text."""

    ref: str
    title: str
    body: str


def pair(older: Sequence[Item], newer: Sequence[Item]) -> dict[int, int]:
    """The place in `older` for each place in `newer` that has one; nobody is taken twice.

    Equal titles first (those with the same number before the others), then the most alike.
    """
    scores = {
        (new, old): score
        for new, mine in enumerate(newer)
        for old, theirs in enumerate(older)
        if (score := likeness(theirs, mine)) >= ALIKE
    }
    return _best(scores)


def _best(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Greedy: the highest score first, equal scores in the order of the paper."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for new, old in sorted(scores, key=lambda place: (-scores[place], place)):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def likeness(one: Item, other: Item) -> float:
    """How alike two tasks are: 100 for equal titles, more when they stand at the same place."""
    here = SAME_PLACE if one.ref == other.ref else 0.0
    mine, theirs = bare(one.title), bare(other.title)
    if mine and mine == theirs:
        return 100.0 + here
    titles = fuzz.ratio(mine, theirs)
    bodies = fuzz.ratio(bare(one.body)[:_BODY_HEAD], bare(other.body)[:_BODY_HEAD])
    return min(_TITLE_WEIGHT * titles + (1 - _TITLE_WEIGHT) * bodies, 99.0) + here


def bare(text: str) -> str:
    """The words without marks and spaces, which two printings of one text may set differently."""
    return _NO_WORD.sub("", text)
