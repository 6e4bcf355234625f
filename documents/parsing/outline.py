"""The numbered outline of a paper: parts, and in each part a tree of numbered items with their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.parsing.excerpt import Excerpt, join
from documents.parsing.lines import Paragraph
from documents.parsing.markers import Marker, read_marker
from documents.parsing.script import fold

_ANNEX = re.compile(r"^附\s*(?:件|表|录)\s*(?P<n>[\d一二三四五六七八九十]{0,3})\s*[：.、]?\s*")


@dataclass
class Item:
    """A numbered paragraph with the unnumbered ones that follow it, and the items under it."""

    level: int
    value: int
    number: str
    whole: list[Excerpt]
    text: list[Excerpt]
    heading: bool = False
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The ordinal for references: round brackets always full width, no blanks."""
        return re.sub(r"\s+", "", fold(self.number))

    def walk(self) -> Iterator[Item]:
        """The item and everything under it, in the order of the paper."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def own(self) -> Excerpt:
        """Its own paragraphs after the ordinal, joined by line feeds."""
        return join(self.text, glue="\n")


@dataclass
class Part:
    """A stretch of the paper whose numbering is one series: notice, plan, annex."""

    lead: list[Paragraph] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[tuple[Paragraph, Item | None]] = field(default_factory=list)
    annex: str | None = None
    title: Excerpt | None = None

    def walk(self) -> Iterator[Item]:
        """All items of the part."""
        for item in self.items:
            yield from item.walk()

    @property
    def sections(self) -> list[Item]:
        """The items of the top level 一、."""
        return [item for item in self.items if item.level == 1]


def outline(paragraphs: list[Paragraph]) -> list[Part]:
    """Cut the paper into parts: at an annex heading, and where 一、 begins again."""
    parts = [Part()]
    stack: list[Item] = []
    for one in paragraphs:
        annex = _ANNEX.match(one.key) if not one.cells else None
        marker = read_marker(one.key) if not one.cells else None
        if annex and _is_annex(one, annex):
            parts.append(_annex_part(one, annex))
            stack = []
        elif one.cells:
            parts[-1].rows.append((one, stack[0] if stack else None))
        elif marker:
            if marker.level == 1 and marker.value == 1 and parts[-1].sections:
                parts.append(Part())
                stack = []
            _hang(parts[-1], stack, _item(one, marker))
        elif stack:
            stack[-1].whole.append(one.text)
            stack[-1].text.append(one.text)
        else:
            parts[-1].lead.append(one)
    return parts


def _is_annex(one: Paragraph, match: re.Match[str]) -> bool:
    """附件 alone, numbered or with a colon; 附件 at the head of a sentence is none."""
    return bool(match["n"]) or match.end() == len(one.key) or "：" in match[0] or one.heading


def _annex_part(one: Paragraph, match: re.Match[str]) -> Part:
    title = one.text.cut(match.end()).strip()
    return Part(annex="附件" + match["n"], title=title or None)


def _item(one: Paragraph, marker: Marker) -> Item:
    text = one.text.cut(marker.end).strip()
    number = one.text.cut(marker.start, marker.stop).text
    return Item(marker.level, marker.value, number, [one.text], [text], heading=one.heading)


def _hang(part: Part, stack: list[Item], item: Item) -> None:
    while stack and stack[-1].level >= item.level:
        stack.pop()
    if stack:
        item.parent = stack[-1]
        stack[-1].children.append(item)
    else:
        part.items.append(item)
    stack.append(item)
