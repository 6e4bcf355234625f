"""Writes the notices that are due, by the rules, once: a second run of the same day writes nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from audit.record import record
from notices import outbox
from notices.facts import gather, watched_periods, with_written
from notices.models import Notice
from notices.rules import DueNotice, Facts, due_notices, standing_notices
from notices.words import one_line
from progress.models import ReportingPeriod
from timekeeping.workdays import Exceptions, exceptions_between

CHUNK = 50
_CALENDAR = timedelta(days=120)
_PAGES = {Notice.Kind.SIGN_OFF: "progress:review"}  # where a notice leads; all others to the filing page


def write_due(on: date, at: datetime) -> Counter[str]:
    """Write at a moment what is due on a day, for all periods.

    Periods are taken in chunks, each in a transaction of its own, so that one run never holds them all.
    Returns how many notices of each kind were written, and how many unsent ones were made void.
    """
    exceptions = exceptions_between(on - _CALENDAR, on + _CALENDAR)
    periods = watched_periods(on)
    counts: Counter[str] = Counter()
    for start in range(0, len(periods), CHUNK):
        counts += _write_chunk(periods[start : start + CHUNK], on, at, exceptions)
    return counts


@transaction.atomic
def _write_chunk(periods: Sequence[int], on: date, at: datetime, exceptions: Exceptions) -> Counter[str]:
    """Void what no longer stands, write what is due, leave one audit row a period."""
    rows = _locked(periods)
    facts = gather(periods, on)
    voided = void_stale(facts, on, exceptions)
    facts = with_written(facts, periods)
    due = {one.period: due_notices(one, on, exceptions) for one in facts}
    outbox.write((_row(one, notice) for one in facts for notice in due[one.period]), at)
    total: Counter[str] = Counter()
    for period in rows:
        counts = Counter(str(notice.kind) for notice in due[period.pk])
        counts["void"] += voided[period.pk]
        total += counts
        _leave_trail(period, +counts)
    return total


def _locked(periods: Sequence[int]) -> list[ReportingPeriod]:
    """The periods, held against a second worker (SQLite holds the whole database instead)."""
    return list(ReportingPeriod.objects.select_for_update(no_key=True).filter(pk__in=periods).order_by("pk"))


def void_stale(facts: Iterable[Facts], on: date, exceptions: Exceptions) -> Counter[int]:
    """Make void what is queued and no longer due: a deadline moved, the report is in, a later slot came.

    A notice is compared with what the rules would write now; one that is still due but in other words gets
    the new words. Urges are a person's own act and stay. Returns how many rows of each period were voided.
    """
    standing = {notice.key: notice for one in facts for notice in standing_notices(one, on, exceptions)}
    voided: Counter[int] = Counter()
    queued = Notice.objects.filter(state="queued", period__in=[one.period for one in facts])
    for row in queued.exclude(kind="urge"):
        wanted = standing.get(_key(row))
        if wanted is None:
            voided[row.period_id] += _still_queued(row).update(state=Notice.State.VOID)
        elif wanted.body != row.body:
            _still_queued(row).update(title=one_line(wanted.title), body=wanted.body)
    return voided


def _still_queued(row: Notice) -> QuerySet[Notice]:
    """The row, unless a worker has claimed it meanwhile."""
    return Notice.objects.filter(pk=row.pk, state=Notice.State.QUEUED)


def _key(row: Notice) -> tuple[int, str, str, int, date, str]:
    return row.recipient_id, row.kind, row.subject_type, row.subject_id, row.occurrence, row.occasion


def _row(facts: Facts, notice: DueNotice) -> Notice:
    return Notice(
        recipient_id=notice.recipient,
        kind=notice.kind,
        subject_type=notice.subject_type,
        subject_id=notice.subject_id,
        occurrence=notice.occurrence,
        occasion=notice.occasion,
        jurisdiction_id=facts.jurisdiction,
        period_id=facts.period,
        title=notice.title,
        body=notice.body,
        link=reverse(_PAGES.get(notice.kind, "progress:filing"), args=[facts.ledger]),
        urgent=notice.kind not in (Notice.Kind.OPENED, Notice.Kind.REMINDER),
    )


def _leave_trail(period: ReportingPeriod, counts: Counter[str]) -> None:
    if counts:
        record(
            "notice.write",
            actor=None,
            target=period,
            jurisdiction_id=period.jurisdiction_id,
            after=dict(counts),
        )
