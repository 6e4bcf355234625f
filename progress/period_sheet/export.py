"""导出填报表: the export leaves an entry in the trail."""

from __future__ import annotations

from django.db import transaction

from audit.record import record
from departments.models import User
from progress.period_sheet.desk import Desk
from progress.period_sheet.write import write_period_sheet
from progress.workflow import Who


def export_sheet(desk: Desk, *, by: User) -> bytes:
    """What a department owes as an .xlsx file that may come back filled in."""
    with transaction.atomic():
        record(
            "period.export_sheet",
            actor=by,
            target=desk.period,
            jurisdiction_id=desk.period.jurisdiction_id,
            after={"department": desk.department.name, "rows": len(desk.items)},
            stands_in_for=by.scope.stands_in_for(Who.REPORTER, desk.department.pk),
        )
    return write_period_sheet(desk)
