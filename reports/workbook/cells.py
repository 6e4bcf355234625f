"""Cells: what is typed by people stays text, and rows are as high as their longest text needs.

A cell that begins with one of = + - @, a tab or a line end can run as a formula in the reader's spreadsheet,
so every text is stored as a string and such a text also carries the mark that keeps it one when it is edited.
"""

from datetime import date
from decimal import Decimal
from math import ceil
from unicodedata import east_asian_width

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from reports.workbook.columns import Kind, Value
from reports.xml_text import xml_safe

AnyCell = Cell | MergedCell  # what the library's types say of a sheet's cell

TEXT_LIMIT = 32_767  # characters in one cell, set by the file format
CUT = "……（内容过长，此处截断）"
ROW_LIMIT = 409.0  # points, set by the file format
LINE = 13.5  # points for one line of 10-point type
PADDING = 4.0

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_THIN = Side(style="thin", color="FF7F7F7F")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
FILLS = {
    "red": PatternFill("solid", fgColor="FFFBE3E1"),
    "yellow": PatternFill("solid", fgColor="FFFDF3D3"),
    "green": PatternFill("solid", fgColor="FFE3F2E4"),
    "done": PatternFill("solid", fgColor="FFE2ECF8"),
    "idle": PatternFill("solid", fgColor="FFF1F1F1"),
    "stop": PatternFill("solid", fgColor="FFE9E9E9"),
}
BODY = Font(name="宋体", size=10)
STRONG = Font(name="黑体", size=10, bold=True)

_CENTRED = (Kind.SHORT, Kind.DAY, Kind.PERCENT)
_FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.PERCENT: '0.##"%"'}


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


def put(cell: AnyCell, value: Value, kind: Kind) -> None:
    """Write one value of the table, a date as a date and a percentage as a number."""
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
        cell.number_format = _number_format(value, kind)
    cell.font, cell.border = BODY, BORDER
    across = "center" if kind in _CENTRED else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)


def _number_format(value: date | Decimal | int, kind: Kind) -> str:
    # "0.##" leaves a bare point behind a whole number, so whole percentages have a format of their own
    if kind is Kind.PERCENT and isinstance(value, Decimal | int) and value == int(value):
        return '0"%"'
    return _FORMATS.get(kind, "General")


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


def shown(value: Value) -> str:
    """The value as it will be read, for measuring."""
    return f"{value}%" if isinstance(value, Decimal | int) else str(value or "")
