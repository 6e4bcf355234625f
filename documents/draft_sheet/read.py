"""Read a returned 核对表: its key, its rows by heading, and what in its cells cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.draft_sheet.columns import COLUMNS, HIDDEN, KEY, REF, SHEET, Column, Kind, Value
from documents.readers import UnreadableFile
from sheets.books import (
    NO_FORMULA,
    CellError,
    Limits,
    has_no_value,
    heading_rows,
    merged_under,
    open_book,
    places,
    unread,
)
from sheets.cells import AnyCell
from sheets.values import DAY_EXPECTED, NotADay, read_day, read_text

ROW_LIMIT = 2_000
NOT_OURS = "这不是本系统导出的核对表，或者系统标识已被删除。请重新导出核对表，在导出的表上修改后上传。"
_TOO_LARGE = f"表格过大。请只保留导出的核对表，不超过{ROW_LIMIT}行，然后重新上传。"
_LIMITS = Limits(300_000, _TOO_LARGE)


@dataclass(frozen=True)
class SheetRow:
    """One row that says anything; `values` by column name, `key` as it stands in the hidden column."""

    number: int
    key: str
    values: dict[str, Value]


@dataclass
class SheetContent:
    """All of a returned workbook."""

    sheet: str
    key: str
    rows: list[SheetRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_draft_sheet(data: bytes) -> SheetContent:
    """The workbook's content; UnreadableFile, with a message for the person, when it is none of ours."""
    book = open_book(data, _LIMITS)
    if HIDDEN not in book.sheetnames:
        raise UnreadableFile(NOT_OURS)
    key = read_text(book[HIDDEN].cell(1, 1).value)
    sheet, head = _table(book)
    standing = _standing(sheet, head)
    content = SheetContent(sheet.title, key)
    content.unread = unread(sheet, head, COLUMNS)
    content.errors = merged_under(sheet, head)
    for number in range(head + 1, sheet.max_row + 1):
        _read_row(sheet, number, standing, content)
    if len(content.rows) > ROW_LIMIT:
        raise UnreadableFile(_TOO_LARGE)
    return content


def _table(book: Workbook) -> tuple[Worksheet, int]:
    """The sheet with the rows and the row of its heading; a renamed sheet is known by its headings."""
    ordered = sorted(book.worksheets, key=lambda one: one.title != SHEET)
    for sheet, row, words in heading_rows(ordered):
        if {REF.heading, KEY.heading} <= words:
            return sheet, row
    raise UnreadableFile(NOT_OURS)


def _standing(sheet: Worksheet, head: int) -> dict[str, int]:
    """Where each column stands; a missing one is refused."""
    standing = {column.name: index for index, column in places(sheet, head, COLUMNS).items()}
    missing = [one.heading for one in COLUMNS if not one.optional and one.name not in standing]
    if missing:
        raise UnreadableFile(
            f"缺少{'、'.join(f'“{one}”' for one in missing)}列。请恢复列名，或重新导出核对表。"
        )
    return standing


def _read_row(sheet: Worksheet, number: int, standing: dict[str, int], content: SheetContent) -> None:
    values: dict[str, Value] = {}
    errors = []
    for column, value in _row_cells(sheet, number, standing):
        try:
            values[column.name] = _value(column, value)
        except NotADay:
            errors.append(CellError(number, column.heading, read_text(value.value), DAY_EXPECTED))
        except _NoValue:
            errors.append(CellError(number, column.heading, str(value.value), NO_FORMULA))
    if any(values.values()) or errors:
        key = str(values.pop(KEY.name, "") or "")
        content.rows.append(SheetRow(number, key, values))
        content.errors += errors


class _NoValue(ValueError):
    """A formula or an error value: what it stands for is not in the file, or not to be trusted."""


def _row_cells(sheet: Worksheet, number: int, standing: dict[str, int]) -> Iterator[tuple[Column, AnyCell]]:
    for column in COLUMNS:
        if column.name in standing:
            yield column, sheet.cell(number, standing[column.name])


def _value(column: Column, cell: AnyCell) -> Value:
    if has_no_value(cell):
        if column.optional:
            return ""
        raise NotADay if column.kind is Kind.DAY and cell.data_type == "e" else _NoValue
    return read_day(cell.value) if column.kind is Kind.DAY else read_text(cell.value)
