"""Plain tables as .xlsx: columns declared once for both directions, a heading row, text in every cell.

What is read comes back as text by column and row number; what cannot be taken is told by cell. Sheets with a
key of their own (the 核对表) have readers of their own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
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
from sheets.cells import BODY, BORDER, LINE, STRONG, put_text, row_height
from sheets.paper import set_paper
from sheets.values import read_text

ROW_LIMIT = 2_000
SPARE = 50  # empty rows ready for typing, with their choices
_HEAD = PatternFill("solid", fgColor="FFE8EDF3")
_TOO_LARGE = f"表格过大。请分成几份，每份不超过{ROW_LIMIT}行，然后重新上传。"
_LIMITS = Limits(200_000, _TOO_LARGE)


@dataclass(frozen=True)
class Column:
    """One column: its name in code, its heading, its width, whether a table without it can be taken."""

    name: str
    heading: str
    width: float = 16
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row that says anything, with its number in the sheet."""

    number: int
    values: dict[str, str]


@dataclass
class Table:
    """What was read: rows, cells that cannot be taken, headings that nobody knows."""

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    sheet: str = ""  # the name of the sheet that was read


def write_table(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    *,
    spare: int = SPARE,
    head: str = "",
) -> bytes:
    """A workbook with one sheet; every value is text and stays text; `spare` rows are ready for typing.

    It prints one page wide, with `head` on top of every page.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    book.properties.creator = "医改任务台账"
    _write_head(sheet, columns)
    last = 1
    for last, values in enumerate([*rows, *({} for _ in range(spare))], start=2):
        _write_row(sheet, last, columns, values)
    _offer(sheet, columns, last)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    set_paper(sheet, head)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read_table(data: bytes, columns: Sequence[Column]) -> Table:
    """The rows under the headings; UnreadableFile, with a sentence for the person, when it is no such table."""
    sheet, head = _find(open_book(data, _LIMITS), columns)
    standing = places(sheet, head, columns)
    table = Table(errors=merged_under(sheet, head), unread=unread(sheet, head, columns), sheet=sheet.title)
    for number in range(head + 1, sheet.max_row + 1):
        _read_row(sheet, number, standing, table)
    if len(table.rows) > ROW_LIMIT:
        raise UnreadableFile(_TOO_LARGE)
    return table


def _find(book: Workbook, columns: Sequence[Column]) -> tuple[Worksheet, int]:
    """The sheet and the row of the headings: the first with all that are required, else what is missing."""
    required = {one.heading for one in columns if one.required}
    best: set[str] = set()
    for sheet, row, words in heading_rows(book.worksheets):
        if required <= words:
            return sheet, row
        best = max(best, required & words, key=len)
    missing = [one.heading for one in columns if one.required and one.heading not in best]
    raise UnreadableFile(
        f"没有找到{'、'.join(f'“{one}”' for one in missing)}列。请使用导出的表格填写，不要改动列名。"
    )


def _read_row(sheet: Worksheet, number: int, standing: Mapping[int, Column], table: Table) -> None:
    values, errors = {}, []
    for index, column in standing.items():
        cell = sheet.cell(number, index)
        if has_no_value(cell):
            errors.append(CellError(number, column.heading, str(cell.value), NO_FORMULA))
        else:
            values[column.name] = read_text(cell.value)
    if any(values.values()) or errors:
        table.rows.append(Row(number, {one.name: values.get(one.name, "") for one in standing.values()}))
        table.errors += errors


def _write_head(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(1, index)
        put_text(cell, column.heading)
        cell.font, cell.fill, cell.border = STRONG, _HEAD, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[1].height = 2 * LINE


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], values: Mapping[str, str]) -> None:
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(row, index)
        put_text(cell, values.get(column.name, ""))
        cell.font, cell.border = BODY, BORDER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.number_format = "@"  # what is typed in stays as written, = starts no formula
    texts = [(values.get(column.name, ""), column.width) for column in columns]
    sheet.row_dimensions[row].height = row_height(texts)


def _offer(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    """Drop-downs for short lists; the file format takes 255 characters of them."""
    for index, column in enumerate(columns, start=1):
        listed = ",".join(column.choices)
        if listed and len(listed) <= 250:
            rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            sheet.add_data_validation(rule)
            rule.add(f"{get_column_letter(index)}2:{get_column_letter(index)}{last}")
