"""A changed cell as the preview shows it: before and after, with a little of what stands around the change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

CONTEXT = 40  # characters of what stayed the same, on either side of a change


@dataclass(frozen=True)
class CellDifference:
    """One changed cell: what stayed in front, what went, what came, what stayed behind."""

    heading: str
    head: str
    gone: str
    came: str
    tail: str


@dataclass(frozen=True)
class TaskDifference:
    """A task with its changed cells."""

    ref: str
    headline: str
    cells: tuple[CellDifference, ...]


def compare(heading: str, before: str, after: str) -> CellDifference:
    """The stretch that differs, with a little of what stands around it."""
    front = _alike(before, after)
    behind = _alike(before[front:][::-1], after[front:][::-1])
    head, tail = before[:front], before[len(before) - behind :]
    return CellDifference(
        heading,
        head if len(head) <= CONTEXT else f"……{head[-CONTEXT:]}",
        before[front : len(before) - behind],
        after[front : len(after) - behind],
        tail if len(tail) <= CONTEXT else f"{tail[:CONTEXT]}……",
    )


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
