"""关闭报送期: the state follows the date. Lateness and locks read the dates, never this state."""

from datetime import date

from django.db import transaction

from audit.record import record
from progress.models import ReportingPeriod


def close_periods(on: date) -> int:
    """Mark every open period closed whose `closes_on` has passed; returns how many this call closed."""
    due = ReportingPeriod.objects.filter(state=ReportingPeriod.State.OPEN, closes_on__lt=on)
    return sum(_close(period) for period in due)


def _close(period: ReportingPeriod) -> bool:
    with transaction.atomic():
        rows = ReportingPeriod.objects.filter(pk=period.pk, state=ReportingPeriod.State.OPEN)
        if not rows.update(state=ReportingPeriod.State.CLOSED):
            return False
        record(
            "period.close",
            actor=None,
            target=period,
            jurisdiction_id=period.jurisdiction_id,
            before={"state": ReportingPeriod.State.OPEN},
            after={"state": ReportingPeriod.State.CLOSED},
        )
    return True
