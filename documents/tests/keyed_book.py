"""A workbook with keys as somebody edits it offline, for tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Self

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from sheets.keyed.form import Form

Typed = str | int | float | date | None  # what somebody types into a cell
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class KeyedBook:
    """The exported workbook, open; cells are named by their row and heading."""

    def __init__(self, data: bytes, form: Form) -> None:
        self.form = form
        self.book: Workbook = load_workbook(BytesIO(data))
        self.sheet = self.book[form.name]

    def place(self, heading: str) -> int:
        """The column of a heading."""
        return [one.heading for one in self.form.all_columns].index(heading) + 1

    def put(self, row: int, **cells: Typed) -> Self:
        """Write cells of a row by heading."""
        for heading, value in cells.items():
            cell = self.sheet.cell(row, self.place(heading))
            assert isinstance(cell, Cell), "what is covered by a merged cell holds nothing"
            cell.value = value
        return self

    def get(self, row: int, heading: str) -> Typed:
        """A cell's value."""
        value = self.sheet.cell(row, self.place(heading)).value
        assert isinstance(value, Typed), "nothing but texts, numbers and days is exported"
        return value

    def data(self) -> bytes:
        """The workbook as saved."""
        content = BytesIO()
        self.book.save(content)
        return content.getvalue()

    def upload(self) -> SimpleUploadedFile:
        """The workbook as a browser sends it."""
        return SimpleUploadedFile(f"{self.form.name}.xlsx", self.data(), content_type=XLSX)
