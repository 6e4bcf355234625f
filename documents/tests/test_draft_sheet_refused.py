"""核对表 back in: which cells, rows and files are refused, and how they are named."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from departments.tests.factories import make_officer
from documents.correct import TaskChange, correct
from documents.draft_sheet.intake import look_at
from documents.models import Draft
from documents.readers import UnreadableFile
from documents.reading import draft_tasks
from documents.tests.factories import draft_of, make_text_paper
from documents.tests.keyed_book import Typed
from documents.tests.sheet_book import SheetBook, corrections, errors
from documents.versions import StaleDraft
from sheets.keyed.form import ROW_LIMIT

# A workbook is judged beside the draft, which is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def draft() -> Draft:
    return draft_of(make_text_paper())


@pytest.fixture
def book(draft: Draft) -> SheetBook:
    return SheetBook(draft)


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"任务标题": None, "任务内容": None}, "任务标题", "请填写任务，或填写任务内容。"),
        ({"时限类别": "明确日期"}, "到期日", "明确日期的任务须填写完成时限。"),
        ({"时限类别": "尽快"}, "时限类别", "请填写未规定、明确日期、相对期限、持续推进中的一种。"),
        ({"参与单位": "市卫健委"}, "参与单位", "市卫健委已是牵头单位，请从参与单位中去掉。"),
        ({"是否列入台账": "不"}, "是否列入台账", "请填写“是”或“否”。"),
        ({"章节": "九"}, "章节", "请填写“一　加强公共卫生体系建设”中的一个。"),
        ({"编号": "一/（九）"}, "编号", "应为“一/（一）”。编号不能修改；如果排过序，请选中整行再排。"),
        ({"牵头单位": "=A1"}, "牵头单位", "请改为直接填写内容，不用公式。"),
        ({"系统标识": "7:abc"}, "编号", "这一行不是从这份核对表导出的。新增的任务请填在表尾的空行里。"),
    ],
)
def test_it_names_the_cell_and_what_is_expected(
    draft: Draft, book: SheetBook, cells: dict[str, Typed], column: str, expected: str
) -> None:
    (error,) = errors(draft, book.put(2, **cells))
    assert (error.row, error.column, error.expected) == (2, column, expected)
    assert error.value == str(book.get(2, column) or "")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"章节": "一", "任务标题": "甲"}, "编号"),
        ({"章节": "一", "编号": "（二）", "任务标题": "甲"}, "编号"),
        ({"章节": "一", "编号": "（三）"}, "任务标题"),
        ({"章节": "一", "编号": "（三）", "任务标题": "甲", "是否列入台账": "否"}, "是否列入台账"),
    ],
)
def test_it_refuses_an_unfinished_new_task(
    draft: Draft, book: SheetBook, cells: dict[str, Typed], column: str
) -> None:
    (error,) = errors(draft, book.add(**cells))
    assert (error.row, error.column) == (4, column)
    assert error.expected


def test_it_refuses_two_new_tasks_of_one_number(draft: Draft, book: SheetBook) -> None:
    book.add(章节="一", 编号="（三）", 任务标题="甲")
    book.put(5, 章节="一", 编号="（三）", 任务标题="乙")
    assert [(one.row, one.column) for one in errors(draft, book)] == [(5, "编号")]


def test_it_refuses_a_copied_row(draft: Draft, book: SheetBook) -> None:
    for index in range(1, 16):
        book.sheet.cell(4, index).value = book.sheet.cell(2, index).value
    (error,) = errors(draft, book)
    assert (error.row, error.column) == (4, "编号")
    assert "与第2行是同一项任务" in error.expected


def test_it_refuses_keys_that_stayed_behind_when_rows_were_sorted(draft: Draft, book: SheetBook) -> None:
    first, second = book.get(2, "系统标识"), book.get(3, "系统标识")
    book.put(2, 系统标识=second).put(3, 系统标识=first)
    assert [(one.row, one.column) for one in errors(draft, book)] == [(2, "编号"), (3, "编号")]


def test_it_refuses_merged_cells(draft: Draft, book: SheetBook) -> None:
    book.sheet.merge_cells("B2:B3")
    assert errors(draft, book)[0].column == "B2:B3"


def test_it_tells_all_errors_at_once(draft: Draft, book: SheetBook) -> None:
    book.put(2, 到期日="月底", 时限类别="尽快").put(3, 章节="九")
    assert [(one.row, one.column) for one in errors(draft, book)] == [(2, "到期日"), (3, "章节")]


def test_it_tells_which_columns_it_does_not_read(draft: Draft, book: SheetBook) -> None:
    book.sheet.cell(1, 16).value = "备注"
    assert look_at(draft, book.data()).unread == ("备注",)


def test_columns_for_orientation_may_go_and_may_hold_formulas(draft: Draft, book: SheetBook) -> None:
    book.put(2, 需核对="=A1")
    book.sheet.delete_cols(book.place("责任分工原文"))
    assert not corrections(draft, book)


@pytest.mark.parametrize("heading", ["牵头单位", "任务内容", "到期日"])
def test_it_refuses_a_missing_column(draft: Draft, book: SheetBook, heading: str) -> None:
    book.sheet.delete_cols(book.place(heading))
    with pytest.raises(UnreadableFile, match=f"缺少“{heading}”列"):
        look_at(draft, book.data())


def test_it_refuses_a_doubled_column(draft: Draft, book: SheetBook) -> None:
    book.sheet.cell(1, 16).value = "牵头单位"
    with pytest.raises(UnreadableFile, match="“牵头单位”列出现了两次"):
        look_at(draft, book.data())


def test_it_refuses_a_workbook_of_another_paper(draft: Draft, book: SheetBook) -> None:
    other = draft_of(
        make_text_paper("另一份文件\n\n一、甲\n（一）乙。丙。（市卫健委负责）\n", draft.document.jurisdiction)
    )
    with pytest.raises(UnreadableFile, match="另一份文件"):
        look_at(other, book.data())


def test_it_refuses_a_workbook_from_before_a_change(draft: Draft, book: SheetBook) -> None:
    task = draft_tasks(draft)[0]
    change = TaskChange(task.title, "改过。", task.leads, (), (), "none", "", None)
    correct(draft, task.key, change=change, version=1, by=make_officer())
    with pytest.raises(StaleDraft):
        look_at(draft, book.data())


@pytest.mark.parametrize("token", ["", "abc", "WzEsMSwxXQ:1abc:def"])
def test_it_refuses_a_key_that_was_not_signed_here(draft: Draft, book: SheetBook, token: str) -> None:
    book.book["系统标识"].cell(1, 1).value = token
    with pytest.raises(UnreadableFile, match="不是本系统导出的核对表"):
        look_at(draft, book.data())


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_it_refuses_files_that_are_no_sheet_of_ours(draft: Draft) -> None:
    book = SheetBook(draft)
    del book.book["核对表"]
    for data in (saved(Workbook()), book.data()):
        with pytest.raises(UnreadableFile, match="不是本系统导出的核对表"):
            look_at(draft, data)
    for data in (b"", b"PK\x03\x04", b"%PDF-1.4"):
        with pytest.raises(UnreadableFile, match="已损坏"):
            look_at(draft, data)


def test_it_stops_before_a_workbook_that_unpacks_too_large(draft: Draft, book: SheetBook) -> None:
    content = BytesIO(book.data())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/picture.bin", b"0" * (9 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="过大"):
        look_at(draft, content.getvalue())


def test_it_stops_before_too_many_rows(draft: Draft, book: SheetBook) -> None:
    for row in range(4, ROW_LIMIT + 4):
        book.put(row, 任务标题="甲")
    with pytest.raises(UnreadableFile, match="过大"):
        look_at(draft, book.data())
    book.sheet.delete_rows(5, ROW_LIMIT)
    book.sheet.cell(1_000_000, 1).value = "甲"
    with pytest.raises(UnreadableFile, match="过大"):
        look_at(draft, book.data())
