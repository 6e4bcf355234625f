"""核对表 out and back: what it shows and which changes are found."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from departments.tests.factories import make_officer
from documents.correct import TaskChange
from documents.draft_sheet.differences import find_differences
from documents.draft_sheet.intake import look_at
from documents.draft_sheet.keep import keep, take_back
from documents.draft_sheet.rows import DEFAULT_REASON
from documents.models import Draft
from documents.reading import draft_tasks
from documents.tests.factories import draft_of, make_paper, make_text_paper
from documents.tests.keyed_book import Typed
from documents.tests.office import converted, needs_office
from documents.tests.sheet_book import SheetBook, corrections, errors
from sheets.books import CellError
from sheets.keyed.compare import compare

# A workbook is judged beside the draft, which is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def draft() -> Draft:
    return draft_of(make_text_paper())


@pytest.fixture
def book(draft: Draft) -> SheetBook:
    return SheetBook(draft)


def changes(draft: Draft, book: SheetBook) -> list[TaskChange]:
    return [one.change for one in corrections(draft, book).changed]


def test_it_shows_a_task_a_row(draft: Draft, book: SheetBook) -> None:
    assert book.get(2, "编号") == "一/（一）"
    assert book.get(2, "章节") == "一　加强公共卫生体系建设"
    assert book.get(2, "任务标题") == "完善监测预警系统"
    assert book.get(2, "责任分工原文") == "市卫健委负责，市财政局参与"
    assert book.get(2, "牵头单位") == "市卫健委"
    assert book.get(2, "是否列入台账") == "是"
    assert book.get(2, "时限类别") == "未规定"
    assert "首位" in str(book.get(3, "需核对")) or "第一位" in str(book.get(3, "需核对"))
    assert book.book.sheetnames == ["核对表", "填写说明", "系统标识"]


def test_it_is_ready_to_fill_in_and_to_print(book: SheetBook) -> None:
    sheet = book.sheet
    assert sheet.freeze_panes == "D2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert book.book["系统标识"].sheet_state == "hidden"
    assert sheet.column_dimensions["O"].hidden
    assert sheet.protection.sheet
    locked = {
        one
        for one in ["编号", "责任分工原文", "需核对", "系统标识"]
        if sheet.cell(2, book.place(one)).protection.locked
    }
    assert len(locked) == 4
    assert not sheet.cell(2, book.place("任务内容")).protection.locked
    assert not sheet.cell(4, book.place("编号")).protection.locked
    assert {one.formula1 for one in sheet.data_validations.dataValidation} == {
        "'系统标识'!$B$1:$B$2",
        "'系统标识'!$C$1:$C$4",
        "'系统标识'!$D$1:$D$2",
    }


def test_it_writes_a_deadline_as_a_date(draft: Draft) -> None:
    draft.content["tasks"][0]["deadline"] = {"raw": "11月底前", "date": "2020-11-30", "kind": "fixed"}
    book = SheetBook(draft)
    assert book.get(2, "到期日") == datetime(2020, 11, 30)  # noqa: DTZ001  # a cell knows no time zone
    assert book.get(2, "时限类别") == "明确日期"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "＝1", "#N/A"])
def test_no_text_becomes_a_formula(draft: Draft, text: str) -> None:
    draft.content["tasks"][0]["body"] = text
    cell = SheetBook(draft).sheet.cell(2, 4)
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")


@pytest.mark.parametrize("paper", ["pingliang", "shijiazhuang", "chongqing", "jilin", "guyuan"])
def test_it_comes_back_without_a_change(paper: str) -> None:
    draft = draft_of(make_paper(paper))
    assert not corrections(draft, SheetBook(draft))


def test_it_finds_what_was_changed_and_keeps_the_rest(draft: Draft, book: SheetBook) -> None:
    draft.content["tasks"][0]["body"] = "落实首诊负责制。  \n"
    book.put(2, 任务标题="完善监测系统", 参与单位="市财政局\n市教育局、市委编办")
    (found,) = corrections(draft, book).changed
    before = draft_tasks(draft)[0]
    assert found.section == "一"
    assert found.change == TaskChange(
        title="完善监测系统",
        body=before.body,
        leads=before.leads,
        responsible=(),
        participants=("市财政局", "市教育局", "市委编办"),
        due_kind="none",
        due_text="",
        due_on=None,
    )


@pytest.mark.parametrize(
    "written",
    [
        date(2020, 12, 31),
        datetime(2020, 12, 31, 0, 0),  # noqa: DTZ001  # a cell knows no time zone
        "2020/12/31",
        "2020.12.31",
        "2020-12-31",
        "2020-12-31 00:00:00",
        "2020年12月31日",
        "２０２０年１２月３１日",
        " 2020 / 12 / 31 ",
        "20201231",
        44196,
        44196.0,
        "44196",
    ],
)
def test_it_reads_a_date_however_it_was_saved(draft: Draft, book: SheetBook, written: Typed) -> None:
    book.put(2, 时限类别="明确日期", 到期日=written)
    assert changes(draft, book)[0].due_on == date(2020, 12, 31)


@pytest.mark.parametrize("written", ["年底前", "2020-02-30", "12月31日", "20/12/31", "7", "2020-13-01"])
def test_it_refuses_what_is_no_date(draft: Draft, book: SheetBook, written: Typed) -> None:
    (error,) = errors(draft, book.put(2, 时限类别="明确日期", 到期日=written))
    assert error == CellError(2, "到期日", str(written), "请填写日期，如 2020-12-31。")


def test_it_refuses_a_bare_number_that_became_a_date(draft: Draft, book: SheetBook) -> None:
    (error,) = errors(draft, book.put(2, 时限类别="明确日期", 到期日=7))
    assert (error.column, error.value) == ("到期日", "1900年1月7日")


def test_it_reads_rows_and_columns_in_another_order(draft: Draft, book: SheetBook) -> None:
    book.put(3, 任务标题="健全储备体系")
    rows = [[cell.value for cell in row] for row in book.sheet.iter_rows(max_row=3)]
    turned = book.book.create_sheet("核对表2")
    turned.append(["平凉市核对表"])
    for row in (rows[0], rows[2], rows[1]):
        turned.append(["", *reversed(row)])
        turned.append([])
    del book.book["核对表"]
    (change,) = changes(draft, book)
    assert change.title == "健全储备体系"


def test_it_reads_what_was_typed_as_a_number_or_a_date(draft: Draft, book: SheetBook) -> None:
    book.put(2, 任务标题=2020.0, 时限类别="相对期限", 时限原文=date(2020, 12, 31))
    (change,) = changes(draft, book)
    assert (change.title, change.due_text) == ("2020", "2020年12月31日")


@pytest.mark.parametrize(
    "written", ["一", "加强公共卫生体系建设", "一、加强公共卫生体系建设", "一 加强公共卫生体系建设"]
)
def test_it_knows_a_section_by_number_or_title(draft: Draft, book: SheetBook, written: str) -> None:
    book.add(章节=written, 编号="（三）", 任务标题="加强储备", 牵头单位="市卫健委")
    (one,) = corrections(draft, book).added
    assert one.ref == "一/（三）"


def test_it_moves_a_task_into_another_section() -> None:
    draft = draft_of(make_paper("pingliang"))
    book = SheetBook(draft)
    last = draft.content["sections"][-1]
    book.put(2, 章节=f"{last['number']}　{last['title']}")
    (one,) = corrections(draft, book).changed
    assert one.section == last["number"]


def test_it_leaves_a_task_out_and_takes_it_back(draft: Draft, book: SheetBook) -> None:
    draft.content["tasks"][1]["left_out"] = "不是任务"
    book = SheetBook(draft).put(2, 是否列入台账="否").put(3, 是否列入台账="是")
    assert [one.left_out for one in changes(draft, book)] == [DEFAULT_REASON, ""]


def test_it_finds_new_tasks_after_the_row_above(draft: Draft, book: SheetBook) -> None:
    keys = [one.key for one in draft_tasks(draft)]
    book.sheet.insert_rows(3)
    book.put(3, 章节="一", 编号="（一）之二", 任务标题="建设平台", 牵头单位="市卫健委")
    found = corrections(draft, book)
    assert [(one.ref, one.before) for one in found.added] == [("一/（一）之二", keys[1])]
    assert not found.changed
    assert not found.missing


def test_it_finds_rows_that_were_taken_out(draft: Draft, book: SheetBook) -> None:
    book.sheet.delete_rows(2)
    assert corrections(draft, book).missing == (draft_tasks(draft)[0].key,)


def test_a_row_taken_out_of_a_task_already_left_out_is_no_change(draft: Draft) -> None:
    draft.content["tasks"][0]["left_out"] = "不是任务"
    book = SheetBook(draft)
    book.sheet.delete_rows(2)
    assert not corrections(draft, book)


def test_rows_with_nothing_but_choices_are_no_tasks(draft: Draft, book: SheetBook) -> None:
    assert not corrections(draft, book.add(章节="一", 时限类别="未规定", 是否列入台账="是"))


def test_it_never_loses_the_end_of_a_text_that_was_cut(draft: Draft) -> None:
    draft.content["tasks"][0]["body"] = "甲" * 40_000
    book = SheetBook(draft)
    assert not corrections(draft, book)
    (error,) = errors(draft, book.put(2, 任务内容="乙"))
    assert error.column == "任务内容"
    assert "截断" in error.expected
    (change,) = changes(draft, SheetBook(draft).put(2, 任务标题="丙"))
    assert len(change.body) == 40_000


def test_it_shows_what_differs_with_a_little_around_it() -> None:
    cell = compare("任务内容", f"{'前' * 50}甲乙丙{'后' * 50}", f"{'前' * 50}甲丁丙{'后' * 50}")
    assert (cell.gone, cell.came) == ("乙", "丁")
    assert cell.head == f"……{'前' * 39}甲"
    assert cell.tail == f"丙{'后' * 39}……"
    grown = compare("任务标题", "甲甲", "甲甲甲")
    assert (grown.gone, grown.came) == ("", "甲")


def test_the_preview_has_only_the_cells_that_change(draft: Draft, book: SheetBook) -> None:
    book.put(2, 参与单位="市教育局", 时限类别="明确日期", 到期日="2020.12.31")
    book.add(章节="一", 编号="（三）", 任务标题="甲", 牵头单位="市卫健委\n市财政局")
    shown = find_differences(draft, corrections(draft, book))
    cells = {one.heading: (one.gone, one.came) for one in shown.changed[0].cells}
    assert cells == {
        "参与单位": ("财政", "教育"),
        "时限类别": ("未规定", "明确日期"),
        "到期日": ("", "2020-12-31"),
    }
    assert [one.came for one in shown.added[0].cells] == [
        "一　加强公共卫生体系建设",
        "甲",
        "市卫健委、市财政局",
    ]


def test_corrections_wait_signed_for_who_uploaded_them(draft: Draft, book: SheetBook) -> None:
    book.put(2, 任务标题="甲", 时限类别="明确日期", 到期日="2020-12-31")
    book.add(章节="一", 编号="（三）", 任务标题="乙")
    book.sheet.delete_rows(3)
    officer, other = make_officer(), make_officer(username="other")
    found = corrections(draft, book)
    kept = keep(found, draft, officer)
    taken = take_back(kept, officer)
    assert taken is not None
    key, back = taken
    assert back == found
    assert (key.document, key.draft, key.version) == (draft.document_id, draft.pk, 1)
    assert take_back(kept, other) is None
    assert take_back(f"{kept}x", officer) is None
    assert take_back("", officer) is None


@needs_office
def test_it_survives_being_saved_by_another_office(draft: Draft) -> None:
    draft.content["tasks"][0] |= {
        "body": "=1+1\n第二行",
        "deadline": {"raw": "11月底前", "date": "2020-11-30", "kind": "fixed"},
    }
    book = SheetBook(draft).put(3, 到期日="2020/12/31", 时限类别="明确日期")
    data = converted(book.data(), ".xlsx", ".xlsx")
    assert load_workbook(BytesIO(data))["核对表"].column_dimensions["O"].hidden
    intake = look_at(draft, data)
    assert intake.errors == ()
    (one,) = intake.corrections.changed
    assert one.key == draft_tasks(draft)[1].key
    assert one.change.due_on == date(2020, 12, 31)
    task = draft_tasks(draft)[1]
    assert replace(one.change, due_on=None, due_kind="none").body == task.body


def test_errors_of_the_reader_keep_a_row_out_of_the_comparison(draft: Draft, book: SheetBook) -> None:
    book.put(2, 到期日="月底", 任务标题="甲")
    intake = look_at(draft, book.data())
    assert intake.corrections.changed == ()
    assert intake.corrections.missing == ()
    assert len(intake.errors) == 1
