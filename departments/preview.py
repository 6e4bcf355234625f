"""What a table of departments or people would change, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from sheets.books import CellError
from sheets.table import Row, Table


class Doing(Protocol):
    """A row that can be taken; `act` is the word for what it does, empty when it changes nothing."""

    @property
    def act(self) -> str:
        """The word, as the page shows it."""


Line = TypeVar("Line", bound=Doing)
Taken = TypeVar("Taken", bound=Doing, covariant=True)


class Known(Protocol[Taken]):
    """What the rows are held against, read once."""

    def faults(self, row: Row) -> Iterable[CellError]:
        """What in a row cannot be taken, cell by cell."""

    def line(self, row: Row) -> Taken:
        """A row without faults, with what it does."""


@dataclass
class Preview(Generic[Line]):
    """What an import would do, or why it cannot."""

    sheet: str = ""
    lines: list[Line] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def changing(self) -> list[Line]:
        """The rows that change something."""
        return [line for line in self.lines if line.act]


def preview(table: Table, known: Known[Line], *, first: str, of: str) -> Preview[Line]:
    """Check every row; a table without any is told so in its column `first`."""
    seen: Preview[Line] = Preview(table.sheet, errors=list(table.errors), unread=table.unread)
    for row in table.rows:
        errors = list(known.faults(row))
        seen.errors += errors
        if not errors:
            seen.lines.append(known.line(row))
    if not table.rows:
        seen.errors.append(CellError(2, first, "", f"表格里没有{of}，请逐行填写后上传。"))
    return seen
