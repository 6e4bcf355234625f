"""移除佐证材料: marked, never deleted, so that what was handed in stays on record."""

from datetime import datetime

from django.db import transaction

from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.evidence.add import hold, note
from progress.evidence.permissions import remove_file
from progress.models import Evidence
from timekeeping.clock import day_of


def remove(evidence: Evidence, *, by: User, at: datetime) -> bool:
    """Take a file out of its report; False when it was out already (a second click). Raises Refused."""
    on = day_of(at)
    require(remove_file(by, evidence, on))
    report = evidence.report
    if report is None:  # refused above
        return False
    with transaction.atomic():
        person = afresh(by)
        evidence.report = held = hold(report)
        require(remove_file(person, evidence, on))
        there = Evidence.objects.present().filter(pk=evidence.pk)
        if not there.update(removed_by=by, removed_at=at):
            return False
        note("evidence.remove", evidence, held, by)
    return True
