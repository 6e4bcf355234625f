"""Lines of a PDF page put together again from its scattered pieces of text, by where they stand.

Programs write quotation marks and digits of another font out of order, so the order of the content
stream is not the order of reading; position is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_SAME_LINE = 0.45
_COLUMN_GAP = 1.6
_CELL_GAP = 0.7
_HEADER = re.compile(r"序\s*号|任务|事项|项目|措施|单位|部门|科室|时限|时间|责任|牵头")


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


def cells_of(line: list[Fragment]) -> list[list[Fragment]]:
    """The fragments of a line, parted where a gap is wider than between letters."""
    cells: list[list[Fragment]] = []
    for one in line:
        if cells and one.x - cells[-1][-1].right <= _CELL_GAP * one.size:
            cells[-1].append(one)
        else:
            cells.append([one])
    return cells


@dataclass
class Column:
    """A column of a table as far as its text has shown it: from left to right edge."""

    left: float
    right: float

    def overlap(self, one: Fragment) -> float:
        """How much of the fragment lies in the column; negative is the distance to it."""
        return min(self.right, one.right) - max(self.left, one.x)

    def grow(self, one: Fragment) -> None:
        """Take the fragment in."""
        self.left, self.right = min(self.left, one.x), max(self.right, one.right)


@dataclass
class Tables:
    """Finds tables while lines go by: a header opens one, a line that lies across two columns ends it.

    A row begins where its first column has text; lines without it go on with the cells of the row above, on the
    next page too: the header that is repeated there is passed over.
    """

    columns: list[Column] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)
    repeated: int = 0
    in_head: bool = False

    def feed(self, line: list[Fragment]) -> Iterator[list[str] | str]:
        """Rows that are complete, as lists, and lines outside tables, as text."""
        if self.columns:
            placed = self._placed(line)
            if placed is not None:
                yield from self._add(placed)
                return
            yield from self.close()
        cells = cells_of(line)
        headed = sum(1 for cell in cells if _HEADER.search(line_text(cell)))
        if len(cells) >= 3 and headed >= 2:
            self.columns = [Column(cell[0].x, cell[-1].right) for cell in cells]
            self.row = [line_text(cell) for cell in cells]
            self.head, self.repeated, self.in_head = [self.row], 0, True
        else:
            yield line_text(line)

    def close(self) -> Iterator[list[str]]:
        """The row still open, at the end of a table or of the file."""
        if self.row:
            yield self.row
        self.row, self.columns = [], []

    def _placed(self, line: list[Fragment]) -> list[list[Fragment]] | None:
        """The fragments by column, or None when the line does not keep to the columns."""
        placed: list[list[Fragment]] = [[] for _ in self.columns]
        for one in line:
            shares = [column.overlap(one) for column in self.columns]
            if sum(1 for share in shares if share > 0.5 * one.size) > 1:
                return None
            placed[shares.index(max(shares))].append(one)
        for column, pieces in zip(self.columns, placed, strict=True):
            for one in pieces:
                column.grow(one)
        return placed

    def _add(self, placed: list[list[Fragment]]) -> Iterator[list[str]]:
        texts = [line_text(pieces) for pieces in placed]
        if self._is_repeated(texts):
            return
        if self.in_head and not texts[0]:
            self.head.append(texts)
        self.in_head = self.in_head and not texts[0]
        if texts[0]:
            yield self.row
            self.row = texts
        else:
            self.row = [before + after for before, after in zip(self.row, texts, strict=True)]

    def _is_repeated(self, texts: list[str]) -> bool:
        """The header again, line by line, from its first."""
        self.repeated = 0 if texts == self.head[0] else self.repeated
        again = self.repeated < len(self.head) and texts == self.head[self.repeated] and not self.in_head
        self.repeated = self.repeated + 1 if again else len(self.head)
        return again
