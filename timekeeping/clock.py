"""The only reader of the clock. Rules take dates; views, jobs and commands ask here, once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_OFFICE = ZoneInfo(settings.TIME_ZONE)


def demo_day() -> date | None:
    """The day at which a demonstration stands, or None for a real installation."""
    return date.fromisoformat(settings.DEMO_TODAY) if settings.DEMO_TODAY else None


def now() -> datetime:
    """The present moment in Asia/Shanghai; in a demonstration its day is the demo day."""
    moment = timezone.localtime()
    day = demo_day()
    return moment + timedelta(days=(day - moment.date()).days) if day else moment


def today() -> date:
    """The office's date (Asia/Shanghai)."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The office's date of a moment, wherever the process runs."""
    return moment.astimezone(_OFFICE).date()


def start_of(day: date) -> datetime:
    """The first moment of an office's day, for comparing with moments in the database."""
    return datetime.combine(day, time.min, _OFFICE)
