"""What ties a workbook and its rows to the reports they came from: signed, so that a foreign key is noticed."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from django.core import signing

from progress.period_sheet.columns import fingerprint
from progress.period_sheet.desk import Desk, Item

_BOOK = "progress.period_sheet.book"
_ROW = "progress.period_sheet.row"


@dataclass(frozen=True)
class BookKey:
    """For which period and department a workbook was written, and its own number."""

    period: int
    department: int
    number: str


@dataclass(frozen=True)
class RowKey:
    """From which report, in which of its versions, and what the row said then."""

    report: int
    version: int
    fingerprint: str


def book_key(desk: Desk) -> str:
    """The key of a workbook written now, with a number that no other has."""
    return signing.dumps([desk.period.pk, desk.department.pk, token_hex(4)], salt=_BOOK)


def read_book_key(text: str) -> BookKey | None:
    """The key's content; None when it was not written by this installation."""
    try:
        period, department, number = signing.loads(text, salt=_BOOK)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return BookKey(period, department, number)


def row_key(desk: Desk, item: Item) -> str:
    """The signed key of a row written now."""
    report = item.report
    return _signer(desk).sign(f"{report.pk}:{report.version}:{fingerprint(item.cells)}")


def read_row_key(desk: Desk, text: str) -> RowKey | None:
    """The key's content; None when it is of another workbook or was changed."""
    try:
        report, version, said = _signer(desk).unsign(text).split(":")
    except (signing.BadSignature, ValueError):
        return None
    return RowKey(int(report), int(version), said)


def _signer(desk: Desk) -> signing.Signer:
    return signing.Signer(salt=f"{_ROW}.{desk.period.pk}.{desk.department.pk}")
