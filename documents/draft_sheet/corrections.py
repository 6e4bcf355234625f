"""What a returned workbook changes in its draft, with all its errors; nothing is written yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.correct import TaskChange
from documents.draft_sheet.columns import FORM, REF
from documents.draft_sheet.keys import read_row_key
from documents.draft_sheet.rows import Desk, changed_task, new_task
from documents.models import Draft
from documents.reading import DraftTask
from sheets.books import CellError
from sheets.keyed.read import KeyedContent, KeyedRow
from sheets.keyed.rows import BadCells, Claims

_CHOSEN = ("section", "due_kind", "included")  # filled down by a drag of the mouse: no task by themselves
_IN_SPARE_ROWS = "新增的任务请填在表尾的空行里。"


@dataclass(frozen=True)
class Changed:
    """A task that comes back different."""

    key: int
    section: str
    change: TaskChange


@dataclass(frozen=True)
class Added:
    """A task that the reading missed: before the task `before`, or at the end of its section."""

    section: str
    number: str
    change: TaskChange
    before: int | None = None

    @property
    def ref(self) -> str:
        """The task's name in the paper."""
        return f"{self.section}/{self.number}" if self.section else self.number


@dataclass(frozen=True)
class Corrections:
    """All that an import would write; `missing` are tasks whose rows were taken out."""

    changed: tuple[Changed, ...] = ()
    added: tuple[Added, ...] = ()
    missing: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.missing)


@dataclass
class _Found:
    """What the rows so far gave."""

    errors: list[CellError]
    claims: Claims = field(default_factory=lambda: Claims(FORM, _IN_SPARE_ROWS))
    changed: list[Changed] = field(default_factory=list)
    added: dict[str, Added] = field(default_factory=dict)
    last: DraftTask | None = None


def find_corrections(draft: Draft, content: KeyedContent) -> tuple[Corrections, list[CellError]]:
    """The corrections and the errors; with any error nothing may be written.

    The workbook must be of the draft's present version.
    """
    desk, found = Desk.of(draft), _Found([*content.errors])
    unreadable = {error.row for error in content.errors}
    for row in content.rows:
        try:
            _take(desk, found, row, readable=row.number not in unreadable)
        except BadCells as bad:
            found.errors += bad.errors(row, FORM)
    missing = tuple(one.key for one in desk.tasks if one.key not in found.claims.rows and not one.left_out)
    found.errors.sort(key=lambda error: error.row)
    return Corrections(tuple(found.changed), tuple(found.added.values()), missing), found.errors


def _take(desk: Desk, found: _Found, row: KeyedRow, *, readable: bool) -> None:
    if row.key:
        task = _known_task(desk, found, row)
        if readable and (different := changed_task(desk, task, row.values)):
            found.changed.append(Changed(task.key, *different))
    elif readable and any(value for name, value in row.values.items() if name not in _CHOSEN):
        _take_new(desk, found, row)


def _known_task(desk: Desk, found: _Found, row: KeyedRow) -> DraftTask:
    """The task that the row came from; a copied, foreign or shifted key is refused."""
    key = read_row_key(desk.draft, row.key)
    task = next((one for one in desk.tasks if one.key == key), None)
    if task is None:
        raise found.claims.foreign()
    found.last = task
    found.claims.claim(row, task.key, task.ref)
    return task


def _take_new(desk: Desk, found: _Found, row: KeyedRow) -> None:
    section, number, change = new_task(desk, row.values)
    one = Added(section, number, change, _next_in(desk, section, found.last))
    if one.ref in found.added:
        raise BadCells((REF.name, "另一行新增任务已用了这个章节和编号，请改用别的编号。"))
    found.added[one.ref] = one


def _next_in(desk: Desk, section: str, last: DraftTask | None) -> int | None:
    """The task that stands behind `last` in the section; None for the section's end."""
    if last is None or last.section != section:
        return None
    behind = [one.key for one in desk.tasks[last.index + 1 :] if one.section == section]
    return behind[0] if behind else None
