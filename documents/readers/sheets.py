"""Sheets: Excel (.xlsx) and comma-separated text, one row a line."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from documents.readers.archives import open_archive
from documents.readers.original import RawLine, UnreadableFile, row
from documents.readers.plain import decode

CELL_LIMIT = 300_000
_TOO_MANY = "表格单元格过多。请只保留任务分工表后重新上传。"


def read_xlsx(data: bytes) -> list[RawLine]:
    """All visible sheets in order. Merged cells need the whole sheet, so its size is bounded before."""
    open_archive(data, "xl/workbook.xml").close()
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
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
        raise UnreadableFile("文件已损坏，无法打开。请用 Excel 或 WPS 重新保存后上传。") from error
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if sum(sheet.max_row * sheet.max_column for sheet in sheets) > CELL_LIMIT:
        raise UnreadableFile(_TOO_MANY)
    return [line for sheet in sheets for line in _lines(_filled(sheet))]


def _filled(sheet: Worksheet) -> list[list[str]]:
    """The texts of a sheet with merged cells repeated downwards."""
    grid = [[_shown(value) for value in values] for values in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        if merged.max_row > merged.min_row and merged.min_row <= len(grid):
            text = grid[merged.min_row - 1][merged.min_col - 1]
            for place in range(merged.min_row, min(merged.max_row, len(grid))):
                grid[place][merged.min_col - 1] = text
    return grid


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_csv(data: bytes) -> list[RawLine]:
    """Comma- or tab-separated text in any encoding that offices use."""
    text = decode(data)
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    try:
        grid = [
            [cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UnreadableFile("表格文件的格式有误。请用 Excel 或 WPS 另存为 .xlsx 格式后重新上传。") from error
    if sum(len(line) for line in grid) > CELL_LIMIT:
        raise UnreadableFile(_TOO_MANY)
    return list(_lines(grid))


def _lines(grid: Sequence[Sequence[str]]) -> Iterator[RawLine]:
    """A row with one filled cell is a title or a chapter, not a task."""
    for cells in grid:
        filled = [cell for cell in cells if cell]
        if len(filled) == 1:
            for piece in filled[0].split("\n"):
                yield RawLine(piece.strip())
        elif filled:
            yield row(cells)
