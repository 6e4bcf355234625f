"""台账 as a workbook, from the same rows as the page; every export leaves an entry in the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from audit.record import record
from departments.models import User
from progress.models import ProgressReport, ReportingPeriod
from progress.querysets import ReportQuerySet
from progress.standing import Voice, mean_percent
from reports.ledger_page import by_section
from reports.periods import short_name
from reports.rows import Party, TaskRow, is_accepted, is_filed, reports_by_task
from reports.workbook import (
    DEFAULT_COLUMNS,
    MEETING_COLUMNS,
    LedgerSheet,
    SheetRow,
    SheetSection,
    write_ledger,
)
from tasks.models import Ledger

_PRINTED = (ProgressReport.State.SIGNED, ProgressReport.State.ACCEPTED)
# Beside the full set, which is for working with: few columns that can be read from a table in a meeting.
COLUMN_SETS = {"meeting": MEETING_COLUMNS}
NOT_CONFIRMED = "（待审核）"


@transaction.atomic
def export_ledger(
    ledger: Ledger,
    rows: Sequence[TaskRow],
    *,
    period: ReportingPeriod | None,
    on: date,
    texts: ReportQuerySet,
    by: User | None,
    columns: str = "",
) -> bytes:
    """The .xlsx of `rows`; `texts` are the reports whose words the reader may see.

    `columns` names a set of COLUMN_SETS; any other text means the full one.

    A report's words are printed once its department has handed it to the office; those not confirmed yet
    are marked. Writes an audit entry ("ledger.export").
    """
    found = reports_by_task([row.task for row in rows], period, texts)
    sheet = ledger_sheet(ledger, rows, period=period, on=on, reports=found)
    sheet = replace(sheet, columns=COLUMN_SETS.get(columns, DEFAULT_COLUMNS))
    record(
        "ledger.export",
        actor=by,
        target=ledger,
        jurisdiction_id=ledger.jurisdiction_id,
        after={"on": on.isoformat(), "tasks": len(rows), "period": str(period or "")},
    )
    return write_ledger(sheet)


def ledger_sheet(
    ledger: Ledger,
    rows: Sequence[TaskRow],
    *,
    period: ReportingPeriod | None,
    on: date,
    reports: Mapping[int, Sequence[ProgressReport]],
) -> LedgerSheet:
    """The rows as the workbook's plain data; `reports` are the readable reports by task."""
    number = ledger.document.number if ledger.document else ""
    sections = tuple(
        SheetSection(
            str(group.section),
            tuple(sheet_row(row, number, reports.get(row.task.pk, ())) for row in group.rows),
        )
        for group in by_section(rows)
    )
    about = short_name(period) + "进展" if period else "尚未开启报送期"
    return LedgerSheet(f"{ledger.name}台账", f"{ledger.jurisdiction.name}　{about}", on, sections)


def sheet_row(row: TaskRow, paper: str, reports: Iterable[ProgressReport] = ()) -> SheetRow:
    """One task as a row of the workbook; `paper` is the number of the document behind the ledger."""
    task, standing = row.task, row.standing
    printed = [one for one in reports if one.state in _PRINTED and is_filed(one, row.on)]
    return SheetRow(
        number=row.number,
        ref=task.ref,
        basis=f"{paper}{row.number}" if paper else "",
        title=task.title,
        body=task.body,
        leads=_names(row.leads),
        responsible=_names(row.responsible),
        participants=_names(row.participants),
        contact="；".join(one.contact for one in row.leads if one.contact),
        original_due_on=task.original_due_on,
        due_on=task.due_on,
        due_text=task.due_text or task.get_due_kind_display(),
        progress=_gather(printed, _progress_text, row.on),
        said_percent=_said(printed),
        confirmed_percent=standing.percent,
        light_word=standing.light.word,
        light_colour=standing.light.colour,
        light_reasons=standing.light.reasons,
        problems=_gather(printed, lambda one: one.problems_with_cause, row.on),
        next_steps=_gather(printed, lambda one: one.next_steps_with_remedy, row.on),
        review_note=_gather([one for one in printed if is_accepted(one, row.on)], _note, row.on),
    )


def _names(parties: Iterable[Party]) -> str:
    return "、".join(one.name for one in parties)


def _progress_text(report: ProgressReport) -> str:
    return report.text or (f"无变化：{report.no_change_reason}" if report.no_change else "")


def _note(report: ProgressReport) -> str:
    return report.review_note


def _gather(reports: Sequence[ProgressReport], read: Callable[[ProgressReport], str], on: date) -> str:
    """The words of several departments under their names; one department's stand alone."""
    parts = []
    for report in reports:
        text = read(report)
        if not text:
            continue
        name = f"{report.department.short_name}：" if len(reports) > 1 else ""
        parts.append(f"{name}{text}{'' if is_accepted(report, on) else NOT_CONFIRMED}")
    return "\n".join(parts)


def _said(reports: Iterable[ProgressReport]) -> Decimal | None:
    """What the departments say of themselves, several as their mean by the rule of the confirmed percent."""
    return mean_percent(Voice(one.department_name, one.group_name, one.said_percent) for one in reports)
