"""One row of a returned workbook against the task it came from, judged by the rules of the correction page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from documents.correct import TaskChange
from documents.draft_sheet.columns import (
    EDITABLE,
    HEADINGS,
    KINDS,
    NO_SECTION,
    REF,
    Layout,
    layout,
    values_of,
)
from documents.forms import AddTaskForm, TaskForm, split_names
from documents.models import Draft
from documents.reading import DraftTask, draft_tasks
from sheets.cells import text_for_cell
from sheets.keyed.form import NO, YES, Column, Kind, Value
from sheets.keyed.rows import BadCells, refuse_cut, same_text

Values = Mapping[str, Value]
DEFAULT_REASON = "核对表中选定不列入台账"
_COLUMN_OF = {"number": REF.name, "left_out": "reason"}  # where a form's field stands in the workbook


@dataclass(frozen=True)
class Desk:
    """The draft that the rows are compared with."""

    draft: Draft
    tasks: list[DraftTask]
    shape: Layout
    known: tuple[str, ...]

    @classmethod
    def of(cls, draft: Draft) -> Desk:
        """The draft laid out for comparing."""
        tasks = draft_tasks(draft)
        return cls(draft, tasks, layout(draft), tuple(name for task in tasks for name in task.names))


def changed_task(desk: Desk, task: DraftTask, given: Values) -> tuple[str, TaskChange] | None:
    """The task's section and fields when a cell differs from what was exported; None when none does.

    Fields whose cells stayed keep what is in the draft, to the letter. Raises BadCells.
    """
    exported = values_of(task, desk.shape)
    given = {**given, "included": given.get("included") or exported["included"]}
    differing = {one.name for one in EDITABLE if not _same(desk, one, exported, given)}
    if not differing:
        return None
    refuse_cut({name: str(exported[name] or "") for name in differing})
    wanted = {name: given[name] if name in differing else value for name, value in exported.items()}
    section = _section(desk, wanted) if "section" in differing else task.section
    form = TaskForm({**_form_data(wanted), "version": desk.draft.version}, known=desk.known)
    _check(form)
    return section, _keep_the_rest(form.change(), task, differing)


def new_task(desk: Desk, given: Values) -> tuple[str, str, TaskChange]:
    """Section, number and fields of a task that stands in a row without a key. Raises BadCells."""
    section, number = _section(desk, given), str(given.get(REF.name) or "")
    if given.get("included") == NO:
        raise BadCells(("included", f"新增的任务应选“{YES}”；不需要的，请清空这一行。"))
    if section:
        number = number.removeprefix(f"{section}/")
    data = {**_form_data(given), "version": desk.draft.version, "section": section, "number": number}
    form = AddTaskForm(data, draft=desk.draft, known=desk.known)
    _check(form)
    return section, number, form.change()


def _same(desk: Desk, column: Column, exported: Values, given: Values) -> bool:
    before, after = exported[column.name], given.get(column.name)
    if isinstance(before, date) or isinstance(after, date):
        return before == after
    first, second = str(before or ""), str(after or "")
    if column.kind is Kind.NAMES:
        return split_names(text_for_cell(first), desk.known) == split_names(second, desk.known)
    return same_text(first, second)


def _form_data(values: Values) -> dict[str, Any]:
    """The cells as the correction page would send them, so that the same rules judge both."""
    kind = values.get("due_kind") or next(
        word for word, code in KINDS.items() if code == ("fixed" if values.get("due_on") else "none")
    )
    if kind not in KINDS:
        raise BadCells(("due_kind", f"请填写{'、'.join(KINDS)}中的一种。"))
    included = values.get("included") or YES
    if included not in (YES, NO):
        raise BadCells(("included", f"请填写“{YES}”或“{NO}”。"))
    plain = ("title", "body", "leads", "responsible", "participants", "due_on", "due_text")
    return {
        **{name: values.get(name) or "" for name in plain},
        "due_kind": KINDS[str(kind)],
        "left_out": (values.get("reason") or DEFAULT_REASON) if included == NO else "",
    }


def _section(desk: Desk, values: Values) -> str:
    """The section's number; its label, its number or its title will do."""
    words = _plain(values.get("section"))
    for label, number in desk.shape.sections.items():
        if words in (_plain(label), _plain(number), _plain(label.removeprefix(number))):
            return number
    known = "、".join(f"“{label}”" for label in desk.shape.sections if label != NO_SECTION)
    raise BadCells(("section", f"请填写{known}中的一个。" if known else "本文件没有分章节，请清空这一格。"))


def _plain(value: Value) -> str:
    """Without blanks and the mark between number and title, for comparing."""
    return "".join(str(value or "").replace("、", "").split())


def _check(form: TaskForm) -> None:
    """Raise the form's complaints by column."""
    if form.is_valid():
        return
    cells = []
    for name, messages in form.errors.items():
        column = _COLUMN_OF.get(name, name)
        place = column if column in HEADINGS else "title"
        cells.append((place, "".join(str(message) for message in messages)))
    raise BadCells(*cells)


def _keep_the_rest(change: TaskChange, task: DraftTask, differing: set[str]) -> TaskChange:
    values = {one.name: getattr(change, one.name) for one in fields(change)}
    kept = {name for name in values if hasattr(task, name) and name != "left_out"} - differing
    return TaskChange(**values | {name: getattr(task, name) for name in kept})
