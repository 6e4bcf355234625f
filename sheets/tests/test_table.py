"""Plain tables: what goes out comes back, and what cannot be taken is told by cell."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from sheets.archives import UnreadableFile
from sheets.books import CellError
from sheets.table import Column, read_table, write_table

NAME, PHONE, ROLE = (
    Column("name", "姓名"),
    Column("phone", "办公电话", required=False),
    Column("role", "角色"),
)
COLUMNS = (NAME, PHONE, Column("role", "角色", choices=("填报员", "审核人")))


def changed(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_it_brings_back_what_it_wrote() -> None:
    rows = [
        {"name": "王涛", "phone": "0933", "role": "填报员"},
        {"name": "=1+1", "phone": "", "role": "+审核人"},
    ]

    table = read_table(write_table("人员", COLUMNS, rows), COLUMNS)

    assert [row.values for row in table.rows] == rows
    assert [row.number for row in table.rows] == [2, 3]
    assert not table.errors


def test_it_writes_text_that_never_runs() -> None:
    sheet = load_workbook(io.BytesIO(write_table("人员", COLUMNS, [{"name": "=HYPERLINK(1)"}]))).worksheets[0]

    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("s", True)
    assert sheet["A2"].value == "=HYPERLINK(1)"


def test_it_finds_the_headings_under_a_title_in_any_order() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["人员名单"], [], ["角色", "备注", "姓 名"], ["填报员", "新来的", "王涛"]):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)

    table = read_table(content.getvalue(), COLUMNS)

    assert [(row.number, row.values) for row in table.rows] == [(4, {"role": "填报员", "name": "王涛"})]
    assert table.unread == ["备注"]


def test_it_tells_formulas_and_merged_cells() -> None:
    data = write_table("人员", COLUMNS, [{"name": "王涛", "role": "填报员"}])

    def spoil(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A3"] = "=A2"
        sheet.merge_cells("A5:B6")

    errors = read_table(changed(data, spoil), COLUMNS).errors

    assert CellError(3, "姓名", "=A2", "请改为直接填写内容，不用公式。") in errors
    assert any(error.value == "合并单元格" for error in errors)


def test_it_refuses_what_is_no_such_table() -> None:
    with pytest.raises(UnreadableFile, match="没有找到“角色”列"):
        read_table(write_table("人员", (NAME, PHONE), []), COLUMNS)
    with pytest.raises(UnreadableFile, match="“姓名”列出现了两次"):
        read_table(write_table("人员", (NAME, NAME, ROLE), []), COLUMNS)
    with pytest.raises(UnreadableFile, match="已损坏"):
        read_table(b"no workbook", COLUMNS)


def test_it_refuses_too_many_rows() -> None:
    rows = [{"name": f"第{number}人", "role": "填报员"} for number in range(2_001)]

    with pytest.raises(UnreadableFile, match="每份不超过2000行"):
        read_table(write_table("人员", COLUMNS, rows), COLUMNS)


def test_it_prints_one_page_wide_with_its_head_on_every_page() -> None:
    data = write_table("人员", COLUMNS, [{"name": "王涛"}], head="平凉市A&B\n人员表")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader
    assert sheet.oddHeader.center.text == "平凉市A&&B 人员表"
    assert sheet.print_title_rows == "$1:$1"
