"""A draft's content with names and types: what the parser read, as corrected so far.

`Draft.content` keeps the parser's own schema (document, sections, tasks) and two additions of the
correction: `left_out` and `key` on a task, `settled` on a problem ("corrected" or "accepted").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.models import Draft
from documents.numbering import numbered

Json = dict[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True)
class Problem:
    """Something to check; `index` is its place in `Draft.problems`."""

    index: int
    ref: str
    field: str
    kind: str
    message: str
    span: Place | None
    must: bool
    settled: str

    @property
    def open(self) -> bool:
        """Nobody has corrected or accepted it yet."""
        return not self.settled


@dataclass(frozen=True)
class DraftTask:
    """One task as read; `index` is its place in the content, `ref` its name in the paper.

    `key` is what addresses and marks call it: it stays when tasks are split, merged or moved.
    """

    index: int
    key: int
    ref: str
    section: str
    number: str
    title: str
    body: str
    clause: str
    mode: str
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    participants: tuple[str, ...]
    due_kind: str
    due_text: str
    due_on: date | None
    dates: tuple[Json, ...]
    targets: tuple[Json, ...]
    spans: Mapping[str, Place]
    places: Mapping[str, Place]
    full_names: Mapping[str, str]
    left_out: str
    event: str = ""  # what a relative deadline counts from
    offset: tuple[int, str] | None = None  # and how long after it: (1, "month")

    @property
    def names(self) -> tuple[str, ...]:
        """All departments in the order lead, responsible, participants."""
        return self.leads + self.responsible + self.participants

    @property
    def numbers_named(self) -> tuple[str, ...]:
        """The words in which the paper names its numbers; a phrase with several numbers is said once."""
        return tuple(dict.fromkeys(str(one.get("raw") or "") for one in self.targets))

    @property
    def headline(self) -> str:
        """The title, or the first sentence where the paper gives none."""
        return self.title or self.body.partition("。")[0]

    @property
    def ordinal(self) -> str:
        """The number, or where the paper has none the end of the reference that stands in for it."""
        return self.number or self.ref.rpartition("/")[2]

    @property
    def label(self) -> str:
        """Number and title as one name."""
        return numbered(self.ordinal, self.headline)

    @property
    def place(self) -> Place | None:
        """From the first to the last character that anything was read from."""
        if not self.spans:
            return None
        return min(start for start, _ in self.spans.values()), max(end for _, end in self.spans.values())


def draft_tasks(draft: Draft) -> list[DraftTask]:
    """All tasks of a draft in the order of the paper."""
    tasks = draft.content.get("tasks", [])
    return [
        _task(index, key, one) for index, (key, one) in enumerate(zip(task_keys(tasks), tasks, strict=True))
    ]


def task_keys(tasks: Sequence[Json]) -> list[int]:
    """The key of each task: the one written down by an earlier act, else its place as read."""
    written = {key for one in tasks if isinstance(key := one.get("key"), int)}
    used: set[int] = set()
    keys = []
    for index, one in enumerate(tasks):
        key = one.get("key")
        if not isinstance(key, int) or key in used:
            key = index if index not in written | used else max(written | used) + 1
        used.add(key)
        keys.append(key)
    return keys


def draft_problems(draft: Draft) -> list[Problem]:
    """All problems of a draft, the settled ones too."""
    return [_problem(index, one) for index, one in enumerate(draft.problems)]


def draft_sections(draft: Draft) -> list[tuple[str, str]]:
    """Number and title of the sections, in order."""
    return [(one.get("number") or "", one.get("title") or "") for one in draft.content.get("sections", [])]


def iso_day(text: str | None) -> date | None:
    """The date of an ISO text; None for an empty or an impossible one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _task(index: int, key: int, one: Json) -> DraftTask:
    deadline = one.get("deadline") or {}
    return DraftTask(
        index=index,
        key=key,
        ref=one.get("ref") or str(index + 1),
        section=one.get("section") or "",
        number=one.get("number") or "",
        title=one.get("title") or "",
        body=one.get("body") or "",
        clause=one.get("responsibility_raw") or "",
        mode=one.get("mode") or "",
        leads=tuple(one.get("leads") or ()),
        responsible=tuple(one.get("responsible") or ()),
        participants=tuple(one.get("participants") or ()),
        due_kind=deadline.get("kind") or "none",
        due_text=deadline.get("raw") or "",
        due_on=iso_day(deadline.get("date")),
        dates=tuple(one.get("in_text_dates") or ()),
        targets=tuple(one.get("targets") or ()),
        spans=_places(one.get("spans")),
        places=_places(one.get("names")),
        full_names=one.get("full_names") or {},
        left_out=one.get("left_out") or "",
        event=deadline.get("event") or "",
        offset=_offset(deadline.get("offset")),
    )


def _problem(index: int, one: Json) -> Problem:
    return Problem(
        index=index,
        ref=one.get("ref") or "",
        field=one.get("field") or "",
        kind=one.get("kind") or "",
        message=one.get("message") or "",
        span=_place([one.get("start"), one.get("end")]),
        must=bool(one.get("must")),
        settled=one.get("settled") or "",
    )


def _offset(offset: Any) -> tuple[int, str] | None:
    match offset:
        case {"count": int(count), "unit": str(unit)} if count >= 0:
            return count, unit
    return None


def _places(pairs: Mapping[str, Any] | None) -> dict[str, Place]:
    return {name: span for name, pair in (pairs or {}).items() if (span := _place(pair))}


def _place(pair: Any) -> Place | None:
    """A span that can be shown: two numbers in order, at least one character."""
    match pair:
        case [int(start), int(end)] if 0 <= start < end:
            return start, end
    return None
