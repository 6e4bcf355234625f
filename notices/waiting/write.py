"""Writes the digests of what waits, keeps those in the queue true, voids what is done."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from audit.record import record
from notices import outbox
from notices.models import Notice
from notices.voiding import still_queued, void
from notices.waiting.facts import matters_on
from notices.waiting.rules import Digest, Kind, Matter, Place, Told, due_digests, to_list, waiting
from notices.waiting.words import letter
from notices.words import one_line
from tasks.models import Ledger
from timekeeping.clock import start_of
from timekeeping.workdays import Exceptions

SUBJECT = "tasks.ledger"
DONE = "所列事项都已办理或者撤回，或者不再由此人办理。"
Waits = Mapping[Place, list[Matter]]
# Where several matters are done; a single one leads to its own page.
_PAGES = {
    Kind.REQUEST: "progress:requests",
    Kind.ANSWER: "progress:requests",
    Kind.CONTRIBUTION: "progress:filing",
    Kind.FINDING: "progress:inspections",
    Kind.CORRECTION: "progress:review",
}


@transaction.atomic
def write_waiting(on: date, at: datetime, exceptions: Exceptions) -> Counter[str]:
    """Write what is due of what waits, once; returns how many of each kind, and how many were made void.

    A second worker waits for the ledgers, and then finds what the first has told.
    """
    waits = waiting(matters_on(on), on, exceptions)
    _hold({ledger for _, _, ledger in waits})
    counts = _keep_true(waits)
    due = due_digests(waits, _told(waits.values()), on, exceptions)
    outbox.write((_row(digest, on) for digest in due), at)
    for digest in due:
        counts[digest.book.pk][str(digest.kind)] += 1
    return _leave_trail("notice.write", counts)


@transaction.atomic
def void_done(on: date, exceptions: Exceptions) -> int:
    """Look once more at the digests in the queue; returns how many were made void."""
    if not _queued().exists():
        return 0
    counts = _keep_true(waiting(matters_on(on), on, exceptions))
    return _leave_trail("notice.void", counts)["void"]


def _hold(ledgers: Iterable[int]) -> None:
    """Keep a second worker from these ledgers (SQLite holds the whole database instead)."""
    list(Ledger.objects.select_for_update(no_key=True).filter(pk__in=ledgers).order_by("pk"))


def _queued() -> QuerySet[Notice]:
    return Notice.objects.filter(state=Notice.State.QUEUED, subject_type=SUBJECT)


def _keep_true(waits: Waits) -> dict[int, Counter[str]]:
    """Give queued digests the words of today, void those of which nothing waits any more, by ledger."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = list(_queued())
    sent = _told(waits.values(), but={row.pk for row in rows}) if rows else {}
    for row in rows:
        place = (row.recipient_id, row.kind, row.subject_id)
        matters = to_list(row.kind, waits.get(place, []), sent.get(place, Told()).covered)
        if not matters:
            counts[row.subject_id]["void"] += void(row, DONE)
            continue
        title, body = letter(Digest(row.recipient_id, Kind(row.kind), tuple(matters)))
        if body != row.body:
            covers = [one.key for one in matters]
            still_queued(row).update(title=one_line(title), body=body, covers=covers)
    return counts


def _told(waits: Iterable[list[Matter]], but: Iterable[int] = ()) -> dict[Place, Told]:
    """What has been told of all that waits; no notice is older than what it tells."""
    first = min((one.since for matters in waits for one in matters), default=None)
    told: dict[Place, Told] = defaultdict(Told)
    if first is None:
        return told
    rows = Notice.objects.standing().filter(subject_type=SUBJECT, created_at__gte=start_of(first))
    for person, kind, ledger, day, state, covers in rows.exclude(pk__in=but).values_list(
        "recipient_id", "kind", "subject_id", "occurrence", "state", "covers"
    ):
        told[person, kind, ledger].add(day, covers, queued=state == Notice.State.QUEUED)
    return told


def _row(digest: Digest, on: date) -> Notice:
    title, body = letter(digest)
    return Notice(
        recipient_id=digest.recipient,
        kind=digest.kind,
        subject_type=SUBJECT,
        subject_id=digest.book.pk,
        occurrence=on,
        jurisdiction_id=digest.book.jurisdiction,
        title=title,
        body=body,
        link=_link(digest),
        covers=[one.key for one in digest.matters],
        urgent=digest.kind != Kind.ANSWER,
    )


def _link(digest: Digest) -> str:
    if len(digest.matters) == 1:
        return digest.matters[0].link
    return reverse(_PAGES[digest.kind], args=[digest.book.pk])


def _leave_trail(act: str, by_ledger: Mapping[int, Counter[str]]) -> Counter[str]:
    """One entry a ledger that had something; the sum of all."""
    total: Counter[str] = Counter()
    ledgers = Ledger.objects.in_bulk([pk for pk, counts in by_ledger.items() if +counts])
    for pk, ledger in ledgers.items():
        total += by_ledger[pk]
        record(
            act, actor=None, target=ledger, jurisdiction_id=ledger.jurisdiction_id, after=dict(+by_ledger[pk])
        )
    return total
