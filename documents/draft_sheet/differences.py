"""What the person sees before confirming: each task with its changed cells, before and after."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from documents.draft_sheet.columns import EDITABLE, Layout, layout, values_of
from documents.draft_sheet.corrections import Added, Changed, Corrections
from documents.models import Draft
from documents.reading import DraftTask, draft_tasks
from sheets.keyed.compare import CellDifference, TaskDifference, compare
from sheets.keyed.form import Column, Kind, Value


@dataclass(frozen=True)
class Differences:
    """All of the preview."""

    changed: tuple[TaskDifference, ...]
    added: tuple[TaskDifference, ...]
    missing: tuple[DraftTask, ...]


def find_differences(draft: Draft, corrections: Corrections) -> Differences:
    """Compare the draft with what it would be after the import."""
    tasks, shape = {one.key: one for one in draft_tasks(draft)}, layout(draft)
    return Differences(
        tuple(_changed(tasks[one.key], one, shape) for one in corrections.changed),
        tuple(_added(one, shape) for one in corrections.added),
        tuple(tasks[key] for key in corrections.missing),
    )


def _changed(task: DraftTask, one: Changed, shape: Layout) -> TaskDifference:
    values = {field.name: getattr(one.change, field.name) for field in fields(one.change)}
    after = replace(
        task, section=one.section, **{name: values[name] for name in values if hasattr(task, name)}
    )
    old, new = values_of(task, shape), values_of(after, shape)
    cells = tuple(
        compare(column.heading, _words(column, old[column.name]), _words(column, new[column.name]))
        for column in EDITABLE
        if old[column.name] != new[column.name]
    )
    return TaskDifference(task.ref, task.headline, cells)


def _added(one: Added, shape: Layout) -> TaskDifference:
    change = one.change
    shown: dict[str, Value] = {
        "section": shape.label(one.section),
        **{name: getattr(change, name) for name in ("title", "body", "due_text", "due_on")},
        **{name: "\n".join(getattr(change, name)) for name in ("leads", "responsible", "participants")},
    }
    cells = tuple(
        CellDifference(column.heading, "", "", _words(column, shown[column.name]), "")
        for column in EDITABLE
        if shown.get(column.name)
    )
    return TaskDifference(one.ref, change.title or change.body.partition("。")[0], cells)


def _words(column: Column, value: Value) -> str:
    text = str(value or "")
    return "、".join(text.split("\n")) if column.kind is Kind.NAMES else text
