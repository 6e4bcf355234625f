"""What a returned workbook changes in the reports, with all its errors; nothing is written yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from progress.content import Faults, ReportContent, find_faults
from progress.models import ProgressReport, Revision
from progress.period_sheet.columns import (
    CHOICES,
    EDITABLE,
    FORM,
    HEADINGS,
    REF,
    cells_of,
    fields_of,
    fingerprint,
    plain,
)
from progress.period_sheet.desk import Desk, Item
from progress.period_sheet.keys import RowKey, read_row_key
from sheets.books import CellError
from sheets.keyed.read import KeyedContent, KeyedRow
from sheets.keyed.rows import BadCells, Claims, refuse_cut

_NO_NEW_ROWS = "表中不能新增任务，请清空或删去这一行。"
_RESTORE = "请恢复这一行原来的内容，或者删去这一行。"
_MOVED = (
    "导出以后这项任务的报告又有改动，没有导入。请重新导出填报表，把这一行的改动抄入后上传；"
    "不需要改这一项的，删去这一行。"
)
_NOT_OWED = "这项任务已不由本单位报送。请删去这一行。"
_IN_BROWSER = "请在“报送”页填写。"


@dataclass(frozen=True)
class Entry:
    """A report that the workbook would write: the fields that differ from what is stored, by the names of the content.

    Without any it is a draft that is only handed in.
    """

    report: int
    version: int
    row: int
    fields: dict[str, Any]

    def content(self, item: Item) -> ReportContent:
        """What the report would say; what stayed in the workbook, or has no column there, stays to the letter."""
        return replace(item.content, **self.fields)


@dataclass
class _Found:
    errors: list[CellError]
    on: date
    own: set[tuple[int, int]]  # reports in those versions that this workbook itself made
    claims: Claims = field(default_factory=lambda: Claims(FORM, _NO_NEW_ROWS))
    entries: list[Entry] = field(default_factory=list)


def came_by(number: str) -> str:
    """How the history of a report names the workbook that it was filled in with."""
    return f"离线填报，表号{number}"


def find_entries(desk: Desk, content: KeyedContent, number: str) -> tuple[list[Entry], list[CellError]]:
    """The reports to write and the errors; with any error nothing may be written."""
    found = _Found([*content.errors], desk.on, _written_by(desk, number))
    unreadable = {error.row for error in content.errors}
    for row in content.rows:
        try:
            _take(desk, found, row, readable=row.number not in unreadable)
        except BadCells as bad:
            found.errors += bad.errors(row, FORM)
    found.errors.sort(key=lambda error: error.row)
    return found.entries, found.errors


def faults_of(entry: Entry, item: Item, faults: Faults) -> Iterator[CellError]:
    """What keeps an entry from being handed in, cell by cell."""
    content = entry.content(item)
    shown = plain(cells_of(content))
    for name, sentences in faults.items():
        column = HEADINGS.get(name, REF.heading)
        way = "" if name in HEADINGS else _IN_BROWSER
        yield CellError(entry.row, column, shown.get(name, item.ref), f"{''.join(sentences)}{way}")


def _take(desk: Desk, found: _Found, row: KeyedRow, *, readable: bool) -> None:
    if not row.key and not _says_anything(row):
        return
    key = read_row_key(desk, row.key)
    if key is None:
        raise found.claims.foreign()
    item = desk.items.get(key.report)
    if item is None:
        raise BadCells((REF.name, _NOT_OWED))
    found.claims.claim(row, key.report, item.ref)
    if readable:
        _compare(found, row, key, item)
    else:
        fields_of(row.values)  # words that cannot be taken are told together with what cannot be read


def _compare(found: _Found, row: KeyedRow, key: RowKey, item: Item) -> None:
    differing = _differing(item, row) if fingerprint(row.values) != key.fingerprint else []
    if differing:
        _refuse(found, item, key, differing)
    if differing or _may_follow(found, item, row):
        fields = {name: value for name, value in fields_of(row.values).items() if name in differing}
        found.entries.append(Entry(key.report, item.report.version, row.number, fields))


def _says_anything(row: KeyedRow) -> bool:
    """Whether a row without a key is more than lists filled down by a drag of the mouse."""
    return any(value not in ("", None) for name, value in row.values.items() if name not in CHOICES)


def _differing(item: Item, row: KeyedRow) -> list[str]:
    """The columns that say something else than what is stored by now."""
    stored, given = plain(item.cells), plain(row.values)
    return [one.name for one in EDITABLE if stored[one.name] != given[one.name]]


def _refuse(found: _Found, item: Item, key: RowKey, differing: list[str]) -> None:
    if item.lock:
        raise BadCells((differing[0], f"{item.lock}{_RESTORE}"))
    since = range(key.version + 1, item.report.version + 1)
    if any((key.report, version) not in found.own for version in since):
        raise BadCells((differing[0], _MOVED))
    refuse_cut({name: str(item.cells[name] or "") for name in differing})


def _written_by(desk: Desk, number: str) -> set[tuple[int, int]]:
    """What an earlier upload of the same workbook wrote: filled in further, it is no conflict with itself."""
    rows = Revision.objects.filter(report__in=desk.items, note=came_by(number))
    return set(rows.order_by().values_list("report", "version"))


def _may_follow(found: _Found, item: Item, row: KeyedRow) -> bool:
    """Whether a report that the row shows as it is stored may be handed in along with what was changed.

    It is a complete draft, or was revised by this workbook after it had been returned.
    """
    report = item.report
    begun = report.state == ProgressReport.State.DRAFT or (report.pk, report.version) in found.own
    return (
        begun
        and not item.lock
        and not _differing(item, row)
        and not find_faults(item.content, item.last, found.on)
    )
