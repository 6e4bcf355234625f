"""The entries of the beat schedule: each looks into the database, so a lost wake-up loses nothing."""

from celery import shared_task

from notices import deliver, write
from timekeeping import clock


@shared_task(name="notices.jobs.write_due")
def write_due() -> None:
    """Write the notices of today that are not written yet."""
    moment = clock.now()
    write.write_due(moment.date(), moment)


@shared_task(name="notices.jobs.deliver_waiting")
def deliver_waiting() -> None:
    """Send what waits, after a last look at whether it is still true."""
    moment = clock.now()
    write.void_before_sending(moment.date(), moment)
    deliver.deliver_waiting(moment)
