"""Workbooks that people send: opened within limits, their headings found, their cells told.

The one place that opens a workbook. Whatever is wrong with the file is an UnreadableFile with a sentence for the
person; what is wrong in a cell is a CellError that names the place and says what is expected there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from sheets.archives import UnreadableFile, open_archive
from sheets.cells import AnyCell
from sheets.values import read_text

HEAD_ROWS = 10  # where the heading is looked for: somebody may have put a title above it
UNPACKED = 8 * 1024 * 1024  # a table of ours has about one megabyte
NO_FORMULA = "请改为直接填写内容，不用公式。"
_BROKEN = "文件已损坏，无法打开。请用 Excel 或 WPS 重新保存后上传。"
_WHAT_A_BROKEN_PART_TRIGGERS = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    etree.LxmlError,
    SyntaxError,
)


@dataclass(frozen=True)
class CellError:
    """A cell that cannot be taken: where it stands, what it holds, what is expected."""

    row: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True)
class Limits:
    """How large a table may be: bytes unpacked, cells of all sheets, and the sentence that refuses more."""

    cells: int
    refusal: str
    unpacked: int = UNPACKED


class Headed(Protocol):
    """A column as somebody declares it."""

    @property
    def heading(self) -> str:
        """What stands above it."""


C = TypeVar("C", bound=Headed)


def open_book(data: bytes, limits: Limits | None = None, *, calculated: bool = False) -> Workbook:
    """The workbook in these bytes, measured before it is read; `calculated` takes results instead of formulas."""
    with open_archive(data, "xl/workbook.xml") as archive:
        if limits and sum(member.file_size for member in archive.infolist()) > limits.unpacked:
            raise UnreadableFile(limits.refusal)
    try:
        book = load_workbook(io.BytesIO(data), data_only=calculated, keep_links=False)
    except _WHAT_A_BROKEN_PART_TRIGGERS as error:
        raise UnreadableFile(_BROKEN) from error
    if limits and sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > limits.cells:
        raise UnreadableFile(limits.refusal)
    return book


def heading_rows(sheets: Sequence[Worksheet]) -> Iterator[tuple[Worksheet, int, set[str]]]:
    """The rows that may be a heading, sheet by sheet, with their words."""
    for sheet in sheets:
        for row in range(1, min(sheet.max_row, HEAD_ROWS) + 1):
            yield sheet, row, set(headings(sheet, row))


def headings(sheet: Worksheet, row: int) -> list[str]:
    """The words of a row, without blanks."""
    return [word for index in range(1, sheet.max_column + 1) if (word := _heading(sheet, row, index))]


def places(sheet: Worksheet, head: int, columns: Sequence[C]) -> dict[int, C]:
    """Which column stands where, whatever their order; a doubled one is refused."""
    known: Mapping[str, C] = {one.heading: one for one in columns}
    found: dict[int, C] = {}
    for index in range(1, sheet.max_column + 1):
        column = known.get(_heading(sheet, head, index))
        if column and column in found.values():
            raise UnreadableFile(f"“{column.heading}”列出现了两次。请删去多余的一列后重新上传。")
        if column:
            found[index] = column
    return found


def unread(sheet: Worksheet, head: int, columns: Sequence[Headed]) -> list[str]:
    """Headings that nobody declared."""
    known = {one.heading for one in columns}
    return [word for word in headings(sheet, head) if word not in known]


def merged_under(sheet: Worksheet, head: int) -> list[CellError]:
    """Merged cells under the heading: nobody can say to which row they belong."""
    return [
        CellError(one.min_row, str(one), "合并单元格", "请取消合并，逐格填写。")
        for one in sheet.merged_cells.ranges
        if one.max_row > head
    ]


def has_no_value(cell: AnyCell) -> bool:
    """A formula or an error value: what it stands for is not in the file, or not to be trusted."""
    return cell.data_type in ("f", "e")


def _heading(sheet: Worksheet, row: int, index: int) -> str:
    return "".join(read_text(sheet.cell(row, index).value).split())
