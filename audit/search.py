"""Finding entries: conditions, and pages that cost the same however long the trail is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from audit.models import Entry, Seal
from audit.querysets import EntryQuerySet

PAGE = 50
COUNTED = 1000  # above, the page says "more than": counting millions would cost what paging saves


@dataclass(frozen=True)
class TrailFilter:
    """What is looked for; days are the office's, both included."""

    since: date | None = None
    until: date | None = None
    person: str = ""
    act: str = ""
    target: str = ""
    address: str = ""
    request_id: str = ""


def narrow(entries: EntryQuerySet, wanted: TrailFilter) -> EntryQuerySet:
    """The entries that answer all conditions."""
    conditions = Q()
    if wanted.since:
        conditions &= Q(at__gte=_start_of(wanted.since))
    if wanted.until:
        conditions &= Q(at__lt=_start_of(wanted.until + timedelta(days=1)))
    if wanted.person:
        conditions &= Q(actor_name__icontains=wanted.person)
    if wanted.target:
        conditions &= Q(target_label__icontains=wanted.target)
    exact = {"act": wanted.act, "address": wanted.address, "request_id": wanted.request_id}
    return entries.filter(conditions, **{name: value for name, value in exact.items() if value})


@dataclass(frozen=True)
class Page:
    """Some entries, newest first, and where the pages beside them begin; 0 where there is none."""

    entries: Sequence[Entry]
    newer: int = 0
    older: int = 0


def page_of(entries: EntryQuerySet, *, older: int = 0, newer: int = 0, size: int = PAGE) -> Page:
    """The page after the entry `older`, or before the entry `newer`; else the newest.

    Found by the place of an entry in time, not by counting: a page in the middle of millions costs what
    the first one costs. An entry that is no longer there begins at the newest.
    """
    mark = Entry.objects.filter(pk=older or newer).values_list("at", "pk").first() if older or newer else None
    if mark is None:
        found = list(entries.order_by("-at", "-pk")[: size + 1])
        return Page(found[:size], older=found[size - 1].pk if len(found) > size else 0)
    at, pk = mark
    if older:
        below = Q(at__lt=at) | Q(at=at, pk__lt=pk)
        found = list(entries.filter(below, at__lte=at).order_by("-at", "-pk")[: size + 1])
        shown = found[:size]
        return Page(
            shown, newer=shown[0].pk if shown else older, older=shown[-1].pk if len(found) > size else 0
        )
    above = Q(at__gt=at) | Q(at=at, pk__gt=pk)
    found = list(entries.filter(above, at__gte=at).order_by("at", "pk")[: size + 1])
    shown = found[:size][::-1]
    return Page(shown, newer=shown[0].pk if len(found) > size else 0, older=shown[-1].pk if shown else newer)


def count_up_to(entries: EntryQuerySet, limit: int = COUNTED) -> int:
    """How many there are; limit + 1 when there are more."""
    return entries.order_by()[: limit + 1].count()


def sealed_through() -> int:
    """The last entry that a seal covers; 0 when nothing is sealed."""
    return Seal.objects.order_by("-day").values_list("last_id", flat=True).first() or 0


def seal_of(entry: Entry) -> Seal | None:
    """The seal that covers an entry."""
    return Seal.objects.filter(last_id__gte=entry.pk).order_by("day").first()


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
