"""References of tasks: the ordinals from the chapter down, and before them the annex where numbering begins again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.parsing.outline import Item, Part
from documents.parsing.selection import Candidate, is_other_chapter
from documents.parsing.tables import Row

ANNEX = "附件"


@dataclass(frozen=True, slots=True)
class Held:
    """The tasks of one part: those of its outline, and the rows of its tables with the chapter above each."""

    part: Part
    candidates: list[Candidate]
    rows: list[tuple[Row, Item | None]]

    def __bool__(self) -> bool:
        return bool(self.candidates or self.rows)


def label_annexes(held: Sequence[Held]) -> None:
    """附件 where one annex holds tasks, 附件1 and 附件2 where several do.

    An annex whose chapters are numbered like those of the plan before it has its label before them too.
    """
    named = [one.part for one in held if one and one.part.annex and _is_loose(one)]
    seen: set[str] = set()
    for one in held:
        if not one or not one.part.annex:
            seen.update(_chapter_labels(one) if one else ())
            continue
        chapters = _chapter_labels(one)
        if chapters & seen:
            one.part.prefixed = True
            named += [one.part] if one.part not in named else []
        seen |= chapters
    for place, part in enumerate(named, 1):
        part.annex_label = _annex_label(part, place) if len(named) > 1 else ANNEX


def _chapter_labels(one: Held) -> set[str]:
    """The ordinals of its chapters, of the outline and of its tables."""
    return {chapter.label for chapter in one.part.sections} | {o for row, _ in one.rows if (o := row.ordinal)}


def _annex_label(part: Part, place: int) -> str:
    number = (part.annex or "").removeprefix(ANNEX)
    return f"{ANNEX}{number or place}"


def _is_loose(one: Held) -> bool:
    """Some of its tasks stand under no chapter."""
    return any(top(c.item).level > 1 for c in one.candidates) or any(
        row_section(row, chapter, one.part) == one.part.annex_label for row, chapter in one.rows
    )


def top(item: Item) -> Item:
    """The outermost item above this one, itself if there is none."""
    while item.parent:
        item = item.parent
    return item


def chapter_number(chapter: Item, part: Part) -> str:
    """The number of a chapter, behind its annex where the plan has a chapter of the same number."""
    return _prefixed(chapter.number, part)


def _prefixed(ordinal: str, part: Part) -> str:
    return f"{part.annex_label}/{ordinal}" if part.prefixed else ordinal


def section_of(item: Item, part: Part) -> str | None:
    """The number of the chapter of a task, the annex where it has none."""
    above = top(item)
    if above.level == 1 and above is not item:
        return chapter_number(above, part)
    return part.annex_label if part.annex else None


def ref_of(item: Item, part: Part) -> str:
    """The ordinals from the top down: 一/（二）/3."""
    above, labels = item, [item.label]
    while above.parent:
        above = above.parent
        labels.insert(0, above.label)
    if part.annex and (above.level > 1 or part.prefixed):
        labels.insert(0, part.annex_label)
    return "/".join(labels)


def row_section(row: Row, chapter: Item | None, part: Part) -> str | None:
    """The number of the chapter of a row: in its own cell, above the table, or the annex."""
    if row.ordinal and not row.given:
        return _prefixed(row.ordinal, part)
    if chapter and chapter.level == 1 and not is_other_chapter(chapter.own.key[:40]):
        return chapter_number(chapter, part)
    if row.given:
        return _prefixed(row.given, part)
    return part.annex_label if part.annex or part.sections else None
