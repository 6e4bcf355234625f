"""锁定: so many failures of one account, or from one address, close it for a while.

An attempt is written down as a failure before the password is looked at, and struck out when it was none.
So any number of guesses sent at the same moment count each other, and no more than the limit are looked at.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from departments.models import SignInFailure

KEPT = timedelta(days=1)


class Locked(Exception):
    """Too many failures; `until` is when the next attempt is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def period() -> timedelta:
    """How long a lock lasts, and within how long failures add up to one."""
    return timedelta(minutes=settings.LOCKOUT_MINUTES)


def lock_name(username: str) -> str:
    """The form in which a typed name is counted; unknown names are counted like known ones."""
    return username.strip().casefold()[:100]


def begin(*, username: str, address: str | None, at: datetime) -> SignInFailure:
    """Write an attempt down as failed until proved otherwise; raises Locked when it may not be looked at."""
    SignInFailure.objects.filter(at__lt=at - KEPT).delete()
    attempt = SignInFailure.objects.create(name=lock_name(username), address=address, at=at)
    others = SignInFailure.objects.exclude(pk=attempt.pk)
    if until := _locked_until(others, attempt.name, address, at):
        attempt.delete()
        raise Locked(until)
    return attempt


def locked_until(*, username: str, address: str | None, at: datetime) -> datetime | None:
    """When the lock of an account or an address ends; None when neither is locked."""
    return _locked_until(SignInFailure.objects.all(), lock_name(username), address, at)


def forget(username: str) -> int:
    """Strike out the failures of an account: it was entered, or unlocked."""
    struck, _ = SignInFailure.objects.filter(name=lock_name(username)).delete()
    return struck


def forget_address(address: str) -> int:
    """Strike out the failures from an address."""
    struck, _ = SignInFailure.objects.filter(address=address).delete()
    return struck


def locked_names(at: datetime) -> dict[str, datetime]:
    """The counted names that are locked, each with the end of its lock."""
    return _locked_by("name", settings.LOCKOUT_FAILURES, at)


def locked_addresses(at: datetime) -> dict[str, datetime]:
    """The addresses that are locked, each with the end of its lock."""
    return _locked_by("address", settings.LOCKOUT_ADDRESS_FAILURES, at)


def _locked_until(
    failures: QuerySet[SignInFailure], name: str, address: str | None, at: datetime
) -> datetime | None:
    ends = [_end(_moments(failures.filter(name=name), at), settings.LOCKOUT_FAILURES, at)]
    if address:
        moments = _moments(failures.filter(address=address), at)
        ends.append(_end(moments, settings.LOCKOUT_ADDRESS_FAILURES, at))
    return max((end for end in ends if end), default=None)


def _moments(failures: QuerySet[SignInFailure], at: datetime) -> list[datetime]:
    since = at - 2 * period()
    return list(failures.filter(at__gt=since).order_by("-at").values_list("at", flat=True))


def _end(moments: list[datetime], limit: int, at: datetime) -> datetime | None:
    """The end of the lock that these failures (latest first) make: pure."""
    if len(moments) < limit or moments[0] - moments[limit - 1] > period():
        return None
    until = moments[0] + period()
    return until if until > at else None


def _locked_by(field: str, limit: int, at: datetime) -> dict[str, datetime]:
    found: dict[str, list[datetime]] = {}
    recent = SignInFailure.objects.filter(at__gt=at - 2 * period()).order_by("-at")
    for key, moment in recent.values_list(field, "at"):
        if key:
            found.setdefault(key, []).append(moment)
    ends = {key: _end(moments, limit, at) for key, moments in found.items()}
    return {key: end for key, end in ends.items() if end}
