"""Background work of the trail."""

from celery import shared_task
from django.utils import timezone

from audit.seal import seal_days


@shared_task
def seal_due() -> int:
    """Seal the days that have ended; safe to run at any time and twice."""
    return len(seal_days(until=timezone.localdate()))
