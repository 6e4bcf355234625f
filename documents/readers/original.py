"""What every reader returns: the lines of a paper, in order, with their place in its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sheets.archives import UnreadableFile

__all__ = [
    "LINE_LIMIT",
    "Line",
    "LineKind",
    "Original",
    "RawLine",
    "UnreadableFile",
    "assemble",
    "bounded",
    "row",
]

LINE_LIMIT = 50_000
LineKind = Literal["paragraph", "heading", "row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or table row; ``start`` is its offset in ``Original.text``."""

    text: str
    kind: LineKind
    page: int | None
    cells: tuple[str, ...] | None
    start: int


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line as a reader meets it, before its place in the whole text is known."""

    text: str
    kind: LineKind = "paragraph"
    page: int | None = None
    cells: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """A paper as text: ``text`` is its lines joined by line feeds."""

    lines: tuple[Line, ...]
    text: str


def assemble(raw: Iterable[RawLine]) -> Original:
    """Number the lines' places and join them; every later span counts in this text."""
    lines: list[Line] = []
    start = 0
    for one in raw:
        text = one.text.replace("\r", " ").replace("\n", " ")
        cells = tuple(c.replace("\r", " ").replace("\n", " ") for c in one.cells) if one.cells else None
        lines.append(Line(text, one.kind, one.page, cells, start))
        start += len(text) + 1
    return Original(tuple(lines), "\n".join(line.text for line in lines))


def row(cells: Sequence[str], page: int | None = None) -> RawLine:
    """A table row: its text is the cells with a tab between them, so that spans stay inside it."""
    clean = tuple(" ".join(cell.replace("\t", " ").split("\n")).strip() for cell in cells)
    return RawLine("\t".join(clean), "row", page, clean)


def bounded(lines: Iterable[RawLine]) -> list[RawLine]:
    """The lines, as long as they are not more than anybody would have to read."""
    taken = list(islice(lines, LINE_LIMIT + 1))
    if len(taken) > LINE_LIMIT:
        raise UnreadableFile(f"文件内容过多（超过{LINE_LIMIT}行）。请只保留方案正文和任务分工表后重新上传。")
    return taken
