"""The ledger's cells: each kind of value with its format, its place and the light's fill."""

from datetime import date
from decimal import Decimal

from openpyxl.styles import Alignment, PatternFill

from reports.workbook.columns import Kind, Value
from sheets.cells import BODY, BORDER, AnyCell, put_text

FILLS = {
    "red": PatternFill("solid", fgColor="FFFBE3E1"),
    "yellow": PatternFill("solid", fgColor="FFFDF3D3"),
    "green": PatternFill("solid", fgColor="FFE3F2E4"),
    "done": PatternFill("solid", fgColor="FFE2ECF8"),
    "idle": PatternFill("solid", fgColor="FFF1F1F1"),
    "stop": PatternFill("solid", fgColor="FFE9E9E9"),
}

_CENTRED = (Kind.SHORT, Kind.DAY, Kind.PERCENT)
_FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.PERCENT: '0.##"%"'}


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


def shown(value: Value) -> str:
    """The value as it will be read, for measuring."""
    return f"{value}%" if isinstance(value, Decimal | int) else str(value or "")
