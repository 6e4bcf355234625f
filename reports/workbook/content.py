"""What a printed ledger says, as plain data."""

from dataclasses import dataclass
from datetime import date

from reports.workbook.columns import DEFAULT_COLUMNS, Column
from reports.workbook.row import SheetRow

__all__ = ["LedgerSheet", "SheetRow", "SheetSection"]


@dataclass(frozen=True)
class SheetSection:
    """章节: a heading row and the tasks under it; an empty heading prints no row."""

    heading: str
    rows: tuple[SheetRow, ...] = ()


@dataclass(frozen=True)
class LedgerSheet:
    """One 台账 as it stood on `as_of`."""

    title: str
    subtitle: str
    as_of: date
    sections: tuple[SheetSection, ...] = ()
    columns: tuple[Column, ...] = DEFAULT_COLUMNS
