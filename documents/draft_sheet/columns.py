"""The workbook's columns, each declared once: the writer, the reader and the preview use the same list."""

from __future__ import annotations

from dataclasses import dataclass

from documents.forms import DUE_KINDS, TaskForm
from documents.models import Draft
from documents.reading import DraftTask, draft_problems, draft_sections
from sheets.keyed.form import NO, YES, Column, Form, Kind, Value

NO_SECTION = "未分方面"
KINDS = {word: code for code, word in DUE_KINDS}


REF = Column("ref", "编号", 9, locked=True, centred=True)
COLUMNS: tuple[Column, ...] = (
    REF,
    Column("section", "章节", 13, Kind.CHOICE),
    Column("title", "任务标题", 18),
    Column("body", "任务内容", 44),
    Column("clause", "责任分工原文", 20, locked=True, optional=True),
    Column("leads", "牵头单位", 14, Kind.NAMES),
    Column("responsible", "负责单位", 14, Kind.NAMES),
    Column("participants", "参与单位", 14, Kind.NAMES),
    Column("due_kind", "时限类别", 9, Kind.CHOICE, centred=True),
    Column("due_text", "时限原文", 12),
    Column("due_on", "到期日", 11, Kind.DAY, centred=True),
    Column("included", "是否列入台账", 8, Kind.CHOICE, centred=True),
    Column("reason", "不列入理由", 12),
    Column("problems", "需核对", 22, locked=True, optional=True),
)
FORM = Form("核对表", COLUMNS)
EDITABLE = tuple(column for column in COLUMNS if not column.locked)
HEADINGS = {column.name: column.heading for column in COLUMNS}


@dataclass(frozen=True)
class Layout:
    """What the cells of a draft refer to: its sections by label, and the open problems of each task."""

    sections: dict[str, str]
    problems: dict[str, tuple[str, ...]]

    def label(self, number: str) -> str:
        """The section of this number as the workbook names it."""
        return next((label for label, one in self.sections.items() if one == number), number)


def layout(draft: Draft) -> Layout:
    """Read the layout of a draft."""
    sections = {f"{number}　{title}".strip("　"): number for number, title in draft_sections(draft)}
    problems: dict[str, tuple[str, ...]] = {}
    for one in draft_problems(draft):
        if one.open and one.ref:
            said = problems.get(one.ref, ())
            problems[one.ref] = said if one.message in said else (*said, one.message)
    return Layout({**sections, NO_SECTION: ""}, problems)


def values_of(task: DraftTask, shape: Layout) -> dict[str, Value]:
    """The cells of a task, without its key."""
    shown = TaskForm.initial_of(task, 0)
    words = dict(DUE_KINDS)
    return {
        "ref": task.ref,
        "section": shape.label(task.section),
        "title": shown["title"],
        "body": shown["body"],
        "clause": task.clause,
        "leads": shown["leads"],
        "responsible": shown["responsible"],
        "participants": shown["participants"],
        "due_kind": words[shown["due_kind"]],
        "due_text": shown["due_text"],
        "due_on": shown["due_on"],
        "included": NO if task.left_out else YES,
        "reason": task.left_out,
        "problems": "\n".join(shape.problems.get(task.ref, ())),
    }
