"""导入填报表: write the confirmed rows into the reports, as drafts or handed in, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import report_for, require
from progress.models import ProgressReport
from progress.moves import Conflict, NotPossible
from progress.period_sheet.changes import Entry, came_by, faults_of
from progress.period_sheet.columns import REF
from progress.period_sheet.desk import Desk
from progress.save import save
from progress.submit import Incomplete, submit
from progress.workflow import Act, Who
from sheets.books import CellError

_MOVED = "上传以后这项任务的报告又有改动。请重新导出填报表，把这一行的改动抄入后上传。"
_ACTS = {Act.SAVE: save, Act.SUBMIT: submit}


class NotTaken(Exception):
    """Nothing was written; `errors` say why, row by row."""

    def __init__(self, errors: list[CellError]) -> None:
        super().__init__("；".join(error.expected for error in errors))
        self.errors = errors


def import_sheet(
    desk: Desk, entries: Sequence[Entry], *, number: str, act: Act, by: User, at: datetime
) -> list[ProgressReport]:
    """Save or submit what was seen and confirmed of the workbook `number`; each report by its own act, the workbook with one entry more.

    Raises Refused, and NotTaken with the reasons of all rows that cannot be written.
    """
    written: list[ProgressReport] = []
    errors: list[CellError] = []
    with transaction.atomic():
        require(report_for(afresh(by), desk.department))
        for entry in entries:
            try:
                written.append(_write(desk, entry, act, by=by, at=at, note=came_by(number)))
            except (Conflict, NotPossible, Incomplete) as refused:
                errors += _reasons(desk, entry, refused)
        if errors:
            raise NotTaken(errors)
        _enter(desk, written, act, by, came_by(number))
    return written


def _write(desk: Desk, entry: Entry, act: Act, *, by: User, at: datetime, note: str) -> ProgressReport:
    item = desk.items[entry.report]
    return _ACTS[act](
        item.report, content=entry.content(item), version=entry.version, by=by, at=at, note=note
    )


def _reasons(desk: Desk, entry: Entry, refused: Conflict | NotPossible | Incomplete) -> list[CellError]:
    item = desk.items[entry.report]
    if isinstance(refused, Incomplete):
        return list(faults_of(entry, item, refused.faults))
    reason = refused.reason if isinstance(refused, NotPossible) else _MOVED
    return [CellError(entry.row, REF.heading, item.ref, reason)]


def _enter(desk: Desk, written: list[ProgressReport], act: Act, by: User, note: str) -> None:
    named = "submitted" if act is Act.SUBMIT else "saved"
    record(
        "period.import_sheet",
        actor=by,
        target=desk.period,
        jurisdiction_id=desk.period.jurisdiction_id,
        after={"department": desk.department.name, named: [report.task.ref for report in written]},
        reason=note,
        stands_in_for=by.scope.stands_in_for(Who.REPORTER, desk.department.pk),
    )
