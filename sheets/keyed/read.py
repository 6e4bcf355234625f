"""Read a returned workbook: its key, its rows by heading, and what in its cells cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheets.archives import UnreadableFile
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
from sheets.keyed.form import CELL_LIMIT, HIDDEN, KEY, ROW_LIMIT, Column, Form, Kind, Value
from sheets.values import (
    DAY_EXPECTED,
    PERCENT_EXPECTED,
    NotADay,
    NotAPercent,
    read_day,
    read_percent,
    read_text,
)


@dataclass(frozen=True)
class KeyedRow:
    """One row that says anything; `values` by column name, `key` as it stands in the hidden column."""

    number: int
    key: str
    values: dict[str, Value]


@dataclass
class KeyedContent:
    """All of a returned workbook."""

    sheet: str
    key: str
    rows: list[KeyedRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_keyed(data: bytes, form: Form) -> KeyedContent:
    """The workbook's content; UnreadableFile, with a message for the person, when it is none of ours."""
    book = open_book(data, Limits(CELL_LIMIT, form.too_large))
    if HIDDEN not in book.sheetnames:
        raise UnreadableFile(form.not_ours)
    sheet, head = _table(book, form)
    standing = _standing(sheet, head, form)
    content = KeyedContent(sheet.title, read_text(book[HIDDEN].cell(1, 1).value))
    content.unread = unread(sheet, head, form.all_columns)
    content.errors = merged_under(sheet, head)
    for number in range(head + 1, sheet.max_row + 1):
        _read_row(sheet, number, standing, content)
    if len(content.rows) > ROW_LIMIT:
        raise UnreadableFile(form.too_large)
    return content


def _table(book: Workbook, form: Form) -> tuple[Worksheet, int]:
    """The sheet with the rows and the row of its heading; a renamed sheet is known by its headings."""
    ordered = sorted(book.worksheets, key=lambda one: one.title != form.name)
    for sheet, row, words in heading_rows(ordered):
        if {form.columns[0].heading, KEY.heading} <= words:
            return sheet, row
    raise UnreadableFile(form.not_ours)


def _standing(sheet: Worksheet, head: int, form: Form) -> dict[int, Column]:
    """Which column stands where; a missing one is refused."""
    standing = places(sheet, head, form.all_columns)
    found = set(standing.values())
    missing = [one.heading for one in form.columns if not one.optional and one not in found]
    if missing:
        raise UnreadableFile(
            f"缺少{'、'.join(f'“{one}”' for one in missing)}列。请恢复列名，或重新导出{form.name}。"
        )
    return standing


def _read_row(sheet: Worksheet, number: int, standing: dict[int, Column], content: KeyedContent) -> None:
    values: dict[str, Value] = {}
    errors = []
    for column, cell in _row_cells(sheet, number, standing):
        try:
            values[column.name] = _value(column, cell)
        except NotADay:
            errors.append(CellError(number, column.heading, read_text(cell.value), DAY_EXPECTED))
        except NotAPercent as wrong:
            errors.append(CellError(number, column.heading, str(wrong), PERCENT_EXPECTED))
        except _NoValue:
            errors.append(CellError(number, column.heading, str(cell.value), NO_FORMULA))
    if any(value not in ("", None) for value in values.values()) or errors:
        key = str(values.pop(KEY.name, "") or "")
        content.rows.append(KeyedRow(number, key, values))
        content.errors += errors


class _NoValue(ValueError):
    """A formula or an error value: what it stands for is not in the file, or not to be trusted."""


def _row_cells(
    sheet: Worksheet, number: int, standing: dict[int, Column]
) -> Iterator[tuple[Column, AnyCell]]:
    for index, column in standing.items():
        yield column, sheet.cell(number, index)


def _value(column: Column, cell: AnyCell) -> Value:
    if has_no_value(cell):
        if column.optional:
            return ""
        raise NotADay if column.kind is Kind.DAY and cell.data_type == "e" else _NoValue
    if column.kind is Kind.PERCENT:
        return read_percent(cell.value, cell.number_format)
    return read_day(cell.value) if column.kind is Kind.DAY else read_text(cell.value)
