"""What stands on every page and is no part of the paper: page heads, page feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from documents.readers.layout import Fragment, line_text

Lines = list[list[Fragment]]
#: how many lines at either end of a page may be running ones
_DEPTH = 2
_NUMBER = re.compile(
    r"[-—－–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?[-—－–·\s]*"
)


def without_margins(pages: Sequence[Lines]) -> list[Lines]:
    """The pages without the lines that most of them share at the top or at the bottom, and without page numbers."""
    seen = Counter(key for lines in pages for key in {_key(lines, place) for place in _edges(lines)})
    running = {key for key, times in seen.items() if times >= 3 and times > len(pages) / 2}
    return [
        [
            line
            for place, line in enumerate(lines)
            if not (place in _edges(lines) and (_key(lines, place) in running or _is_number(lines, place)))
        ]
        for lines in pages
    ]


def _edges(lines: Lines) -> set[int]:
    last = len(lines)
    return {*range(min(_DEPTH, last)), *range(max(last - _DEPTH, 0), last)}


def _key(lines: Lines, place: int) -> tuple[int, str]:
    """A line by its height on the page and its words; the page number in it changes."""
    line = lines[place]
    return round(line[0].y / 4), re.sub(r"\d+", "0", line_text(line))


def _is_number(lines: Lines, place: int) -> bool:
    """A page number stands alone at the very end, apart from the text."""
    if place not in (0, len(lines) - 1) or not _NUMBER.fullmatch(line_text(lines[place])):
        return False
    if len(lines) == 1:
        return False
    beside = lines[1] if place == 0 else lines[place - 1]
    return abs(beside[0].y - lines[place][0].y) > 1.5 * lines[place][0].size
