"""Write such a workbook: what must not change locked, choices to pick from, ready to fill in and to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sheets.cells import BODY, BORDER, LINE, STRONG, AnyCell, put_text, row_height
from sheets.keyed.form import HELP, HIDDEN, KEY, Column, Form, Kind, Value
from sheets.paper import one_line, set_paper
from sheets.values import PERCENT_EXPECTED

Guide = Sequence[tuple[str, str]]  # subject and text
_HEAD = PatternFill("solid", fgColor="FFE8EDF3")
_LOCKED = PatternFill("solid", fgColor="FFF1F1F1")
_FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.PERCENT: "General"}
# "@" keeps as text what is typed in: 2020/12/31 stays as written, = starts no formula
_TEXT = "@"


@dataclass(frozen=True)
class Line:
    """One row with its key; a `closed` one is locked in all its cells."""

    key: str
    values: Mapping[str, Value]
    closed: bool = False


@dataclass(frozen=True)
class Filled:
    """All that is written: the rows, the key of the whole, what the drop-downs offer, the instructions.

    `choices` are by column; in an `open_choices` column something else may be written too. `spare` rows stay
    empty for what somebody adds.
    """

    key: str
    title: str
    lines: Sequence[Line]
    guide: Guide
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    open_choices: frozenset[str] = frozenset()
    spare: int = 0
    head: str = ""  # over every printed page


def write_keyed(form: Form, filled: Filled) -> bytes:
    """The bytes of an .xlsx file."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.name
    book.properties.creator = "医改任务台账"
    book.properties.title = one_line(filled.title)
    _write_head(sheet, form)
    for row, line in enumerate(filled.lines, start=2):
        _write_row(sheet, row, form, line)
    full = len(filled.lines) + 1
    last = full + filled.spare
    for row in range(full + 1, last + 1):
        _write_row(sheet, row, form, Line("", {}), spare=True)
    _write_guide(book.create_sheet(HELP), filled.guide)
    _write_hidden(book.create_sheet(HIDDEN), filled)
    _offer(sheet, form, filled, last)
    _protect(sheet, last)
    _set_page(sheet, form, filled.head, full)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_head(sheet: Worksheet, form: Form) -> None:
    for index, column in enumerate(form.all_columns, start=1):
        cell = sheet.cell(1, index)
        put_text(cell, column.heading)
        cell.font, cell.fill, cell.border = STRONG, _HEAD, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[1].height = 2 * LINE + 4


def _write_row(sheet: Worksheet, row: int, form: Form, line: Line, *, spare: bool = False) -> None:
    texts = []
    for index, column in enumerate(form.all_columns, start=1):
        value = line.key if column is KEY else line.values.get(column.name)
        cell = sheet.cell(row, index)
        named_by_hand = spare and column is form.columns[0]
        _style(cell, column, locked=line.closed or (column.locked and not named_by_hand))
        if isinstance(value, str):
            put_text(cell, value)
        elif value is not None:
            cell.value = value
        if column is not KEY:
            texts.append(("" if value is None else str(value), column.width))
    sheet.row_dimensions[row].height = max(row_height(texts), 2 * LINE)


def _style(cell: AnyCell, column: Column, *, locked: bool) -> None:
    cell.font, cell.border = BODY, BORDER
    across = "center" if column.centred else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    cell.number_format = _FORMATS.get(column.kind, _TEXT)
    cell.protection = Protection(locked=locked)
    if locked:
        cell.fill = _LOCKED


def _write_guide(sheet: Worksheet, guide: Guide) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 84
    for row, (subject, text) in enumerate(guide, start=1):
        for index, (words, font) in enumerate(((subject, STRONG), (text, BODY)), start=1):
            cell = sheet.cell(row, index)
            put_text(cell, words)
            cell.font, cell.border = font, BORDER
            cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = row_height([(subject, 16), (text, 84)]) + 4
    set_paper(sheet)


def _write_hidden(sheet: Worksheet, filled: Filled) -> None:
    """The key in the first column, and what the drop-downs offer beside it."""
    put_text(sheet.cell(1, 1), filled.key)
    for index, words in enumerate(filled.choices.values(), start=2):
        for row, word in enumerate(words, start=1):
            put_text(sheet.cell(row, index), word)
    sheet.sheet_state = "hidden"
    sheet.protection.enable()


def _offer(sheet: Worksheet, form: Form, filled: Filled, last: int) -> None:
    places = {column.name: get_column_letter(index) for index, column in enumerate(form.columns, start=1)}
    for index, (name, words) in enumerate(filled.choices.items(), start=2):
        letter = get_column_letter(index)
        rule = DataValidation(
            type="list",
            formula1=f"'{HIDDEN}'!${letter}$1:${letter}${len(words)}",
            allow_blank=True,
            showErrorMessage=name not in filled.open_choices,
            errorTitle="不在列表中",
            error="请从下拉列表中选择。",
        )
        rule.add(f"{places[name]}2:{places[name]}{last}")
        sheet.add_data_validation(rule)
    for column in form.columns:
        if column.kind is Kind.PERCENT:
            _limit(sheet, f"{places[column.name]}2:{places[column.name]}{last}")


def _limit(sheet: Worksheet, cells: str) -> None:
    """Told while somebody types, and not forbidden: 75% is understood when it comes back."""
    rule = DataValidation(
        type="whole",
        operator="between",
        formula1="0",
        formula2="100",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="请核对",
        error=PERCENT_EXPECTED,
    )
    rule.add(cells)
    sheet.add_data_validation(rule)


def _protect(sheet: Worksheet, last: int) -> None:
    """Locked cells without a password: against slips, not against the owner of the file."""
    sheet.freeze_panes = "D2"
    key = get_column_letter(sheet.max_column)
    sheet.auto_filter.ref = f"A1:{key}{last}"
    sheet.column_dimensions[key].hidden = True
    protection = sheet.protection
    protection.enable()
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.insertRows = False


def _set_page(sheet: Worksheet, form: Form, head: str, last: int) -> None:
    """A4 landscape, one page wide, the header on every page, pages numbered."""
    set_paper(sheet, head)
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(len(form.columns))}{last}"
    sheet.sheet_view.zoomScale = 90
