"""The trail as the audit administrator reads it: whose entries, which of them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from audit.models import Entry
from audit.querysets import EntryQuerySet
from audit.words import act_word, object_word
from departments.models import Jurisdiction, Post, User


@dataclass(frozen=True)
class TrailLine:
    """One entry as a list shows it."""

    entry: Entry
    act: str
    target: str
    place: str
    sealed: bool


def audited(user: User) -> frozenset[int]:
    """The jurisdictions of `user`'s posts, and those below that have no audit administrator of their own.

    A trail that nobody may read protects nobody; a county without the post is read from its city.
    """
    own = Jurisdiction.objects.filter(pk__in=user.scope.audits).values_list("path", flat=True)
    trees = [Q(path__startswith=path) for path in own]
    if not trees:
        return frozenset()
    below = dict(Jurisdiction.objects.filter(reduce(or_, trees)).values_list("pk", "path"))
    posts = Post.objects.filter(role=Post.Role.AUDITOR, user__is_active=True, jurisdiction__in=below)
    others = posts.exclude(jurisdiction__in=user.scope.audits).values_list("jurisdiction__path", flat=True)
    taken = tuple(others)
    return user.scope.audits | {pk for pk, path in below.items() if not path.startswith(taken)}


def readable(user: User) -> EntryQuerySet:
    """The entries of the jurisdictions that `user` audits, and of their people."""
    places = audited(user)
    people = User.objects.belonging_to(places).order_by().values("pk")
    return Entry.objects.of_places(places, people)


def place_names(user: User) -> dict[int, str]:
    """The names of the jurisdictions that `user` audits."""
    return dict(Jurisdiction.objects.filter(pk__in=audited(user)).values_list("pk", "name"))


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
