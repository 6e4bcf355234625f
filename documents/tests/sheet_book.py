"""A 核对表 as somebody edits it offline, for tests."""

from __future__ import annotations

from collections.abc import Iterator

from documents.draft_sheet.columns import FORM
from documents.draft_sheet.write import write_draft_sheet
from documents.models import Draft
from documents.tests.keyed_book import KeyedBook


class SheetBook(KeyedBook):
    """The exported workbook of a draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(write_draft_sheet(draft), FORM)
        self.tasks = len(draft.content["tasks"])

    def add(self, **cells: object) -> SheetBook:
        """Fill the first of the spare rows."""
        return self.put(self.tasks + 2, **cells)

    def rows(self) -> Iterator[int]:
        """The numbers of the tasks' rows."""
        return iter(range(2, self.tasks + 2))
