"""Write the 核对表: one row a task, what must not change locked, choices to pick from, ready to print."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from documents.draft_sheet.columns import (
    COLUMNS,
    HELP,
    HIDDEN,
    KEY,
    KINDS,
    NO,
    SHEET,
    YES,
    Column,
    Kind,
    Value,
    layout,
    values_of,
)
from documents.draft_sheet.guide import GUIDE
from documents.draft_sheet.keys import book_key, row_key
from documents.models import Draft
from documents.reading import draft_tasks
from sheets.cells import BODY, BORDER, LINE, STRONG, AnyCell, put_text, row_height
from sheets.xml_text import xml_safe

SPARE = 30  # empty rows for tasks that the reading missed
_HEAD = PatternFill("solid", fgColor="FFE8EDF3")
_LOCKED = PatternFill("solid", fgColor="FFF1F1F1")
_LAST = get_column_letter(len(COLUMNS) - 1)  # the key's column stands hidden behind it
_CENTRED = ("ref", "due_kind", "due_on", "included")


def write_draft_sheet(draft: Draft) -> bytes:
    """The draft in its present version as the bytes of an .xlsx file."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    book.properties.creator = "医改任务台账"
    book.properties.title = " ".join(xml_safe(draft.document.title).split())
    tasks = draft_tasks(draft)
    shape = layout(draft)
    _write_head(sheet)
    for row, task in enumerate(tasks, start=2):
        _write_row(sheet, row, {**values_of(task, shape), KEY.name: row_key(draft, task.key)})
    last = len(tasks) + 1 + SPARE
    for row in range(len(tasks) + 2, last + 1):
        _write_row(sheet, row, {}, spare=True)
    lists = {"section": list(shape.sections), "due_kind": list(KINDS), "included": [YES, NO]}
    _write_guide(book.create_sheet(HELP))
    _write_hidden(book.create_sheet(HIDDEN), book_key(draft), lists)
    _offer(sheet, lists, last)
    _protect(sheet, last)
    _set_page(sheet, draft, len(tasks) + 1)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_head(sheet: Worksheet) -> None:
    for index, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, index)
        put_text(cell, column.heading)
        cell.font, cell.fill, cell.border = STRONG, _HEAD, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[1].height = 2 * LINE + 4


def _write_row(sheet: Worksheet, row: int, values: dict[str, Value], *, spare: bool = False) -> None:
    texts = []
    for index, column in enumerate(COLUMNS, start=1):
        value = values.get(column.name)
        cell = sheet.cell(row, index)
        _style(cell, column, open_ref=spare)
        if isinstance(value, str):
            put_text(cell, value)
        elif value is not None:
            cell.value = value
        if column is not KEY:
            texts.append((str(value or ""), column.width))
    sheet.row_dimensions[row].height = max(row_height(texts), 2 * LINE)


def _style(cell: AnyCell, column: Column, *, open_ref: bool) -> None:
    locked = column.locked and not (open_ref and column.name == "ref")
    cell.font, cell.border = BODY, BORDER
    across = "center" if column.name in _CENTRED else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    # "@" keeps as text what is typed in: 2020/12/31 stays as written, = starts no formula
    cell.number_format = "yyyy-mm-dd" if column.kind is Kind.DAY else "@"
    cell.protection = Protection(locked=locked)
    if locked:
        cell.fill = _LOCKED


def _write_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 84
    for row, (subject, text) in enumerate(GUIDE, start=1):
        for index, (words, font) in enumerate(((subject, STRONG), (text, BODY)), start=1):
            cell = sheet.cell(row, index)
            put_text(cell, words)
            cell.font, cell.border = font, BORDER
            cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = row_height([(subject, 16), (text, 84)]) + 4
    _fit(sheet)


def _write_hidden(sheet: Worksheet, key: str, lists: dict[str, list[str]]) -> None:
    """The key in the first column, and what the drop-downs offer beside it."""
    put_text(sheet.cell(1, 1), key)
    for index, words in enumerate(lists.values(), start=2):
        for row, word in enumerate(words, start=1):
            put_text(sheet.cell(row, index), word)
    sheet.sheet_state = "hidden"
    sheet.protection.enable()


def _offer(sheet: Worksheet, lists: dict[str, list[str]], last: int) -> None:
    places = {column.name: get_column_letter(index) for index, column in enumerate(COLUMNS, start=1)}
    for index, (name, words) in enumerate(lists.items(), start=2):
        letter = get_column_letter(index)
        rule = DataValidation(
            type="list",
            formula1=f"'{HIDDEN}'!${letter}$1:${letter}${len(words)}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="不在列表中",
            error="请从下拉列表中选择。",
        )
        rule.add(f"{places[name]}2:{places[name]}{last}")
        sheet.add_data_validation(rule)


def _protect(sheet: Worksheet, last: int) -> None:
    """Locked cells without a password: against slips, not against the owner of the file."""
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.column_dimensions[get_column_letter(len(COLUMNS))].hidden = True
    protection = sheet.protection
    protection.enable()
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.insertRows = False


def _set_page(sheet: Worksheet, draft: Draft, last: int) -> None:
    """A4 landscape, one page wide, the header on every page, pages numbered."""
    _fit(sheet)
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{_LAST}{last}"
    title = " ".join(xml_safe(draft.document.title).split()).replace("&", "&&")
    head = f"{title[:60]}　核对表（第{draft.version}稿）"
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(text=head, size=12))
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
    sheet.sheet_view.zoomScale = 90


def _fit(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.35
    margins.top, margins.bottom, margins.header, margins.footer = 0.7, 0.6, 0.3, 0.3
