"""导出审计记录: what the list shows, as a workbook of limited length; leaves an entry itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from audit.changes import changes_of
from audit.querysets import EntryQuerySet
from audit.record import record
from audit.search import count_up_to, sealed_through
from departments.models import User
from reports.trail import TrailLine, lines_of, place_names
from sheets.cells import STRONG, put_text

LIMIT = 20_000
# Heading and width of each column, in the order of `_cells`.
COLUMNS = (
    ("编号", 10),
    ("时间", 20),
    ("操作人", 12),
    ("操作人编号", 11),
    ("行为", 16),
    ("行政区域", 12),
    ("对象", 36),
    ("变更前", 40),
    ("变更后", 40),
    ("理由", 24),
    ("来源地址", 16),
    ("请求编号", 38),
    ("封存", 8),
)


class TooMany(Exception):
    """More entries than one workbook takes; the message says what to do."""


@transaction.atomic
def export_trail(entries: EntryQuerySet, *, conditions: dict[str, str], by: User) -> IO[bytes]:
    """The .xlsx of `entries`, newest first, as an open file; writes "audit.export".

    Rows are written as they are read, so that memory does not grow with them. Raises TooMany above LIMIT.
    """
    count = count_up_to(entries, LIMIT)
    if count > LIMIT:
        raise TooMany(f"符合条件的记录超过{LIMIT}条，请缩小时间范围后分次导出。")
    with ExitStack() as stack:
        file = stack.enter_context(TemporaryFile())
        _write(entries, by, file)
        after = {"filter": conditions, "count": count}
        place = min(by.scope.audits, default=None)
        record("audit.export", actor=by, target=None, jurisdiction_id=place, after=after)
        file.seek(0)
        stack.pop_all()  # whoever sends the file closes it
    return file


def _write(entries: EntryQuerySet, by: User, file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("审计记录")
    sheet.freeze_panes = "A2"
    for place, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, heading, strong=True) for heading, _ in COLUMNS])
    through, places = sealed_through(), place_names(by)
    for entry in entries.iterator(chunk_size=1000):
        (line,) = lines_of([entry], places=places, sealed_through=through)
        sheet.append([_cell(sheet, text) for text in _texts(line)])
    book.save(file)


def _texts(line: TrailLine) -> Iterator[str]:
    entry, changes = line.entry, changes_of(line.entry)
    yield str(entry.pk)
    yield f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
    yield entry.actor_name
    yield str(entry.actor_id or "")
    yield line.act
    yield line.place
    yield line.target
    yield "\n".join(f"{one.field}：{one.before}" for one in changes if one.before)
    yield "\n".join(f"{one.field}：{one.after}" for one in changes if one.after)
    yield entry.reason
    yield entry.address or ""
    yield entry.request_id
    yield "已封存" if line.sealed else "未封存"


def _cell(sheet: WriteOnlyWorksheet, text: str, *, strong: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    if strong:
        cell.font = STRONG
    return cell
