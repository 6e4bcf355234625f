"""台账 workbook: a ledger as plain data in, the bytes of an .xlsx file out. Knows no database."""

from reports.workbook.columns import ALL_COLUMNS, DEFAULT_COLUMNS, MEETING_COLUMNS, Column, Kind
from reports.workbook.content import LedgerSheet, SheetRow, SheetSection
from reports.workbook.write import write_ledger

__all__ = [
    "ALL_COLUMNS",
    "DEFAULT_COLUMNS",
    "MEETING_COLUMNS",
    "Column",
    "Kind",
    "LedgerSheet",
    "SheetRow",
    "SheetSection",
    "write_ledger",
]
