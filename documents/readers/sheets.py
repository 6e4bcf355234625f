"""Sheets: Excel (.xlsx) and comma-separated text, one row a line."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from documents.readers.original import RawLine, UnreadableFile, bounded, row
from documents.readers.plain import decode
from sheets.books import open_book

CELL_LIMIT = 300_000
_TOO_MANY = "表格单元格过多。请只保留任务分工表后重新上传。"


def read_xlsx(data: bytes) -> list[RawLine]:
    """All visible sheets in order. Merged cells need the whole sheet, so its size is bounded before."""
    book = open_book(data, calculated=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return bounded(line for sheet in sheets for line in _lines(_filled(sheet)))


def _filled(sheet: Worksheet) -> list[list[str]]:
    """The texts of a sheet with merged cells repeated downwards.

    A sheet that was formatted down to its last row has a million rows and few texts: only these count.
    """
    # the only way to the cells that exist; iter_rows would make all others up to the last row
    texts = {
        place: text
        for place, cell in sheet._cells.items()
        if (text := _shown(cell.value, cell.number_format))
    }
    for merged in sheet.merged_cells.ranges:
        text = texts.get((merged.min_row, merged.min_col), "")
        for place in range(merged.min_row + 1, merged.max_row + 1) if text else ():
            texts[place, merged.min_col] = text
            if len(texts) > CELL_LIMIT:
                raise UnreadableFile(_TOO_MANY)
    rows = sorted({line for line, _ in texts})
    width = max((column for _, column in texts), default=0)
    if len(rows) * width > CELL_LIMIT:
        raise UnreadableFile(_TOO_MANY)
    return [[texts.get((line, column), "") for column in range(1, width + 1)] for line in rows]


def _shown(value: object, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and "%" in form:
        return f"{round(value * 100, 2):g}%"
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
