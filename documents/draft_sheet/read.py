"""Read a returned 核对表: its key, its rows by heading, and what in its cells cannot be taken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from documents.draft_sheet.columns import COLUMNS, HIDDEN, KEY, REF, SHEET, Column, Kind, Value
from documents.readers import UnreadableFile
from sheets.archives import open_archive
from sheets.cells import AnyCell
from sheets.values import DAY_EXPECTED, NotADay, read_day, read_text

MEMBER_BYTES = 8 * 1024 * 1024  # unpacked; a workbook of ours has about one megabyte
ROW_LIMIT = 2_000
CELL_LIMIT = 300_000
HEAD_ROWS = 10  # where the heading is looked for: somebody may have put a title above it
NOT_OURS = "这不是本系统导出的核对表，或者系统标识已被删除。请重新导出核对表，在导出的表上修改后上传。"
_BROKEN = "文件已损坏，无法打开。请用 Excel 或 WPS 重新保存后上传。"
_TOO_LARGE = f"表格过大。请只保留导出的核对表，不超过{ROW_LIMIT}行，然后重新上传。"


@dataclass(frozen=True)
class CellError:
    """A cell that cannot be taken: where it stands, what it holds, what is expected."""

    row: int
    column: str
    value: str
    expected: str


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
    book = _open(data)
    if HIDDEN not in book.sheetnames:
        raise UnreadableFile(NOT_OURS)
    key = read_text(_cell(book[HIDDEN], 1, 1))
    sheet, head = _table(book)
    places = _places(sheet, head)
    content = SheetContent(sheet.title, key)
    content.unread = [words for words in _headings(sheet, head) if words not in _BY_HEADING]
    content.errors += [
        CellError(merged.min_row, str(merged), "合并单元格", "请取消合并，逐格填写。")
        for merged in sheet.merged_cells.ranges
        if merged.max_row > head
    ]
    for number in range(head + 1, sheet.max_row + 1):
        _read_row(sheet, number, places, content)
    if len(content.rows) > ROW_LIMIT:
        raise UnreadableFile(_TOO_LARGE)
    return content


_BY_HEADING = {column.heading: column for column in COLUMNS}


def _open(data: bytes) -> Workbook:
    with open_archive(data, "xl/workbook.xml") as archive:
        if sum(member.file_size for member in archive.infolist()) > MEMBER_BYTES:
            raise UnreadableFile(_TOO_LARGE)
    try:
        book = load_workbook(io.BytesIO(data), keep_links=False)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        etree.LxmlError,
        SyntaxError,
    ) as error:
        # openpyxl raises what the broken part happens to trigger
        raise UnreadableFile(_BROKEN) from error
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > CELL_LIMIT:
        raise UnreadableFile(_TOO_LARGE)
    return book


def _table(book: Workbook) -> tuple[Worksheet, int]:
    """The sheet with the rows and the row of its heading; a renamed sheet is known by its headings."""
    sheets = sorted(book.worksheets, key=lambda one: one.title != SHEET)
    for sheet in sheets:
        for row in range(1, min(sheet.max_row, HEAD_ROWS) + 1):
            if {REF.heading, KEY.heading} <= set(_headings(sheet, row)):
                return sheet, row
    raise UnreadableFile(NOT_OURS)


def _headings(sheet: Worksheet, row: int) -> list[str]:
    words = [_heading(sheet, row, index) for index in range(1, sheet.max_column + 1)]
    return [word for word in words if word]


def _heading(sheet: Worksheet, row: int, index: int) -> str:
    return "".join(read_text(_cell(sheet, row, index)).split())


def _places(sheet: Worksheet, head: int) -> dict[str, int]:
    """Where each column stands, whatever their order; a missing or doubled one is refused."""
    places: dict[str, int] = {}
    for index in range(1, sheet.max_column + 1):
        words = _heading(sheet, head, index)
        column = _BY_HEADING.get(words)
        if column and column.name in places:
            raise UnreadableFile(f"“{words}”列出现了两次。请删去多余的一列后重新上传。")
        if column:
            places[column.name] = index
    missing = [one.heading for one in COLUMNS if not one.optional and one.name not in places]
    if missing:
        raise UnreadableFile(
            f"缺少{'、'.join(f'“{one}”' for one in missing)}列。请恢复列名，或重新导出核对表。"
        )
    return places


def _read_row(sheet: Worksheet, number: int, places: dict[str, int], content: SheetContent) -> None:
    values: dict[str, Value] = {}
    errors = []
    for column, value in _row_cells(sheet, number, places):
        try:
            values[column.name] = _value(column, value)
        except NotADay:
            errors.append(CellError(number, column.heading, read_text(value.value), DAY_EXPECTED))
        except _NoValue:
            expected = "请改为直接填写内容，不用公式。"
            errors.append(CellError(number, column.heading, str(value.value), expected))
    if any(values.values()) or errors:
        key = str(values.pop(KEY.name, "") or "")
        content.rows.append(SheetRow(number, key, values))
        content.errors += errors


class _NoValue(ValueError):
    """A formula or an error value: what it stands for is not in the file, or not to be trusted."""


def _row_cells(sheet: Worksheet, number: int, places: dict[str, int]) -> Iterator[tuple[Column, AnyCell]]:
    for column in COLUMNS:
        if column.name in places:
            yield column, sheet.cell(number, places[column.name])


def _value(column: Column, cell: AnyCell) -> Value:
    if cell.data_type in ("f", "e"):
        if column.optional:
            return ""
        raise NotADay if column.kind is Kind.DAY and cell.data_type == "e" else _NoValue
    return read_day(cell.value) if column.kind is Kind.DAY else read_text(cell.value)


def _cell(sheet: Worksheet, row: int, index: int) -> object:
    return sheet.cell(row, index).value
