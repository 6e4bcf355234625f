"""The workbook's columns, each declared once: the writer, the reader and the preview use the same list.

A column that may be filled in is called like the field of the report's content that it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from progress.content import CAUSES, NO_CHANGE_REASONS, REASON_LIMIT, REMEDIES, ReportContent
from sheets.cells import text_for_cell
from sheets.keyed.form import NO, YES, Column, Form, Kind, Value
from sheets.keyed.rows import BadCells, plain_text
from tasks.models import Task

REF = Column("ref", "编号", 9, locked=True, centred=True)
COLUMNS: tuple[Column, ...] = (
    REF,
    Column("task", "任务", 20, locked=True, optional=True),
    Column("before", "此前确认内容", 28, locked=True, optional=True),
    Column("due", "完成时限", 11, locked=True, optional=True, centred=True),
    Column("no_change", "本季无变化", 8, Kind.CHOICE, centred=True),
    Column("no_change_reason", "无变化的原因", 15, Kind.CHOICE),
    Column("text", "进展情况", 40),
    Column("said_percent", "完成进度", 8, Kind.PERCENT, centred=True),
    Column("said_status", "本单位判断", 9, Kind.CHOICE, centred=True),
    Column("cause", "滞后原因", 13, Kind.CHOICE),
    Column("remedy", "整改措施", 13, Kind.CHOICE),
    Column("problems", "存在问题", 22),
    Column("next_steps", "下一步措施", 22),
    Column("is_practice", "典型做法", 8, Kind.CHOICE, centred=True),
    Column("state", "状态", 18, locked=True, optional=True),
)
FORM = Form("填报表", COLUMNS)
EDITABLE = tuple(column for column in COLUMNS if not column.locked)
HEADINGS = {column.name: column.heading for column in COLUMNS}
STATUSES = {str(status.label): str(status.value) for status in Task.Status}
CHOICES = {
    "no_change": (YES, NO),
    "no_change_reason": NO_CHANGE_REASONS,
    "said_status": tuple(STATUSES),
    "cause": CAUSES,
    "remedy": REMEDIES,
    "is_practice": (YES, NO),
}
WRITTEN_FREELY = frozenset({"no_change_reason"})
_YES_OR_NO = ("no_change", "is_practice")
_ONLY_LISTED = [name for name in CHOICES if name not in WRITTEN_FREELY]

Cells = Mapping[str, Value]


def cells_of(content: ReportContent) -> dict[str, Value]:
    """A content as its row shows it."""
    words = {status: word for word, status in STATUSES.items()}
    shown = content.as_dict() | {
        **{name: YES if getattr(content, name) else NO for name in _YES_OR_NO},
        "said_status": words.get(content.said_status, ""),
    }
    return {column.name: shown[column.name] for column in EDITABLE}


def fields_of(cells: Cells) -> dict[str, Any]:
    """The fields of a content as the cells have them; BadCells with every word that cannot be taken."""
    wrong = [
        (name, f"请填写{'、'.join(CHOICES[name])}中的一种。")
        for name in _ONLY_LISTED
        if not _listed(name, cells)
    ]
    if len(plain(cells)["no_change_reason"]) > REASON_LIMIT:
        wrong.append(("no_change_reason", f"不超过{REASON_LIMIT}字。"))
    if wrong:
        raise BadCells(*wrong)
    texts = {name: text for name, text in plain(cells).items() if name != "said_percent"}
    return texts | {
        "said_percent": cells.get("said_percent"),
        **{name: texts[name] == YES for name in _YES_OR_NO},
        "said_status": STATUSES.get(texts["said_status"], ""),
    }


def plain(cells: Cells) -> dict[str, str]:
    """The cells that may be filled in, as texts that compare equal however an office program saved them."""
    texts = {one.name: "" if cells.get(one.name) is None else str(cells[one.name]) for one in EDITABLE}
    return {name: plain_text(text_for_cell(text)) for name, text in texts.items()} | {
        name: plain_text(texts[name]) or NO for name in _YES_OR_NO
    }


def fingerprint(cells: Cells) -> str:
    """What a row said when it was handed out, short enough for its hidden key."""
    return sha256("\x1f".join(plain(cells).values()).encode()).hexdigest()[:16]


def _listed(name: str, cells: Cells) -> bool:
    return plain(cells)[name] in ("", *CHOICES[name])
