"""登记专项检查: an inspection of a ledger, before its findings; and correcting what was entered of it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.models import Inspection
from progress.moves import NotPossible
from progress.oversight.permissions import add_inspection as may_add
from progress.oversight.permissions import change_inspection
from progress.tables import Moved
from tasks.models import Ledger
from timekeeping.clock import day_of

_KNOWN = "这份台账已有同名的检查，请核对，或者换一个名称。"


def add_inspection(
    ledger: Ledger, *, name: str, inspected_on: date, note: str, by: User, at: datetime
) -> Inspection:
    """Enter an inspection. Raises Refused, NotPossible (a day that has not come, a name that is taken)."""
    require(may_add(by, ledger))
    _check(name, inspected_on, day_of(at))
    inspection = Inspection(
        ledger=ledger,
        jurisdiction_id=ledger.jurisdiction_id,
        name=name.strip(),
        inspected_on=inspected_on,
        note=note.strip(),
        entered_by=by,
        entered_at=at,
    )
    with transaction.atomic():
        require(may_add(afresh(by), ledger))
        try:
            with transaction.atomic():
                inspection.save(force_insert=True)
        except IntegrityError as refused:
            raise NotPossible(_KNOWN) from refused
        record(
            "inspection.add",
            actor=by,
            target=inspection,
            jurisdiction_id=inspection.jurisdiction_id,
            after=_told(inspection),
        )
    return inspection


def correct_inspection(
    inspection: Inspection,
    *,
    name: str,
    inspected_on: date,
    note: str,
    version: int,
    by: User,
    at: datetime,
) -> Inspection:
    """Put right what was entered of it. Raises Refused, Moved (stale `version`), NotPossible."""
    require(change_inspection(by, inspection))
    _check(name, inspected_on, day_of(at))
    changes = {"name": name.strip(), "inspected_on": inspected_on, "note": note.strip()}
    with transaction.atomic():
        require(change_inspection(afresh(by), inspection))
        rows = Inspection.objects.filter(pk=inspection.pk, version=version)
        try:
            with transaction.atomic():
                done = rows.update(**changes, version=version + 1)
        except IntegrityError as refused:
            raise NotPossible(_KNOWN) from refused
        if not done:
            raise Moved(Inspection.objects.select_related("ledger").get(pk=inspection.pk))
        corrected = Inspection.objects.get(pk=inspection.pk)
        record(
            "inspection.correct",
            actor=by,
            target=corrected,
            jurisdiction_id=corrected.jurisdiction_id,
            before=_told(inspection),
            after=_told(corrected),
        )
    return corrected


def why_not(inspected_on: date, on: date) -> str:
    """Why nothing can have been inspected on that day, or ""."""
    return "检查日期不能晚于今天。" if inspected_on > on else ""


def _check(name: str, inspected_on: date, on: date) -> None:
    if why := why_not(inspected_on, on):
        raise NotPossible(why)
    if not name.strip():
        raise NotPossible("请填写检查名称。")


def _told(inspection: Inspection) -> dict[str, str]:
    return {
        "name": inspection.name,
        "inspected_on": inspection.inspected_on.isoformat(),
        "note": inspection.note,
    }
