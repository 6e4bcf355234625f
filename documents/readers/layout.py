"""Lines of a PDF page put together again from its scattered pieces of text, by where they stand.

Programs write quotation marks and digits of another font out of order, so the order of the content
stream is not the order of reading; position is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_SAME_LINE = 0.45
_COLUMN_GAP = 1.6


class Fragment(NamedTuple):
    """A piece of text: left edge, base line, size of its letters."""

    x: float
    y: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """Where it ends, by the usual widths: a Chinese character one letter size, a Latin one half."""
        return self.x + sum(self.size * (0.5 if char.isascii() else 1.0) for char in self.text)


def text_lines(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Fragments by line from top to bottom, each line from left to right."""
    lines: list[list[Fragment]] = []
    for one in sorted(fragments, key=lambda f: (-f.y, f.x)):
        if lines and abs(lines[-1][0].y - one.y) <= _SAME_LINE * max(one.size, 1.0):
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda f: f.x) for line in lines]


def line_text(line: list[Fragment]) -> str:
    """One line as text; a wide gap is kept as a blank, so is the blank between Latin words."""
    text = ""
    edge = None
    for one in line:
        gap = one.x - edge if edge is not None else 0.0
        latin = (
            text[-1:].isascii() and text[-1:].isalnum() and one.text[:1].isascii() and one.text[:1].isalnum()
        )
        if text and (gap > _COLUMN_GAP * one.size or (latin and gap > 0.2 * one.size)):
            text += " "
        text += one.text
        edge = one.right
    return text.strip()
