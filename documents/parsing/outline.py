"""The numbered outline of a paper: parts, and in each part a tree of numbered items with their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.parsing.excerpt import Excerpt, join
from documents.parsing.lines import Paragraph
from documents.parsing.markers import Marker, ordinal, read_marker

_ANNEX = re.compile(r"^附\s*(?:件|表|录)\s*(?P<n>[\d一二三四五六七八九十]{0,3})\s*[：.、]?\s*")


_SIGNATURE = re.compile(
    r"^[^。：限前]{0,50}(?:(?:19|20)\d\d|二〇..)\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$"
)
_TITLE = re.compile(
    r"^[^。；：]*(?:方案|分工|清单|工作任务|重点任务|要点|台账|计划|安排|分解表|任务表)(?:（[^（）]*）)?$"
)


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
    #: the paper has no number here, it was given for the reference
    given: bool = False
    children: list[Item] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The ordinal for references: round brackets always full width, no blanks."""
        return ordinal(self.number)

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
    #: how references name the annex, and whether those under its chapters do so too
    annex_label: str = "附件"
    prefixed: bool = False

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
    for place, one in enumerate(paragraphs):
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
        elif stack and _ends_series(one, stack, paragraphs[place + 1 : place + 2]):
            parts.append(Part(lead=[one]))
            stack = []
        elif stack:
            stack[-1].whole.append(one.text)
            stack[-1].text.append(one.text)
        else:
            parts[-1].lead.append(one)
    return parts


def _ends_series(one: Paragraph, stack: list[Item], following: list[Paragraph]) -> bool:
    """A signature with its date closes a notice; a title before a new 1. opens what the notice sends out."""
    if _SIGNATURE.match(one.key):
        return True
    first = read_marker(following[0].key) if following and not following[0].cells else None
    deeper = first is not None and first.value == 1 and first.level > stack[0].level
    return deeper and len(stack) == 1 and len(one.key) <= 60 and bool(_TITLE.search(one.key))


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
