"""Taking a returned workbook in: read, held against its origin, compared; nothing is written yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from progress.content import find_faults
from progress.period_sheet.changes import Entry, faults_of, find_entries
from progress.period_sheet.columns import EDITABLE, FORM, cells_of
from progress.period_sheet.desk import Desk, Item
from progress.period_sheet.keys import read_book_key
from sheets.archives import UnreadableFile
from sheets.books import CellError
from sheets.keyed.compare import TaskDifference, compare
from sheets.keyed.form import Column, Value
from sheets.keyed.read import read_keyed

_ANOTHER_PERIOD = "这份填报表是另一个报送期的，没有导入。请选择从本页下载的填报表。"
_ANOTHER_DEPARTMENT = "这份填报表是另一个单位的，没有导入。请选择从本页下载的填报表。"


@dataclass(frozen=True)
class Intake:
    """What a workbook would write, or why it cannot.

    `faults` keep its reports from being handed in, not from being kept as drafts; `unread` are headings that
    the system does not know.
    """

    sheet: str
    number: str
    entries: tuple[Entry, ...]
    errors: tuple[CellError, ...]
    faults: tuple[CellError, ...]
    unread: tuple[str, ...]

    @property
    def changed(self) -> list[Entry]:
        """Those whose text is another."""
        return [entry for entry in self.entries if entry.fields]

    @property
    def drafts(self) -> list[Entry]:
        """Those that stay as they are and could be handed in along with the others."""
        return [entry for entry in self.entries if not entry.fields]


def look_at(desk: Desk, data: bytes) -> Intake:
    """Read a workbook against the reports. Raises UnreadableFile with a message for the person."""
    content = read_keyed(data, FORM)
    key = read_book_key(content.key)
    if key is None:
        raise UnreadableFile(FORM.not_ours)
    if key.period != desk.period.pk:
        raise UnreadableFile(_ANOTHER_PERIOD)
    if key.department != desk.department.pk:
        raise UnreadableFile(_ANOTHER_DEPARTMENT)
    entries, errors = find_entries(desk, content, key.number)
    faults = [fault for entry in entries for fault in _faults(desk, entry)]
    return Intake(
        content.sheet, key.number, tuple(entries), tuple(errors), tuple(faults), tuple(content.unread)
    )


def _faults(desk: Desk, entry: Entry) -> Iterator[CellError]:
    item = desk.items[entry.report]
    return faults_of(entry, item, find_faults(entry.content(item), item.last, desk.on))


def differences(desk: Desk, entries: list[Entry]) -> list[TaskDifference]:
    """Each report with its changed cells, before and after."""
    return [_difference(desk.items[entry.report], entry) for entry in entries]


def named(desk: Desk, entries: list[Entry]) -> list[str]:
    """The tasks of these entries, in the order of the workbook."""
    return [str(desk.items[entry.report].report.task) for entry in entries]


def _difference(item: Item, entry: Entry) -> TaskDifference:
    old, new = item.cells, cells_of(entry.content(item))
    cells = tuple(
        compare(column.heading, _words(column, old[column.name]), _words(column, new[column.name]))
        for column in EDITABLE
        if column.name in entry.fields
    )
    return TaskDifference(item.ref, item.report.task.title, cells)


def _words(column: Column, value: Value) -> str:
    if value is None:
        return ""
    return f"{value}%" if column.name == "said_percent" else str(value)
