"""What changed between two texts: pieces that stayed, came and went, for <ins> and <del>.

Chinese is compared character by character, numbers and Latin words as wholes; a few characters that happen
to stay between two changes are given up, so that a reader sees phrases and not single characters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_TOKEN = re.compile(r"[A-Za-z]+|\d[\d.,]*%?|\s+|.", re.DOTALL)
_ISLAND = 2  # fewer equal tokens than this between two changes are read as changed

SAME, INSERTED, DELETED = "same", "ins", "del"


@dataclass(frozen=True)
class Piece:
    """A run of text of one kind."""

    kind: str
    text: str


@dataclass(frozen=True)
class Comparison:
    """The pieces in reading order, and how many characters came and went."""

    pieces: tuple[Piece, ...]

    @property
    def inserted(self) -> int:
        """Characters that came."""
        return self._length(INSERTED)

    @property
    def deleted(self) -> int:
        """Characters that went."""
        return self._length(DELETED)

    @property
    def changed(self) -> bool:
        """Whether the two texts differ at all."""
        return bool(self.inserted or self.deleted)

    def _length(self, kind: str) -> int:
        return sum(len(piece.text) for piece in self.pieces if piece.kind == kind)


def compare(old: str, new: str) -> Comparison:
    """Compare two texts; deletions stand before the insertions that replace them."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for kept, run in groupby(_without_islands(matcher.get_opcodes()), key=lambda code: code[0] == "equal"):
        codes = list(run)
        gone = "".join(before[codes[0][1] : codes[-1][2]])
        came = "".join(after[codes[0][3] : codes[-1][4]])
        pieces += [Piece(SAME, came)] if kept else [Piece(DELETED, gone), Piece(INSERTED, came)]
    return Comparison(tuple(piece for piece in pieces if piece.text))


Code = tuple[str, int, int, int, int]


def _without_islands(codes: Sequence[Code]) -> Iterator[Code]:
    """Turn short equal runs between two changes into changes."""
    for place, code in enumerate(codes):
        tag, start, end, *_ = code
        between = 0 < place < len(codes) - 1
        island = tag == "equal" and between and end - start < _ISLAND
        yield ("replace", *code[1:]) if island else code
