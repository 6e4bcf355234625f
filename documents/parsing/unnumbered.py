"""Lists of tasks without numbers: paragraphs that each close with a clause of their own.

Each such paragraph becomes an item like a numbered one; its ordinal is only given to have a reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from documents.parsing.excerpt import Excerpt
from documents.parsing.locate import begins_with_label, locate
from documents.parsing.markers import chinese
from documents.parsing.outline import Item, Part

#: so many paragraphs with clauses under one heading are tasks of their own, not one task
_SEVERAL = 2
_LEVEL = 3
_HEADING_LENGTH = 40
#: what stands before a task instead of its number; it belongs to no title
_BULLET = re.compile(r"\s*[—–\-•●·◆▪*]+\s*")


@dataclass
class _Group:
    """Paragraphs of one task: a heading perhaps, the text, its label lines."""

    texts: list[Excerpt]
    clause: bool = False


@dataclass
class _Reading:
    """The paragraphs taken as tasks, and those before and after that are none."""

    before: list[Excerpt] = field(default_factory=list)
    tasks: list[_Group] = field(default_factory=list)
    after: list[Excerpt] = field(default_factory=list)

    @property
    def clauses(self) -> int:
        """How many of them have a clause."""
        return sum(one.clause for one in self.tasks)


def number_the_unnumbered(parts: list[Part]) -> None:
    """Make items of the paragraphs that are tasks by their clauses: in the open, and under bare headings."""
    for part in parts:
        _under_plain_headings(part)
        for item in list(part.walk()):
            _under(item)
    for part in parts:
        if not part.rows:
            _in_the_open(part, alone=not any(one.items or one.rows for one in parts))


def _under_plain_headings(part: Part) -> None:
    """Where numbers begin again under headings without numbers, the headings are chapters."""
    starts = [place for place, item in enumerate(part.items) if item.value == 1 and item.level > 1]
    if part.sections or len(starts) < _SEVERAL or starts[0]:
        return
    headings = [_heading_before(part, place) for place in starts]
    if not all(headings):
        return
    chapters = []
    for count, (start, end) in enumerate(pairwise([*starts, len(part.items)]), 1):
        heading = _take_heading_before(part, start)
        chapter = Item(
            1, count, chinese(count), [heading], [heading], children=part.items[start:end], given=True
        )
        for item in chapter.children:
            item.parent = chapter
        chapters.append(chapter)
    part.items = [*chapters]


def _heading_before(part: Part, place: int) -> bool:
    """The paragraph before a number 1 reads as a heading."""
    if not place:
        return len(part.lead) > 1 and _is_short(part.lead[-1].text) and not part.lead[-1].cells
    last = _last_below(part.items[place - 1])
    return len(last.text) > 1 and _is_short(last.text[-1]) and not begins_with_label(last.text[-1])


def _take_heading_before(part: Part, place: int) -> Excerpt:
    if not place:
        return part.lead.pop().text
    last = _last_below(part.items[place - 1])
    last.whole.pop()
    return last.text.pop()


def _last_below(item: Item) -> Item:
    while item.children:
        item = item.children[-1]
    return item


def _under(item: Item) -> None:
    if item.children or len(item.text) <= _SEVERAL or not _is_heading(item.text[0]):
        return
    reading = _read(item.text[1:])
    if reading.clauses < _SEVERAL or reading.before:
        return
    item.children = [
        _item(group, str(place), item.level + 1, item) for place, group in enumerate(reading.tasks, 1)
    ]
    rest = len(item.text) - len(reading.after)
    item.whole, item.text = [item.whole[0], *item.whole[rest:]], [item.text[0], *item.text[rest:]]


def _in_the_open(part: Part, *, alone: bool) -> None:
    """The paragraphs before the first number; beside numbered tasks one is enough, it has lost its number."""
    if not part.items and not alone and not part.annex:
        return
    reading = _read([one.text for one in part.lead])
    if reading.clauses < (1 if part.items else _SEVERAL):
        return
    if part.items and not any(_has_bracket_clause(one) for one in part.walk()):
        return
    prefix = "无编号" if part.items else ""
    found = [_item(group, f"{prefix}{place}", _LEVEL, None) for place, group in enumerate(reading.tasks, 1)]
    taken = {id(text) for group in reading.tasks for text in group.texts}
    part.lead = [one for one in part.lead if id(one.text) not in taken]
    part.items = [*found, *part.items]


def _has_bracket_clause(item: Item) -> bool:
    found = locate(item.text)
    return found.clause is not None and found.sure


def _item(group: _Group, ordinal: str, level: int, parent: Item | None) -> Item:
    first, *rest = group.texts
    texts = [first.cut(bullet.end()), *rest] if (bullet := _BULLET.match(first.key)) else group.texts
    return Item(level, 0, ordinal, texts, texts, parent=parent, given=True)


def _is_heading(text: Excerpt) -> bool:
    return (
        "。" not in text.key.strip("。 ") and len(text) <= _HEADING_LENGTH and locate([text]).clause is None
    )


def _read(texts: list[Excerpt]) -> _Reading:
    """Group the paragraphs; what follows the last clause belongs to none of the tasks."""
    groups: list[_Group] = []
    for text in texts:
        if groups and _continues(groups[-1], text):
            groups[-1].texts.append(text)
            groups[-1].clause = groups[-1].clause or _closes(groups[-1].texts)
        else:
            groups.append(_Group([text], _closes([text])))
    live = [place for place, group in enumerate(groups) if group.clause]
    if not live:
        return _Reading(before=texts)
    first = live[0] - (live[0] > 0 and _is_title(groups[live[0] - 1]))
    return _Reading(
        [text for group in groups[:first] for text in group.texts],
        _titled(groups[first : live[-1] + 1]),
        [text for group in groups[live[-1] + 1 :] for text in group.texts],
    )


def _continues(group: _Group, text: Excerpt) -> bool:
    """A line with a label, or a bracket alone on its line, goes with the paragraph before it."""
    return begins_with_label(text) or (text.key.startswith(("（", "【")) and _closes([group.texts[-1], text]))


def _closes(texts: list[Excerpt]) -> bool:
    found = locate(texts)
    return found.clause is not None and found.sure and not found.after


def _is_title(group: _Group) -> bool:
    return False if len(group.texts) > 1 else _is_short(group.texts[0])


def _is_short(text: Excerpt) -> bool:
    return len(text) <= _HEADING_LENGTH and not text.key.rstrip().endswith(("。", "：", "；"))


def _titled(groups: list[_Group]) -> list[_Group]:
    """A short line without a full stop is the title of the paragraph behind it."""
    found: list[_Group] = []
    for group in groups:
        if found and not found[-1].clause and _is_title(found[-1]):
            found[-1] = _Group([*found[-1].texts, *group.texts], group.clause)
        else:
            found.append(group)
    return found
