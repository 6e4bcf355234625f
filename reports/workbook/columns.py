"""The ledger's columns, each declared once; their order is the one reform offices share.

Offices name the same column differently (牵头、主办、责任; 参与、配合、协办): take a column and rename it with
`dataclasses.replace(column, heading=...)`, or put the columns in another order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from reports.workbook.row import SheetRow

Value = str | date | Decimal | int | None

# A shape beside the word, so that the light survives a black-and-white printer.
SHAPES = {"red": "●", "yellow": "▲", "green": "■", "done": "✔", "idle": "○", "stop": "—"}


class Kind(Enum):
    """How a cell is written and aligned."""

    TEXT = "text"
    SHORT = "short"
    DAY = "day"
    PERCENT = "percent"
    LIGHT = "light"


@dataclass(frozen=True)
class Column:
    """One column: its key, its heading, its width in half-width characters, and what it takes of a row."""

    identifier: str
    heading: str
    width: float
    value: Callable[[SheetRow], Value]
    kind: Kind = Kind.TEXT


def light_text(row: SheetRow) -> str:
    """Shape and word on the first line, the reasons below: a colour never stands alone."""
    first = f"{SHAPES.get(row.light_colour, '')} {row.light_word}".strip()
    return "\n".join(part for part in (first, "；".join(row.light_reasons)) if part)


def _due(row: SheetRow) -> Value:
    return row.due_on or row.due_text


ALL_COLUMNS: tuple[Column, ...] = (
    Column("number", "序号", 6, lambda row: row.number, Kind.SHORT),
    Column("ref", "编号", 8, lambda row: row.ref, Kind.SHORT),
    Column("basis", "文件依据", 10, lambda row: row.basis),
    Column("title", "重点任务", 13, lambda row: row.title),
    Column("body", "任务内容", 26, lambda row: row.body),
    Column("leads", "牵头单位", 10, lambda row: row.leads),
    Column("responsible", "负责单位", 10, lambda row: row.responsible),
    Column("participants", "参与单位", 11, lambda row: row.participants),
    Column("contact", "责任人及联系电话", 10, lambda row: row.contact),
    Column("original_due_on", "完成时限（原）", 11, lambda row: row.original_due_on, Kind.DAY),
    Column("due_on", "完成时限（现）", 11, _due, Kind.DAY),
    Column("due_text", "时限表述", 12, lambda row: row.due_text),
    Column("progress", "本期进展", 28, lambda row: row.progress),
    Column("said_percent", "单位自报完成率", 7, lambda row: row.said_percent, Kind.PERCENT),
    Column("confirmed_percent", "医改办确认完成率", 7, lambda row: row.confirmed_percent, Kind.PERCENT),
    Column("light", "状态（灯）及原因", 14, light_text, Kind.LIGHT),
    Column("problems", "存在问题", 15, lambda row: row.problems),
    Column("next_steps", "下一步措施", 15, lambda row: row.next_steps),
    Column("review_note", "审核意见", 10, lambda row: row.review_note),
    Column("remark", "备注", 8, lambda row: row.remark),
)

_BY_NAME = {column.identifier: column for column in ALL_COLUMNS}


def chosen(*identifiers: str) -> tuple[Column, ...]:
    """The columns of these keys, in this order; KeyError for a key that no column has."""
    return tuple(_BY_NAME[identifier] for identifier in identifiers)


# 时限表述 is left out: the column of the current deadline falls back to it where no date is fixed.
DEFAULT_COLUMNS = tuple(column for column in ALL_COLUMNS if column.identifier != "due_text")

# What fits a meeting table at a type size that can be read across it.
MEETING_COLUMNS = chosen(
    "number",
    "title",
    "leads",
    "participants",
    "due_on",
    "progress",
    "confirmed_percent",
    "light",
    "next_steps",
)
