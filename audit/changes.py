"""What an act changed, field by field, before and after side by side."""

from __future__ import annotations

from dataclasses import dataclass

from audit.models import Entry
from audit.words import field_word, value_word


@dataclass(frozen=True)
class Change:
    """One field in words; an empty side means that the entry says nothing of it."""

    field: str
    before: str
    after: str


def changes_of(entry: Entry) -> list[Change]:
    """The fields of an entry, those of after first in their order, then those that only were before."""
    names = dict.fromkeys([*entry.after, *entry.before])
    return [
        Change(
            field_word(entry.target_type, name), *(_side(entry, side, name) for side in ("before", "after"))
        )
        for name in names
    ]


def _side(entry: Entry, side: str, name: str) -> str:
    values = getattr(entry, side)
    return value_word(entry.target_type, name, values[name]) if name in values else ""
