"""A piece of the source text that remembers where each of its characters stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.parsing.script import fold


class Span(NamedTuple):
    """Half-open range of ``Original.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Text as printed, the offset of every character, and ``key``, the same text folded for matching."""

    text: str
    offsets: tuple[int, ...]
    key: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", fold(self.text))

    @classmethod
    def of(cls, text: str, start: int = 0) -> Excerpt:
        """The excerpt of an unbroken stretch of the source beginning at ``start``."""
        return cls(text, tuple(range(start, start + len(text))))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def span(self) -> Span:
        """From the first character to after the last; breaks taken out in between count as inside."""
        return Span(self.offsets[0], self.offsets[-1] + 1) if self.offsets else Span(0, 0)

    def cut(self, start: int, end: int | None = None) -> Excerpt:
        """The part from ``start`` to ``end``, as slicing counts."""
        part = slice(start, end)
        return Excerpt(self.text[part], self.offsets[part], self.key[part])

    def strip(self, extra: str = "") -> Excerpt:
        """Without blanks, and the characters of ``extra``, at both ends."""
        start, end = 0, len(self.text)
        while start < end and (self.text[start].isspace() or self.key[start] in extra):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.key[end - 1] in extra):
            end -= 1
        return self.cut(start, end)

    def without(self, pattern: re.Pattern[str]) -> Excerpt:
        """The excerpt with every match of ``pattern`` in its key taken out."""
        kept, cursor = [], 0
        for match in pattern.finditer(self.key):
            kept.append(self.cut(cursor, match.start()))
            cursor = match.end()
        return join([*kept, self.cut(cursor)]) if kept else self

    def split(self, places: Iterable[tuple[int, int]]) -> list[Excerpt]:
        """The stretches between the given (start, end) places."""
        parts, cursor = [], 0
        for start, end in places:
            parts.append(self.cut(cursor, start))
            cursor = end
        return [*parts, self.cut(cursor)]


NOTHING = Excerpt("", ())


def join(parts: Sequence[Excerpt], glue: str = "") -> Excerpt:
    """One excerpt of several; the glue takes the place of the character before it."""
    text: list[str] = []
    offsets: list[int] = []
    for part in parts:
        if not part.text:
            continue
        if text and glue:
            text.append(glue)
            offsets.extend([offsets[-1]] * len(glue))
        text.append(part.text)
        offsets.extend(part.offsets)
    return Excerpt("".join(text), tuple(offsets))
