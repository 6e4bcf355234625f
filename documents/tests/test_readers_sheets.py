"""Excel files that the tests make themselves."""

import datetime
import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from documents.parsing import parse
from documents.readers import UnreadableFile, read


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data, "a.xlsx").lines]


def sheet(rows: list[list[object]], change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    book = Workbook()
    for cells in rows:
        book.worksheets[0].append(cells)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_it_reads_a_sheet() -> None:
    data = sheet([["任务分工表"], ["序号", "任务", "牵头单位"], [1, "建设平台", "市甲局"]])
    assert texts(data) == ["任务分工表", "序号\t任务\t牵头单位", "1\t建设平台\t市甲局"]


def test_it_repeats_merged_cells_of_a_sheet_and_leaves_hidden_sheets_out() -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0].merge_cells("C2:C3")
        book.create_sheet("隐藏").append(["不应读取", "甲"])
        book.worksheets[1].sheet_state = "hidden"

    data = sheet([["序号", "任务", "牵头单位"], [1, "建设甲", "市甲局"], [2, "建设乙", None]], change)
    assert texts(data)[1:] == ["1\t建设甲\t市甲局", "2\t建设乙\t市甲局"]


def test_it_reads_tasks_from_a_sheet() -> None:
    rows: list[list[object]] = [
        ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
        [1, "建设平台", "市甲局", "市乙局、市丙局", "2020年底前"],
    ]
    task = parse(read(sheet(rows), "a.xlsx")).as_dict()["tasks"][0]
    assert (task["title"], task["mode"], task["leads"], task["participants"], task["deadline"]["date"]) == (
        "建设平台",
        "lead_support",
        ["市甲局"],
        ["市乙局", "市丙局"],
        "2020-12-31",
    )


def test_it_reads_a_sheet_that_is_formatted_down_to_its_last_row() -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0].cell(row=1_048_576, column=300).number_format = "0.00"

    assert texts(sheet([["序号", "任务"], [1, "甲"]], change)) == ["序号\t任务", "1\t甲"]


def test_it_refuses_a_sheet_with_too_many_cells() -> None:
    def change(book: Workbook) -> None:
        for row in range(1, 1_200):
            book.worksheets[0].cell(row=row, column=300, value="x")

    with pytest.raises(UnreadableFile, match="单元格过多"):
        read(sheet([["a", "b"]], change), "a.xlsx")


def test_it_shows_shares_and_days_as_the_sheet_does() -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0]["C2"].number_format = "0%"

    rows: list[list[object]] = [["任务", "完成时限", "目标"], ["甲", datetime.date(2020, 12, 31), 0.65]]
    assert texts(sheet(rows, change))[1] == "甲\t2020年12月31日\t65%"


def test_it_reads_tasks_under_a_title_and_two_header_rows() -> None:
    """Merged header cells, words of other offices, a chapter as a row."""

    def change(book: Workbook) -> None:
        for place in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
            book.worksheets[0].merge_cells(place)

    rows: list[list[object]] = [
        ["甲市2020年医改任务分工表", None, None, None, None, None],
        ["编号", "工作事项", "责任分工", None, "时限要求", "备注"],
        [None, None, "主办单位", "协办单位", None, None],
        ["一、加强建设", None, None, None, None, None],
        [1, "建设平台", "市甲局", "市乙局、市丙局", "2020年底前", None],
        [2, "完善机制", "市丁局", None, "2020年6月底前", None],
    ]
    tasks = parse(read(sheet(rows, change), "a.xlsx")).as_dict()["tasks"]
    assert [
        (one["title"], one["section"], one["leads"], one["participants"], one["deadline"]["date"])
        for one in tasks
    ] == [
        ("建设平台", "一", ["市甲局"], ["市乙局", "市丙局"], "2020-12-31"),
        ("完善机制", "一", ["市丁局"], [], "2020-06-30"),
    ]
