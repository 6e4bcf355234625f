"""Write the 台账: title, 截至 line, header, sections, tasks and the key of the lights, ready to print on A4."""

from datetime import datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbook.cells import FILLS, put, shown
from reports.workbook.columns import Kind
from reports.workbook.content import LedgerSheet, SheetRow, SheetSection
from sheets.cells import BORDER, LINE, PADDING, STRONG, put_text, row_height
from sheets.paper import set_paper
from sheets.xml_text import xml_safe

HEADER = 3  # title, 截至 line, then the header
KEY = "图例：● 红　▲ 黄　■ 绿　✔ 完成　○ 未到期　— 终止"
NOTHING = "没有符合条件的任务"
_HEAD_FILL = PatternFill("solid", fgColor="FFE8EDF3")
_SECTION_FILL = PatternFill("solid", fgColor="FFF4F6F9")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def write_ledger(ledger: LedgerSheet) -> bytes:
    """The ledger as the bytes of an .xlsx file; ValueError if it has no column."""
    if not ledger.columns:
        raise ValueError("a ledger sheet needs at least one column")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    book.properties.creator = "医改任务台账"
    book.properties.title = _line(ledger.title)
    book.properties.created = datetime.combine(ledger.as_of, time())
    _write_head(sheet, ledger)
    _write_body(sheet, ledger)
    _set_page(sheet, ledger)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _line(text: str) -> str:
    return " ".join(xml_safe(text).split())


def _write_head(sheet: Worksheet, ledger: LedgerSheet) -> None:
    day = ledger.as_of
    as_of = f"截至{day.year}年{day.month}月{day.day}日"
    _across(sheet, 1, ledger, ledger.title, Font(name="黑体", size=18, bold=True), _MIDDLE)
    _across(
        sheet,
        2,
        ledger,
        "　　".join(filter(None, (ledger.subtitle, as_of))),
        Font(name="仿宋", size=11),
        _LEFT,
    )
    sheet.row_dimensions[1].height = 32
    for index, column in enumerate(ledger.columns, start=1):
        cell = sheet.cell(HEADER, index)
        put_text(cell, column.heading)
        cell.font, cell.fill, cell.border, cell.alignment = STRONG, _HEAD_FILL, BORDER, _MIDDLE
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    headings = [(column.heading, column.width) for column in ledger.columns]
    sheet.row_dimensions[HEADER].height = row_height(headings)


def _across(
    sheet: Worksheet, at: int, ledger: LedgerSheet, text: str, font: Font, alignment: Alignment
) -> None:
    """A line over the whole width; its height is computed, since merged rows never size themselves."""
    cell = sheet.cell(at, 1)
    put_text(cell, text)
    cell.font, cell.alignment = font, alignment
    last = len(ledger.columns)
    if last > 1:
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=last)
    width = sum(column.width for column in ledger.columns)
    sheet.row_dimensions[at].height = row_height([(text, width)]) + PADDING


def _write_body(sheet: Worksheet, ledger: LedgerSheet) -> None:
    at = HEADER + 1
    for section in ledger.sections:
        at = _write_section(sheet, ledger, section, at)
    last = get_column_letter(len(ledger.columns))
    sheet.auto_filter.ref = f"A{HEADER}:{last}{max(at - 1, HEADER)}"
    if not any(section.rows for section in ledger.sections):
        _across(sheet, at, ledger, NOTHING, Font(name="仿宋", size=11), _MIDDLE)
        at += 1
    _across(sheet, at, ledger, KEY, Font(name="仿宋", size=10), _LEFT)


def _write_section(sheet: Worksheet, ledger: LedgerSheet, section: SheetSection, at: int) -> int:
    """Write the section from row `at` on; the next free row is returned."""
    if section.heading:
        _across(sheet, at, ledger, section.heading, STRONG, _LEFT)
        for index in range(1, len(ledger.columns) + 1):
            sheet.cell(at, index).border = BORDER
            sheet.cell(at, index).fill = _SECTION_FILL
        at += 1
    for row in section.rows:
        _write_row(sheet, ledger, row, at)
        at += 1
    return at


def _write_row(sheet: Worksheet, ledger: LedgerSheet, row: SheetRow, at: int) -> None:
    texts = []
    for index, column in enumerate(ledger.columns, start=1):
        value = column.value(row)
        cell = sheet.cell(at, index)
        put(cell, value, column.kind)
        if column.kind is Kind.LIGHT and row.light_colour in FILLS:
            cell.fill = FILLS[row.light_colour]
        texts.append((shown(value), column.width))
    sheet.row_dimensions[at].height = max(row_height(texts), 2 * LINE)


def _set_page(sheet: Worksheet, ledger: LedgerSheet) -> None:
    """A4 landscape, one page wide, the header on every page, pages numbered."""
    sheet.freeze_panes = f"A{HEADER + 1}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    set_paper(sheet)
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.zoomScale = 90
    sheet.print_area = f"A1:{get_column_letter(len(ledger.columns))}{sheet.max_row}"
