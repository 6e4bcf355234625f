"""A 核对表 as somebody edits it offline, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from documents.draft_sheet.columns import FORM
from documents.draft_sheet.write import write_draft_sheet
from documents.models import Draft

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetBook:
    """The exported workbook, open; cells are named by their row and heading."""

    def __init__(self, draft: Draft) -> None:
        self.book: Workbook = load_workbook(BytesIO(write_draft_sheet(draft)))
        self.sheet = self.book["核对表"]
        self.tasks = len(draft.content["tasks"])

    def place(self, heading: str) -> int:
        """The column of a heading."""
        return [one.heading for one in FORM.all_columns].index(heading) + 1

    def put(self, row: int, **cells: object) -> SheetBook:
        """Write cells of a row by heading."""
        for heading, value in cells.items():
            self.sheet.cell(row, self.place(heading)).value = value  # type: ignore[assignment]  # whatever somebody types
        return self

    def get(self, row: int, heading: str) -> object:
        """A cell's value."""
        return self.sheet.cell(row, self.place(heading)).value

    def add(self, **cells: object) -> SheetBook:
        """Fill the first of the spare rows."""
        return self.put(self.tasks + 2, **cells)

    def rows(self) -> Iterator[int]:
        """The numbers of the tasks' rows."""
        return iter(range(2, self.tasks + 2))

    def data(self) -> bytes:
        """The workbook as saved."""
        content = BytesIO()
        self.book.save(content)
        return content.getvalue()

    def upload(self) -> SimpleUploadedFile:
        """The workbook as a browser sends it."""
        return SimpleUploadedFile("核对表.xlsx", self.data(), content_type=XLSX)
