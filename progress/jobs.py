"""Background work of the room."""

from celery import shared_task

from progress.close_period import close_periods
from timekeeping import clock


@shared_task
def close_due() -> int:
    """Close the periods whose last day has passed; safe to run at any time and twice."""
    return close_periods(clock.today())
