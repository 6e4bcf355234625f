"""Writes the notices that are due, by the rules, once: a second run of the same day writes nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from audit.record import record
from notices import outbox
from notices.facts import gather, watched_periods, with_written
from notices.models import Notice
from notices.rules import DueNotice, Facts, due_notices
from notices.voiding import void_stale
from notices.waiting.write import void_done, write_waiting
from progress.models import ReportingPeriod
from timekeeping.workdays import Exceptions, exceptions_between

CHUNK = 50
_CALENDAR = timedelta(days=120)
_PAGES = {Notice.Kind.SIGN_OFF: "progress:review"}  # where a notice leads; all others to the filing page


def write_due(on: date, at: datetime) -> Counter[str]:
    """Write at a moment what is due on a day, for all periods, and of what waits beside them.

    Periods are taken in chunks, each in a transaction of its own, so that one run never holds them all.
    Returns how many notices of each kind were written, and how many unsent ones were made void.
    """
    exceptions, periods = calendar_around(on), watched_periods(on)
    counts: Counter[str] = Counter()
    for start in range(0, len(periods), CHUNK):
        counts += _write_chunk(periods[start : start + CHUNK], on, at, exceptions)
    return counts + write_waiting(on, at, exceptions)


def void_before_sending(on: date, at: datetime) -> int:
    """Ask the rules of a day once more about what waits for sending now; returns how many were made void.

    Runs before each delivery, so that a date moved a minute ago takes its reminder along.
    """
    waiting = Notice.objects.waiting(at).filter(period__isnull=False).order_by("period_id")
    periods = list(waiting.values_list("period_id", flat=True).distinct())
    exceptions = calendar_around(on)
    chunks = [periods[start : start + CHUNK] for start in range(0, len(periods), CHUNK)]
    return sum(_void_chunk(chunk, on, exceptions) for chunk in chunks) + void_done(on, exceptions)


def calendar_around(on: date) -> Exceptions:
    """The holidays around a day, as far as slots reach."""
    return exceptions_between(on - _CALENDAR, on + _CALENDAR)


@transaction.atomic
def _void_chunk(periods: Sequence[int], on: date, exceptions: Exceptions) -> int:
    rows = _locked(periods)
    voided = void_stale(gather(periods, on), on, exceptions)
    for period in rows:
        _leave_trail("notice.void", period, Counter(void=voided[period.pk]))
    return voided.total()


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
        _leave_trail("notice.write", period, counts)
    return total


def _locked(periods: Sequence[int]) -> list[ReportingPeriod]:
    """The periods, held against a second worker (SQLite holds the whole database instead)."""
    return list(ReportingPeriod.objects.select_for_update(no_key=True).filter(pk__in=periods).order_by("pk"))


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


def _leave_trail(act: str, period: ReportingPeriod, counts: Counter[str]) -> None:
    if found := dict(+counts):
        record(act, actor=None, target=period, jurisdiction_id=period.jurisdiction_id, after=found)
