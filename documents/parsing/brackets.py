"""Brackets: pairs, depth, groups. Works on folded text."""

from __future__ import annotations

import re
from typing import NamedTuple

PAIRS = {"（": "）", "【": "】", "《": "》", "“": "”", "「": "」", "『": "』"}
_CLOSERS = set(PAIRS.values())


class Group(NamedTuple):
    """An outermost bracket group: places of the opening and of the closing character."""

    start: int
    end: int
    kind: str


def groups(key: str, kinds: str = "（【") -> list[Group]:
    """Outermost groups of the given opening characters, left to right.

    A closer without its opener is passed over; an opener never closed opens nothing, so that one lost
    bracket does not swallow the rest of the paragraph.
    """
    found: list[Group] = []
    stack: list[int] = []
    for place, char in enumerate(key):
        if char in kinds:
            stack.append(place)
        elif stack and char == PAIRS[key[stack[-1]]]:
            opened = stack.pop()
            while found and found[-1].start > opened:
                found.pop()
            found.append(Group(opened, place, key[opened]))
    return found


def depths(key: str) -> list[int]:
    """How deep each character stands in closed brackets of any kind; the brackets themselves are inside."""
    deep = [0] * len(key)
    for group in groups(key, "".join(PAIRS)):
        for place in range(group.start, group.end + 1):
            deep[place] = 1
    return deep


def top_matches(pattern: re.Pattern[str], key: str) -> list[re.Match[str]]:
    """Matches of the pattern that begin outside all brackets."""
    deep = depths(key)
    return [m for m in pattern.finditer(key) if m.start() < len(deep) and not deep[m.start()]]
