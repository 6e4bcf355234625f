"""频次: how often a person or an address may ask for something within a minute.

The count lies in the database, not in a cache: all processes and machines share it, with and without Redis.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from departments.models import RateWindow

WINDOW = timedelta(minutes=1)


def count_call(key: str, *, limit: int, at: datetime) -> datetime | None:
    """Count one call; None when it is within the limit, else when the next one is taken.

    What is over the limit writes nothing, so that a flood costs one small query each.
    """
    began = at.replace(second=0, microsecond=0)
    window = RateWindow.objects.filter(key=key, began=began)
    if window.filter(count__lt=limit).update(count=F("count") + 1):
        return None
    if window.exists():
        return began + WINDOW
    RateWindow.objects.exclude(began=began).delete()
    try:
        with transaction.atomic():
            RateWindow.objects.create(key=key, began=began)
    except IntegrityError:  # another process was first to open the window
        return count_call(key, limit=limit, at=at)
    return None
