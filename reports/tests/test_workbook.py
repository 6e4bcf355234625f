from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from reports.tests.paper_samples import make_ledger, make_row
from reports.workbook import (
    ALL_COLUMNS,
    DEFAULT_COLUMNS,
    MEETING_COLUMNS,
    Column,
    LedgerSheet,
    SheetSection,
    write_ledger,
)
from sheets.cells import TEXT_LIMIT, line_count

HEADER, HEADING, FIRST = 3, 4, 5
TEXT_FIELDS = [
    "number",
    "ref",
    "basis",
    "title",
    "body",
    "leads",
    "responsible",
    "participants",
    "contact",
    "due_text",
    "progress",
    "light_word",
    "problems",
    "next_steps",
    "review_note",
    "remark",
]
DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://example.invalid")',
    "#N/A",
    "＝1",
)


def opened(ledger: LedgerSheet) -> Any:
    """The sheet as it is read again; a cell's value may be of a dozen types, so it is left untyped here."""
    return load_workbook(BytesIO(write_ledger(ledger)))["台账"]


def column(identifier: str, columns: tuple[Column, ...] = ALL_COLUMNS) -> int:
    return [one.identifier for one in columns].index(identifier) + 1


def test_it_writes_title_day_header_and_tasks() -> None:
    sheet = opened(make_ledger(make_row(), make_row(number="（二）")))
    assert sheet["A1"].value == "平凉市2020年下半年医改重点工作任务台账"
    assert sheet["A2"].value == "平凉市医改办　　截至2020年12月10日"
    assert [cell.value for cell in sheet[HEADER]] == [one.heading for one in DEFAULT_COLUMNS]
    assert sheet.cell(HEADING, 1).value == "一、加强公共卫生体系建设"
    assert [sheet.cell(at, 1).value for at in (FIRST, FIRST + 1)] == ["（一）", "（二）"]


def test_it_keeps_the_common_order_of_columns() -> None:
    identifiers = [one.identifier for one in DEFAULT_COLUMNS]
    wanted = ["number", "basis", "title", "leads", "participants", "contact", "due_on", "progress", "light"]
    wanted += ["problems", "next_steps", "review_note", "remark"]
    assert [one for one in identifiers if one in wanted] == wanted


def test_it_has_a_column_for_every_fact_of_a_task() -> None:
    carried_by_the_light = {"light_word", "light_colour", "light_reasons"}
    facts = {field.name for field in fields(make_row())} - carried_by_the_light
    assert facts | {"light"} == {one.identifier for one in ALL_COLUMNS}


def test_it_writes_dates_as_dates() -> None:
    sheet = opened(make_ledger(make_row()))
    original, current = (
        sheet.cell(FIRST, column(key, DEFAULT_COLUMNS)) for key in ("original_due_on", "due_on")
    )
    assert (original.value.date(), current.value.date()) == (date(2020, 11, 30), date(2020, 12, 31))
    assert current.is_date
    assert current.number_format == "yyyy-mm-dd"


def test_it_shows_the_words_where_no_day_is_fixed() -> None:
    sheet = opened(make_ledger(make_row(due_on=None, original_due_on=None, due_text="持续推进")))
    assert sheet.cell(FIRST, column("due_on", DEFAULT_COLUMNS)).value == "持续推进"
    assert sheet.cell(FIRST, column("original_due_on", DEFAULT_COLUMNS)).value is None


@pytest.mark.parametrize(
    ("given", "form"), [(80, '0"%"'), (Decimal("52.5"), '0.##"%"'), (Decimal("100.0"), '0"%"')]
)
def test_it_writes_percentages_as_numbers(given: Decimal | int, form: str) -> None:
    sheet = opened(make_ledger(make_row(confirmed_percent=given)))
    cell = sheet.cell(FIRST, column("confirmed_percent", DEFAULT_COLUMNS))
    assert cell.data_type == "n"
    assert cell.value == float(given)
    assert cell.number_format == form


def test_it_leaves_unknown_percentages_empty() -> None:
    sheet = opened(make_ledger(make_row(said_percent=None, confirmed_percent=0)))
    assert sheet.cell(FIRST, column("said_percent", DEFAULT_COLUMNS)).value is None
    assert sheet.cell(FIRST, column("confirmed_percent", DEFAULT_COLUMNS)).value == 0


@pytest.mark.parametrize(
    ("colour", "shape"),
    [("red", "●"), ("yellow", "▲"), ("green", "■"), ("done", "✔"), ("idle", "○"), ("stop", "—")],
)
def test_it_gives_every_light_a_shape_a_word_and_its_reasons(colour: str, shape: str) -> None:
    row = make_row(light_colour=colour, light_word="字", light_reasons=("甲", "乙"))
    cell = opened(make_ledger(row)).cell(FIRST, column("light", DEFAULT_COLUMNS))
    assert cell.value == f"{shape} 字\n甲；乙"
    assert cell.fill.fill_type == "solid"


def test_it_is_ready_to_print() -> None:
    sheet = opened(make_ledger(make_row()))
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_it_filters_from_the_header_to_the_last_task() -> None:
    assert opened(make_ledger(make_row(), make_row())).auto_filter.ref == "A3:S6"


def test_it_merges_and_emboldens_section_headings() -> None:
    sheet = opened(make_ledger(make_row()))
    assert {"A1:S1", "A2:S2", "A4:S4"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.cell(HEADING, 1).font.b


def test_it_rules_and_wraps_every_cell() -> None:
    sheet = opened(make_ledger(make_row()))
    assert all(cell.border.left.style == "thin" and cell.alignment.wrap_text for cell in sheet[FIRST])


def test_it_makes_rows_as_high_as_their_longest_text() -> None:
    sheet = opened(make_ledger(make_row(progress="短"), make_row(progress="长" * 400)))
    assert sheet.row_dimensions[FIRST + 1].height > 3 * sheet.row_dimensions[FIRST].height


def test_it_counts_a_chinese_character_as_two() -> None:
    assert line_count("测" * 10, 10) == 2
    assert line_count("a" * 10, 10) == 1
    assert line_count("a\n\nb", 10) == 3


def test_it_never_asks_for_a_higher_row_than_the_format_allows() -> None:
    assert opened(make_ledger(make_row(body="长" * 9000))).row_dimensions[FIRST].height == 409


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_it_never_lets_a_task_become_a_formula(name: str) -> None:
    rows = [make_row(**{"due_on": None, name: text}) for text in DANGEROUS]
    sheet = opened(make_ledger(*rows, columns=ALL_COLUMNS))
    types = {cell.data_type for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)}
    at = column("light" if name == "light_word" else name)
    assert types == {"s"}
    for line, text in enumerate(DANGEROUS, start=FIRST):
        assert text.strip() in str(sheet.cell(line, at).value)


@pytest.mark.parametrize("text", DANGEROUS)
def test_it_never_lets_a_heading_become_a_formula(text: str) -> None:
    first = replace(DEFAULT_COLUMNS[0], heading=text)
    ledger = make_ledger(title=text, subtitle=text, sections=(SheetSection(text),), columns=(first,))
    sheet = opened(ledger)
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}


def test_it_marks_dangerous_text_so_that_editing_keeps_it_text() -> None:
    sheet = opened(make_ledger(make_row(progress="=1+1", problems="正常")))
    assert sheet.cell(FIRST, column("progress", DEFAULT_COLUMNS)).quotePrefix
    assert not sheet.cell(FIRST, column("problems", DEFAULT_COLUMNS)).quotePrefix


def test_it_strips_characters_that_xml_forbids() -> None:
    sheet = opened(make_ledger(make_row(progress="甲\x00\x0b乙\x1f\ufffe\ud800丙\r\n丁"), title="台\x08账"))
    assert sheet.cell(FIRST, column("progress", DEFAULT_COLUMNS)).value == "甲乙丙\n丁"
    assert sheet["A1"].value == "台账"


def test_it_cuts_what_a_cell_cannot_hold_and_says_so() -> None:
    text = (
        opened(make_ledger(make_row(progress="长" * 40_000)))
        .cell(FIRST, column("progress", DEFAULT_COLUMNS))
        .value
    )
    assert len(text) == TEXT_LIMIT
    assert text.endswith("截断）")


def test_it_writes_a_ledger_without_tasks() -> None:
    sheet = opened(make_ledger(sections=()))
    assert sheet["A4"].value == "没有符合条件的任务"
    assert sheet.auto_filter.ref == "A3:S3"


def test_it_prints_no_heading_row_for_a_nameless_section() -> None:
    sheet = opened(make_ledger(sections=(SheetSection("", (make_row(number="1"),)),)))
    assert sheet["A4"].value == "1"


def test_it_takes_columns_in_another_order_and_under_other_names() -> None:
    columns = (replace(MEETING_COLUMNS[2], heading="主办单位"), MEETING_COLUMNS[0])
    sheet = opened(make_ledger(make_row(), columns=columns))
    assert [cell.value for cell in sheet[HEADER]] == ["主办单位", "序号"]
    assert [cell.value for cell in sheet[FIRST]] == ["市卫健委", "（一）"]


def test_it_refuses_a_sheet_without_columns() -> None:
    with pytest.raises(ValueError, match="at least one column"):
        write_ledger(make_ledger(columns=()))
