"""The outbox: rows are written once, claimed by conditional update, and settled.

A row goes queued → sending → sent. A failure puts it back with a later attempt, after five it is FAILED and
shown to the coordinator. What a stopped worker left in `sending` becomes DOUBTFUL: it may have arrived, so a
person decides whether it is sent again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F

from notices.models import Notice
from notices.words import one_line

State = Notice.State
# Minutes until the next attempt, by attempts made: a mail server's bad night is outlasted.
BACK_OFF = (5, 30, 120, 720)
STALE = timedelta(minutes=15)
INTERRUPTED = "发送过程中断，不能确定是否送达。"


def write(notices: Iterable[Notice], at: datetime) -> int:
    """Insert those whose key is new, in the caller's transaction; returns how many were handed in."""
    rows = list(notices)
    for row in rows:
        row.title, row.created_at = one_line(row.title), at
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def claim(notice: int, at: datetime) -> bool:
    """Take a waiting notice for sending; of two workers only one gets True."""
    return (
        Notice.objects.waiting(at)
        .filter(pk=notice)
        .update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1)
        == 1
    )


def mark_sent(notice: Notice, channel: Notice.Channel, at: datetime) -> None:
    """Settle what was sent, also when it was thought doubtful meanwhile."""
    Notice.objects.filter(pk=notice.pk, state__in=[State.SENDING, State.DOUBTFUL]).update(
        state=State.SENT, channel=channel, sent_at=at, error="", next_try_at=None
    )


def mark_failed(notice: Notice, error: str, at: datetime) -> None:
    """Put a notice back for a later attempt; after the last one it stays FAILED with its error."""
    made = notice.attempts
    again = made <= len(BACK_OFF)
    Notice.objects.filter(pk=notice.pk, state=State.SENDING).update(
        state=State.QUEUED if again else State.FAILED,
        next_try_at=at + timedelta(minutes=BACK_OFF[made - 1]) if again else None,
        error=error,
    )


def set_doubtful_aside(at: datetime) -> int:
    """Show what has been in `sending` for too long; returns how many rows."""
    stale = Notice.objects.filter(state=State.SENDING, claimed_at__lt=at - STALE)
    return stale.update(state=State.DOUBTFUL, error=INTERRUPTED)


def requeue(notice: Notice) -> bool:
    """Send a failed or doubtful notice again because a person says so; False when it is neither."""
    troubled = Notice.objects.filter(pk=notice.pk, state__in=[State.FAILED, State.DOUBTFUL])
    return troubled.update(state=State.QUEUED, attempts=0, next_try_at=None) == 1
