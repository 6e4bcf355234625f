"""Where a person is signed in: begun at sign-in, touched by use, over when idle or ended by the person."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from audit.middleware import current_origin
from audit.record import record
from departments.models import User, UserSession
from departments.signin.browsers import browser_in_words
from departments.signin.home import home_of

MARK = "sitting"  # the key under which a session names its row
# A row is written at most so often; a person is given as much longer, never shorter.
GRAIN = timedelta(minutes=1)


def idle_limit() -> timedelta:
    """After so long without an act of the person a sitting is over."""
    return timedelta(minutes=settings.IDLE_MINUTES)


def begin(
    session: SessionBase, user: User, *, agent: str, at: datetime, second_factor: bool = False
) -> UserSession:
    """Note that the person is signed in here, and let the session name the note."""
    sitting = UserSession.objects.create(
        user=user,
        since=at,
        seen_at=at,
        address=current_origin.get().address,
        browser=browser_in_words(agent),
        second_factor=second_factor,
    )
    session[MARK] = sitting.pk
    return sitting


def current(session: SessionBase, user: User, *, at: datetime) -> UserSession | None:
    """The sitting of a session; None when it was ended, or idle for too long."""
    sitting = UserSession.objects.filter(pk=session.get(MARK) or 0, user=user).first()
    if sitting is None or at - sitting.seen_at > idle_limit() + GRAIN:
        return None
    return sitting


def touch(sitting: UserSession, *, at: datetime) -> None:
    """The person did something."""
    if at - sitting.seen_at >= GRAIN:
        UserSession.objects.filter(pk=sitting.pk).update(seen_at=at)
        sitting.seen_at = at


def seconds_left(sitting: UserSession, *, at: datetime) -> int:
    """How long the sitting lasts without an act of the person."""
    return max(0, round((sitting.seen_at + idle_limit() - at).total_seconds()))


def end_one(*, user: User, sitting_id: int) -> bool:
    """End one of the person's own sittings; False when it was over already."""
    with transaction.atomic():
        sitting = UserSession.objects.filter(pk=sitting_id, user=user).first()
        if sitting is None:
            return False
        _trace_end(user, sitting)
        sitting.delete()
    return True


def end_others(*, user: User, but: int | None) -> int:
    """End the person's sittings except this one; returns how many ended."""
    with transaction.atomic():
        others = list(UserSession.objects.filter(user=user).exclude(pk=but or 0))
        for sitting in others:
            _trace_end(user, sitting)
        UserSession.objects.filter(pk__in=[one.pk for one in others]).delete()
    return len(others)


def sweep(*, at: datetime) -> None:
    """Remove the notes of sittings that ended by themselves."""
    UserSession.objects.filter(seen_at__lt=at - idle_limit() - GRAIN).delete()


def _trace_end(user: User, sitting: UserSession) -> None:
    before = {"browser": sitting.browser, "address": sitting.address, "since": sitting.since}
    record("user.end_session", actor=user, target=user, jurisdiction_id=home_of(user), before=before)
