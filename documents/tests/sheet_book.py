"""A 核对表 as somebody edits it offline, for tests."""

from __future__ import annotations

from collections.abc import Iterator

from documents.draft_sheet.columns import FORM
from documents.draft_sheet.corrections import Corrections
from documents.draft_sheet.intake import look_at
from documents.draft_sheet.write import write_draft_sheet
from documents.models import Draft
from documents.tests.keyed_book import KeyedBook, Typed
from sheets.books import CellError


class SheetBook(KeyedBook):
    """The exported workbook of a draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(write_draft_sheet(draft), FORM)
        self.tasks = len(draft.content["tasks"])

    def add(self, **cells: Typed) -> SheetBook:
        """Fill the first of the spare rows."""
        return self.put(self.tasks + 2, **cells)

    def rows(self) -> Iterator[int]:
        """The numbers of the tasks' rows."""
        return iter(range(2, self.tasks + 2))


def corrections(draft: Draft, book: SheetBook) -> Corrections:
    """What the workbook changes; it must be without errors."""
    intake = look_at(draft, book.data())
    assert intake.errors == ()
    return intake.corrections


def errors(draft: Draft, book: SheetBook) -> list[CellError]:
    """What in the workbook cannot be taken."""
    return list(look_at(draft, book.data()).errors)
