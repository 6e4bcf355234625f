"""Opening workbooks: whatever is wrong with a file is one sentence for the person."""

import io
import zipfile
from dataclasses import dataclass

import pytest
from openpyxl import Workbook, load_workbook

from sheets.archives import UnreadableFile
from sheets.books import Limits, heading_rows, merged_under, open_book, places, unread

LIMITS = Limits(200, "表格过大。")


@dataclass(frozen=True)
class Named:
    heading: str


NAME, PHONE = Named("姓名"), Named("电话")


def book(*rows: tuple[str, ...]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    return made


def saved(made: Workbook) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_part(name: str, text: bytes) -> bytes:
    """A workbook in which one part is replaced."""
    given, content = zipfile.ZipFile(io.BytesIO(saved(book(("姓名",))))), io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for member in given.namelist():
            archive.writestr(member, text if member == name else given.read(member))
    return content.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        with_part("xl/workbook.xml", b"<workbook"),
        with_part(
            "xl/worksheets/sheet1.xml",
            b"<worksheet><sheetData><row",
        ),
    ],
)
def test_a_broken_file_is_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="已损坏"):
        open_book(data)


def test_it_measures_before_it_reads_and_after() -> None:
    far = book(("姓名",))
    far.worksheets[0].cell(1000, 1).value = "甲"
    for data in (saved(far), with_part("docProps/core.xml", b" " * 9_000_000)):
        with pytest.raises(UnreadableFile, match="过大"):
            open_book(data, LIMITS)
    assert open_book(saved(far)).worksheets[0].max_row == 1000


def test_it_gives_formulas_or_what_they_came_to() -> None:
    data = saved(book(("=1+1",)))
    assert open_book(data).worksheets[0]["A1"].value == "=1+1"
    assert open_book(data, calculated=True).worksheets[0]["A1"].value is None


def test_it_finds_headings_and_what_nobody_declared() -> None:
    made = load_workbook(
        io.BytesIO(saved(book(("人员一览",), (), ("电 话", "备注", "姓名"), ("1", "2", "3"))))
    )
    sheet, head = next((one, row) for one, row, words in heading_rows(made.worksheets) if "姓名" in words)
    assert (head, places(sheet, head, [NAME, PHONE])) == (3, {1: PHONE, 3: NAME})
    assert unread(sheet, head, [NAME, PHONE]) == ["备注"]
    sheet.merge_cells("A1:B1")
    assert merged_under(sheet, head) == []
    sheet.merge_cells("A4:B4")
    assert [(one.row, one.column) for one in merged_under(sheet, head)] == [(4, "A4:B4")]


def test_it_refuses_a_column_that_stands_twice() -> None:
    sheet = book(("姓名", "姓名")).worksheets[0]
    with pytest.raises(UnreadableFile, match="“姓名”列出现了两次"):
        places(sheet, 1, [NAME])
