"""Tables written out as HTML tags in a text: the cells of a row, over as many lines as they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from documents.parsing.excerpt import Excerpt
from documents.readers.original import Line

_TAG = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)\b[^<>]*>", re.IGNORECASE)
_CELL_LIMIT = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line outside tables, or the cells of one row with their lines."""

    text: Excerpt
    line: Line
    cells: tuple[tuple[Excerpt, ...], ...] | None = None


@dataclass
class _Row:
    """The row being read; None while outside of rows."""

    cells: list[list[Excerpt]] | None = None
    pending: list[Piece] = field(default_factory=list)

    def add(self, text: Excerpt, line: Line) -> None:
        """Text goes into the open cell, or stands for itself."""
        if self.cells is None:
            self.pending.append(Piece(text, line))
        elif text.text.strip():
            if not self.cells:
                self.cells.append([])
            self.cells[-1].append(text)

    def mark(self, tag: re.Match[str], line: Line) -> None:
        """Open or close what the tag says."""
        name, closing = tag["name"].lower(), bool(tag["close"])
        if name in ("td", "th"):
            if not closing:
                self.cells = [*(self.cells or []), []]
            return
        self.close(line)
        self.cells = [] if name == "tr" and not closing else None

    def close(self, line: Line) -> None:
        """Hand on the row; cells of a page's layout, with whole paragraphs in them, as what they hold."""
        cells, self.cells = self.cells or [], None
        filled = [cell for cell in cells if cell]
        if len(filled) >= 2 and all(sum(map(len, cell)) <= _CELL_LIMIT for cell in filled):
            self.pending.append(Piece(filled[0][0], line, tuple(map(tuple, cells))))
        else:
            self.pending += [Piece(text, line) for cell in filled for text in cell]

    def take(self) -> list[Piece]:
        """What is ready."""
        ready, self.pending = self.pending, []
        return ready


def pieces(lines: Iterable[Line]) -> Iterator[Piece]:
    """The lines of a paper; where they hold tables in tags, the rows of these."""
    row, last = _Row(), None
    for line in lines:
        last = line
        if line.kind == "row" or (row.cells is None and "<" not in line.text):
            yield Piece(Excerpt.of(line.text, line.start), line)
            continue
        whole, cursor = Excerpt.of(line.text, line.start), 0
        for tag in _TAG.finditer(line.text):
            if tag.start() > cursor:
                row.add(whole.cut(cursor, tag.start()), line)
            row.mark(tag, line)
            cursor = tag.end()
        if cursor < len(whole) or not cursor:
            row.add(whole.cut(cursor), line)
        yield from row.take()
    if last:
        row.close(last)
        yield from row.take()
