"""Cells of the workbooks that the system writes: text stays text, rows are as high as their text needs.

A cell that begins with one of = + - @, a tab or a line end can run as a formula in the reader's spreadsheet,
so every text is stored as a string and such a text also carries the mark that keeps it one when it is edited.
"""

from math import ceil
from unicodedata import east_asian_width

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Border, Font, Side

from sheets.xml_text import xml_safe

AnyCell = Cell | MergedCell  # what the library's types say of a sheet's cell

TEXT_LIMIT = 32_767  # characters in one cell, set by the file format
CUT = "……（内容过长，此处截断）"
ROW_LIMIT = 409.0  # points, set by the file format
LINE = 13.5  # points for one line of 10-point type
PADDING = 4.0

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_THIN = Side(style="thin", color="FF7F7F7F")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
BODY = Font(name="宋体", size=10)
STRONG = Font(name="黑体", size=10, bold=True)


def text_for_cell(text: str) -> str:
    """Legal in XML and within the length that a cell can hold; what is cut says so."""
    safe = xml_safe(text)
    return safe if len(safe) <= TEXT_LIMIT else safe[: TEXT_LIMIT - len(CUT)] + CUT


def put_text(cell: AnyCell, text: str) -> None:
    """Write text that no spreadsheet will take for a formula, an error value or a number."""
    cell.value = text_for_cell(text)
    if cell.value:
        cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def units(text: str) -> int:
    """Width in half-width characters: a Chinese character counts as two, an ASCII one as one."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def line_count(text: str, width: float) -> int:
    """Lines that the text takes in a column of this width."""
    room = max(width, 2)
    return sum(max(ceil(units(line) / room), 1) for line in text.split("\n"))


def row_height(texts: list[tuple[str, float]]) -> float:
    """Height in points for a row of (text, width): spreadsheets do not size wrapped or merged rows themselves."""
    lines = max((line_count(text, width) for text, width in texts), default=1)
    return min(lines * LINE + PADDING, ROW_LIMIT)
