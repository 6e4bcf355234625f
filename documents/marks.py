"""The original text as paragraphs with marks on what was read and on what needs checking. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from documents.parsing.excerpt import Excerpt
from documents.parsing.locate import begins_with_label

SENTENCE_END = "。！？；：!?;:"
CLOSING = "”’』」）)】》"
_OWN_LINE = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百\d]+[）)]|\d+\s*[.．、]|附件|第[一二三四五六七八九十百\d]+[章条节])"
)
# A line that a page cut in the middle of a sentence is long or has a mark in it; a cell of a table is neither.
_CUT = re.compile(r".{15}|.*[，。；、：]")
_LINE = re.compile(r"[^\s][^\n]*")
_BREAK = re.compile(r"\n\s*")
# A line copied from a web page that says nothing to a reader: tags, at most with a bullet or a number before them.
_MARKUP = re.compile(r"\s*(?:(?:[•·]|\d+\.)\s*)?(?:</?[A-Za-z][^<>]*>\s*)+")


@dataclass(frozen=True)
class Mark:
    """A stretch of the text; `anchor` is the id that links jump to, `task` the key of the task it belongs to.

    `field` says what was read from it; a `quiet` one only shows when its task or field is at hand.
    """

    start: int
    end: int
    anchor: str = ""
    problem: bool = False
    task: int | None = None
    field: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Piece:
    """Text that is marked alike throughout."""

    text: str
    marked: bool = False
    problem: bool = False
    anchors: tuple[str, ...] = ()
    tasks: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def task(self) -> int | None:
        """The first of the tasks that were read from here."""
        return self.tasks[0] if self.tasks else None


@dataclass
class Paragraph:
    """A paragraph of the paper; `style` is the look's class for headings, "" for running text."""

    pieces: list[Piece] = field(default_factory=list)
    style: str = ""


def paragraphs(
    text: str,
    marks: Iterable[Mark],
    *,
    headings: Sequence[int] = (),
    titles: Sequence[int] = (),
    runs: Sequence[tuple[int, int]] = (),
) -> list[Paragraph]:
    """Cut a text into paragraphs of pieces; joined together the pieces give the text without line breaks and indents.

    What is markup alone is left out, unless something was read from it.
    `headings` and `titles` are the places where a section or a task begins: a paragraph begins there, and
    takes the style of such a line. Lines broken by a page's width, or in the middle of a sentence inside one
    of `runs` (the text of a task), are joined again.
    """
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    starts = set(headings) | set(titles)
    stretches = _stretches(text, starts, runs)
    return [
        Paragraph(_pieces(text, start, end, here), _style(text, start, end, headings, titles))
        for (start, end), here in zip(stretches, _by_stretch(stretches, kept), strict=True)
        if here or not _MARKUP.fullmatch(text, start, end)
    ]


def _by_stretch(stretches: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks that touch each stretch; looked up, not tried one by one, so that long papers stay quick."""
    ends = [end for _, end in stretches]
    touching: list[list[Mark]] = [[] for _ in stretches]
    for mark in marks:
        place = bisect_right(ends, mark.start)
        while place < len(stretches) and stretches[place][0] < mark.end:
            touching[place].append(mark)
            place += 1
    return touching


def _stretches(text: str, starts: set[int], runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The (start, end) of each paragraph, without its indent: the page indents by itself."""
    lines = [m.span() for m in _LINE.finditer(text)]
    width = _page_width([end - start for start, end in lines])
    result: list[tuple[int, int]] = []
    for start, end in lines:
        if (
            result
            and _continues(text, result[-1], start, width, runs)
            and not _begins(text, start, end, starts)
        ):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _page_width(lengths: list[int]) -> int:
    """The least length of a line that a page broke at its width; 0 when the paper has real paragraphs.

    Lines that a page broke are about equally long, and most lines of such a paper are; real paragraphs, though
    they may be short, have any length.
    """
    ordered = sorted(lengths)
    longest = ordered[len(ordered) * 9 // 10] if ordered else 0
    least = longest * 7 // 10
    broken = len(ordered) - bisect_left(ordered, least)
    return least if len(ordered) >= 20 and 20 <= longest <= 60 and 2 * broken >= len(ordered) else 0


def _begins(text: str, start: int, end: int, starts: set[int]) -> bool:
    """Whether a line is the beginning of something, by what was read, its numbering, or its label (完成时限：)."""
    if any(start <= one < end for one in starts) or _OWN_LINE.match(text, start, end):
        return True
    return begins_with_label(Excerpt.of(text[start:end]))


def _continues(
    text: str, above: tuple[int, int], start: int, width: int, runs: Sequence[tuple[int, int]]
) -> bool:
    """Whether the line at `start` goes on with the sentence of the paragraph above it."""
    last = text[max(above[0], text.rfind("\n", *above) + 1) : above[1]].rstrip()
    if last.rstrip(CLOSING)[-1:] in SENTENCE_END:
        return False
    if any(left < above[1] and start < right for left, right in runs) and _CUT.match(last.lstrip()):
        return True
    return bool(width) and len(last) >= width


def _style(text: str, start: int, end: int, headings: Sequence[int], titles: Sequence[int]) -> str:
    if any(start <= one < end for one in headings):
        return "is-hei"
    # A task whose whole text stands in one paragraph with its title is running text.
    short = end - start <= 60
    return "rt-kaip" if short and any(start <= one < end for one in titles) else ""


def _pieces(text: str, start: int, end: int, here: Sequence[Mark]) -> list[Piece]:
    edges = {start, end}
    for mark in here:
        edges |= {max(mark.start, start), min(mark.end, end)}
    pieces = [_piece(text, left, right, here) for left, right in pairwise(sorted(edges))]
    return [piece for piece in pieces if piece.text or piece.anchors]


def _piece(text: str, left: int, right: int, marks: Sequence[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= left and mark.end >= right]
    return Piece(
        text=_BREAK.sub("", text[left:right]),
        marked=any(not mark.quiet for mark in over),
        problem=any(mark.problem for mark in over),
        anchors=tuple(dict.fromkeys(m.anchor for m in over if m.anchor and m.start == left)),
        tasks=tuple(dict.fromkeys(mark.task for mark in over if mark.task is not None)),
        fields=tuple(dict.fromkeys(mark.field for mark in over if mark.field)),
    )
