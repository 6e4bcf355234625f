"""The trail as the audit administrator reads it: whose entries, which of them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.models import Entry
from audit.querysets import EntryQuerySet
from audit.words import act_word, object_word
from departments.models import Jurisdiction, User


@dataclass(frozen=True)
class TrailLine:
    """One entry as a list shows it."""

    entry: Entry
    act: str
    target: str
    place: str
    sealed: bool


def readable(user: User) -> EntryQuerySet:
    """The entries of the jurisdictions that `user` audits, and of their people."""
    places = user.scope.audits
    people = User.objects.belonging_to(places).order_by().values("pk")
    return Entry.objects.of_places(places, people)


def place_names(user: User) -> dict[int, str]:
    """The names of the jurisdictions that `user` audits (one query)."""
    return dict(Jurisdiction.objects.filter(pk__in=user.scope.audits).values_list("pk", "name"))


def lines_of(entries: Iterable[Entry], *, places: dict[int, str], sealed_through: int) -> list[TrailLine]:
    """Entries in words."""
    return [
        TrailLine(
            entry=one,
            act=act_word(one.act),
            target=target_words(one),
            place=places.get(one.jurisdiction_id or 0, ""),
            sealed=one.pk <= sealed_through,
        )
        for one in entries
    ]


def target_words(entry: Entry) -> str:
    """What kind of object, and which."""
    return f"{object_word(entry.target_type)}　{entry.target_label}".strip("　")
