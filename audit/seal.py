"""封存: chain a digest over the entries of every day that has ended.

The trail's own clock is the machine's, as in `record`: what a demonstration pretends the day to be is no
business of the trail.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from audit.digest import Digest, line_of
from audit.models import Entry, Seal
from audit.record import record

_DAY = timedelta(days=1)
logger = logging.getLogger(__name__)


def seal_days(*, until: date) -> list[Seal]:
    """Seal every day before `until` (Asia/Shanghai) that is not sealed yet, one transaction a day.

    Days that were missed are caught up. Each seal leaves an entry ("audit.seal"), so that a seal which is
    taken away is missed; its digest goes to the log as well, out of the database's reach.
    """
    return [seal_day(day) for day in _unsealed(until)]


def _unsealed(until: date) -> Iterator[date]:
    last = Seal.objects.order_by("-day").first()
    first = Entry.objects.order_by("pk").first()
    if last:
        day = last.day + _DAY
    elif first:
        # A clock that ran ahead when the first entry was written must not put off the first seal.
        day = min(timezone.localdate(first.at), until - _DAY)
    else:
        return
    while day < until:
        yield day
        day += _DAY


@transaction.atomic
def seal_day(day: date) -> Seal:
    """Seal one day: all entries that no seal covers yet, up to the last one written before the day ended.

    Raises IntegrityError when the day is sealed already.
    """
    _let_writers_finish()
    previous = Seal.objects.order_by("-day").first()
    after_id = previous.last_id if previous else 0
    last_id = _last_of(day, after_id)
    digest = Digest(previous.digest if previous else "", day)
    for entry in Entry.objects.between(after_id, last_id).iterator(chunk_size=2000):
        digest.add(line_of(entry))
    seal = Seal.objects.create(
        day=day,
        last_id=last_id,
        previous=previous.digest if previous else "",
        digest=digest.close(last_id),
        count=digest.count,
        sealed_at=timezone.now(),
    )
    after = {"day": day.isoformat(), "count": seal.count, "last_id": last_id, "digest": seal.digest}
    record("audit.seal", actor=None, target=seal, jurisdiction_id=None, after=after)
    logger.info("audit seal %s: %s entries, digest %s", day, seal.count, seal.digest)
    return seal


def _last_of(day: date, after_id: int) -> int:
    end = datetime.combine(day + _DAY, time.min, timezone.get_default_timezone())
    found = Entry.objects.filter(pk__gt=after_id, at__lt=end).aggregate(last=Max("pk"))["last"]
    return int(found or after_id)


def _let_writers_finish() -> None:
    """Wait until every entry with a number given so far is committed or gone.

    On PostgreSQL a transaction may still hold a number below the last one that can be seen; sealing over
    it would make its entry look like one slipped in later. The lock keeps writers out until the seal is
    made, and gives up rather than queueing everybody: the next run catches up. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")
