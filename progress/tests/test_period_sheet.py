"""填报表 out and back: what it shows, which changes are found, which cells are refused and how."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from time import perf_counter
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from documents.tests.keyed_book import Typed
from documents.tests.office import converted, needs_office
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.period_sheet.changes import Entry
from progress.period_sheet.desk import Desk
from progress.period_sheet.intake import Intake, differences, look_at
from progress.save import save
from progress.tests.cast import CONTENT, DAY, MORNING, Cast, make_cast, make_last
from progress.tests.factories import make_period, make_report
from progress.tests.period_book import FILLED, PeriodBook, desk_of, more_reports
from sheets.archives import UnreadableFile
from sheets.books import CellError
from tasks.tests.factories import make_task

# A workbook is judged beside the reports; what is taken over from it is tested on every database.
pytestmark = pytest.mark.once

LATE = date(2020, 12, 30)  # after the period has closed


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def taken(cast: Cast, book: PeriodBook) -> Intake:
    """What the workbook would write; it must be without errors."""
    intake = look_at(desk_of(cast), book.data())
    assert intake.errors == ()
    return intake


def errors(cast: Cast, book: PeriodBook, on: date = DAY) -> list[CellError]:
    return list(look_at(desk_of(cast, on), book.data()).errors)


def refused(cast: Cast, data: bytes) -> str:
    """The sentence that refuses a whole workbook."""
    with pytest.raises(UnreadableFile) as refusal:
        look_at(desk_of(cast), data)
    return str(refusal.value)


def test_it_shows_a_report_a_row_with_what_was_confirmed_before(cast: Cast) -> None:
    make_last(cast)
    book = PeriodBook(cast)
    assert book.get(2, "编号") == cast.task.ref
    assert book.get(2, "任务") == cast.task.title
    assert book.get(2, "此前确认内容") == "2020年第三季度确认45%，正常。\n完成公立医院债务摸底。"
    assert book.get(2, "完成时限") == "2020-12-31"
    assert (book.get(2, "进展情况"), book.get(2, "完成进度")) == ("完成公立医院债务摸底。", 45)
    assert (book.get(2, "本季无变化"), book.get(2, "状态")) == ("否", "未填报")
    assert book.book.sheetnames == ["填报表", "填写说明", "系统标识"]


def test_it_is_ready_to_fill_in(cast: Cast) -> None:
    closed = make_report(cast.period, make_task(cast.ledger), cast.department, submitted_on=date(2020, 12, 8))
    book = PeriodBook(cast)
    row = 2 if book.get(2, "编号") == closed.task.ref else 3
    locked = {one.heading: book.sheet.cell(5 - row, book.place(one.heading)) for one in book.form.columns}
    assert {name for name, cell in locked.items() if cell.protection.locked} == {
        *("编号", "任务", "此前确认内容", "完成时限", "状态")
    }
    assert all(book.sheet.cell(row, place).protection.locked for place in range(1, 17))
    assert "不能修改：已提交，医改办正在审核。" in str(book.get(row, "状态"))
    assert book.sheet.protection.sheet
    lists = {str(one.sqref): one for one in book.sheet.data_validations.dataValidation}
    assert lists["I2:I3"].showErrorMessage
    assert not lists["F2:F3"].showErrorMessage  # 无变化的原因 may be written freely
    assert lists["H2:H3"].type == "whole"


def test_it_comes_back_without_a_change(cast: Cast) -> None:
    make_last(cast, text="完成摸底。  \n\n第二行 \n", problems="=1+1")
    cast.in_state("draft", text="-已完成\r\n二", said_percent=0)
    assert not taken(cast, PeriodBook(cast)).changed


def test_it_finds_what_was_filled_in_and_keeps_the_rest(cast: Cast) -> None:
    make_last(cast, problems="资金不足。  ")
    book = PeriodBook(cast).put(2, 进展情况="平台已经上线。", 完成进度="70%", 本单位判断="超前")
    (entry,) = taken(cast, book).entries
    assert entry == Entry(
        cast.report.pk, 0, 2, {"text": "平台已经上线。", "said_percent": 70, "said_status": "ahead"}
    )
    content = entry.content(desk_of(cast).items[cast.report.pk])
    assert (content.problems, content.said_percent) == ("资金不足。  ", 70)


def test_the_preview_shows_old_and_new(cast: Cast) -> None:
    make_last(cast)
    book = PeriodBook(cast).put(2, 完成进度=0.7, 本季无变化="是", 无变化的原因="设备在途", 典型做法="是")
    book.sheet.cell(2, book.place("完成进度")).number_format = "0%"
    (shown,) = differences(desk_of(cast), taken(cast, book).changed)
    cells = {
        cell.heading: (cell.head + cell.gone + cell.tail, cell.head + cell.came + cell.tail)
        for cell in shown.cells
    }
    assert cells == {
        "本季无变化": ("否", "是"),
        "无变化的原因": ("", "设备在途"),
        "完成进度": ("45%", "70%"),
        "典型做法": ("否", "是"),
    }


def test_what_was_saved_from_the_same_workbook_is_no_change(cast: Cast) -> None:
    book = PeriodBook(cast).put(2, **FILLED)
    (entry,) = taken(cast, book).entries
    content = entry.content(desk_of(cast).items[cast.report.pk])
    save(cast.report, content=content, version=0, by=cast.reporter, at=MORNING)
    intake = taken(cast, book)
    assert not intake.changed
    assert [one.report for one in intake.drafts] == [cast.report.pk]  # may be handed in now


def test_an_untouched_row_whose_report_moved_on_is_no_conflict(cast: Cast) -> None:
    (other,) = more_reports(cast, 1)
    book = PeriodBook(cast)
    row = 2 if book.get(2, "编号") == cast.task.ref else 3
    save(other, content=ReportContent(text="在页面上写的"), version=0, by=cast.reporter, at=MORNING)
    assert [one.report for one in taken(cast, book.put(row, **FILLED)).entries] == [cast.report.pk]
    (error,) = errors(cast, book.put(5 - row, 进展情况="在表中写的"))
    assert (error.row, error.column, error.value) == (5 - row, "进展情况", "在表中写的")
    assert error.expected.startswith("导出以后这项任务的报告又有改动")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("signed", "不能修改：已提交，医改办正在审核。"),
        ("accepted", "不能修改：医改办已于12月10日确认。"),
        ("exempt", "不需填报：医改办已同意免报"),
    ],
)
def test_a_change_in_a_closed_row_says_why_not(cast: Cast, state: str, words: str) -> None:
    cast.in_state(state)
    assert not taken(cast, PeriodBook(cast)).entries
    (error,) = errors(cast, PeriodBook(cast).put(2, 存在问题="又有问题"))
    assert error.column == "存在问题"
    assert error.expected.startswith(words)
    assert error.expected.endswith("或者删去这一行。")


def test_a_change_after_the_period_closed_says_why_not(cast: Cast) -> None:
    (error,) = errors(cast, PeriodBook(cast).put(2, **FILLED), LATE)
    assert "已于12月22日关闭" in error.expected


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"完成进度": 170}, "完成进度", "请填0至100之间的整数，如70。"),
        ({"完成进度": "约七成"}, "完成进度", "请填0至100之间的整数，如70。"),
        ({"完成进度": 0.7}, "完成进度", "请填0至100之间的整数，如70。"),
        ({"本单位判断": "良好"}, "本单位判断", "请填写超前、正常、滞后、已完成中的一种。"),
        ({"本季无变化": "无"}, "本季无变化", "请填写是、否中的一种。"),
        ({"整改措施": "开会"}, "整改措施", "请填写倒排工期、"),
        ({"无变化的原因": "甲" * 201}, "无变化的原因", "不超过200字。"),
        ({"进展情况": "=A1"}, "进展情况", "请改为直接填写内容，不用公式。"),
        ({"编号": "（九九）"}, "编号", "应为“"),
        ({"系统标识": "7:0:abc:def"}, "编号", "这一行不是从这份填报表导出的。表中不能新增任务"),
        ({"系统标识": ""}, "编号", "这一行不是从这份填报表导出的。表中不能新增任务"),
    ],
)
def test_it_names_the_cell_and_what_is_expected(
    cast: Cast, cells: dict[str, Typed], column: str, expected: str
) -> None:
    book = PeriodBook(cast).put(2, **cells)
    (error,) = errors(cast, book)
    assert (error.row, error.column) == (2, column)
    assert error.expected.startswith(expected)
    assert error.value == str(book.get(2, column))


def test_it_refuses_copied_and_merged_rows_and_those_of_another_workbook(cast: Cast) -> None:
    more_reports(cast, 1)
    book = PeriodBook(cast)
    for place in range(1, 17):
        book.sheet.cell(4, place).value = book.sheet.cell(2, place).value
    book.put(3, 系统标识=PeriodBook(other_department(cast)).get(2, "系统标识"))
    book.sheet.merge_cells("G2:G3")
    found = errors(cast, book)
    assert [(one.row, one.column) for one in found] == [(2, "G2:G3"), (3, "编号"), (4, "编号")]
    assert "不是从这份填报表导出的" in found[1].expected


def other_department(cast: Cast) -> Cast:
    """The same period, seen from a neighbour's desk."""
    make_report(cast.period, make_task(cast.ledger, leads=(cast.neighbour,)), cast.neighbour)
    return Cast(**{**vars(cast), "department": cast.neighbour})


def test_it_refuses_a_workbook_of_another_department_or_period(cast: Cast) -> None:
    assert "另一个单位" in refused(cast, PeriodBook(other_department(cast)).data())
    fifth = make_period(cast.ledger, year=2021, number=1, name="2021年第一季度")
    later = Cast(**{**vars(cast), "period": fifth})
    make_report(fifth, cast.task, cast.department)
    assert "另一个报送期" in refused(cast, PeriodBook(later).data())


def test_it_refuses_what_was_not_written_here(cast: Cast) -> None:
    key = signing.dumps(
        [cast.period.pk, cast.department.pk, "1"], key="elsewhere", salt="progress.period_sheet.book"
    )
    book = PeriodBook(cast)
    for token in ("", "abc", key):
        book.book["系统标识"].cell(1, 1).value = token
        assert "不是本系统导出的填报表" in refused(cast, book.data())
    content = BytesIO()
    Workbook().save(content)
    assert "不是本系统导出的填报表" in refused(cast, content.getvalue())
    assert "已损坏" in refused(cast, b"%PDF-1.4")


def test_it_reads_rows_and_columns_in_another_order_and_tells_what_it_does_not_read(cast: Cast) -> None:
    more_reports(cast, 2)
    book = PeriodBook(cast).put(3, **FILLED)
    rows = [[cell.value for cell in row] for row in book.sheet.iter_rows(max_row=4)]
    turned = book.book.create_sheet("填报表2")
    turned.append(["本单位"])
    for row, note in ((rows[0], "备注"), (rows[3], ""), (rows[2], "电话问过"), (rows[1], "")):
        turned.append([note, *reversed(row)])
    del book.book["填报表"]
    intake = taken(cast, book)
    assert intake.unread == ("备注",)
    assert [(one.row, one.fields["said_percent"]) for one in intake.entries] == [(4, 70)]


def test_rows_taken_out_and_lists_filled_down_change_nothing(cast: Cast) -> None:
    book = PeriodBook(cast).put(9, 本季无变化="是", 本单位判断="正常")
    book.sheet.delete_rows(2)
    assert not taken(cast, book).entries


def test_a_task_that_went_to_another_department_is_told(cast: Cast) -> None:
    book = PeriodBook(cast)
    ProgressReport.objects.update(department=cast.neighbour)
    (error,) = errors(cast, book.put(2, **FILLED))
    assert error.expected == "这项任务已不由本单位报送。请删去这一行。"


def test_words_are_told_together_with_what_cannot_be_read(cast: Cast) -> None:
    found = errors(cast, PeriodBook(cast).put(2, 完成进度="约七成", 本单位判断="良好"))
    assert {one.column for one in found} == {"完成进度", "本单位判断"}


def test_what_is_missing_for_handing_in_is_told_by_cell_and_keeps_no_draft_back(cast: Cast) -> None:
    intake = taken(cast, PeriodBook(cast).put(2, 本单位判断="滞后", 完成进度=20))
    assert [(one.row, one.column) for one in intake.faults] == [
        *((2, "进展情况"), (2, "滞后原因"), (2, "整改措施"), (2, "存在问题"), (2, "下一步措施"))
    ]
    assert len(intake.changed) == 1


@needs_office
def test_it_survives_being_saved_by_another_office(cast: Cast) -> None:
    make_last(cast, text="=1+1\n第二行", problems="+86")
    reports = more_reports(cast, 1)
    book = PeriodBook(cast)
    row = 3 if book.get(2, "编号") == cast.task.ref else 2
    book.put(row, 完成进度=0.7, 进展情况="一\n二")
    book.sheet.cell(row, book.place("完成进度")).number_format = "0%"
    intake = look_at(desk_of(cast), converted(book.data(), ".xlsx", ".xlsx"))
    assert intake.errors == ()
    (entry,) = intake.entries
    assert (entry.report, entry.fields) == (reports[0].pk, {"text": "一\n二", "said_percent": 70})


def test_three_hundred_rows_come_back_in_seconds_and_few_queries(cast: Cast) -> None:
    make_last(cast)
    more_reports(cast, 299)
    cast.in_state("draft", **CONTENT.as_dict())
    book = PeriodBook(cast)
    assert not taken(cast, book).changed
    for row in range(2, 302):
        book.put(row, 进展情况=f"第{row}项完成。", 完成进度=row % 101, 本单位判断="正常", 存在问题="无")
    data = book.data()
    started = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        desk: Any = desk_of(cast)
        intake = look_at(desk, data)
        shown = differences(desk, intake.changed)
    assert perf_counter() - started < 10
    assert len(queries) == len(_queries_of_one(cast))
    assert len(shown) == 300
    assert Desk.of(cast.period, cast.department, DAY).items.keys() == {one.report for one in intake.entries}


def _queries_of_one(cast: Cast) -> list[dict[str, str]]:
    """What the smallest workbook asks of the database."""
    few = Cast(**{**vars(cast), "department": cast.neighbour})
    make_report(cast.period, make_task(cast.ledger), cast.neighbour)
    data = PeriodBook(few).put(2, **FILLED).data()
    with CaptureQueriesContext(connection) as queries:
        desk = desk_of(few)
        differences(desk, look_at(desk, data).changed)
    return list(queries)
