"""Write the 核对表: one row a task, with spare rows for what the reading missed."""

from __future__ import annotations

from documents.draft_sheet.columns import FORM, KINDS, layout, values_of
from documents.draft_sheet.guide import GUIDE
from documents.draft_sheet.keys import book_key, row_key
from documents.models import Draft
from documents.reading import draft_tasks
from sheets.keyed.form import NO, YES
from sheets.keyed.write import Filled, Line, write_keyed

SPARE = 30


def write_draft_sheet(draft: Draft) -> bytes:
    """The draft in its present version as the bytes of an .xlsx file."""
    shape, title = layout(draft), draft.document.title
    lines = [Line(row_key(draft, task.key), values_of(task, shape)) for task in draft_tasks(draft)]
    filled = Filled(
        key=book_key(draft),
        title=title,
        lines=lines,
        guide=GUIDE,
        choices={"section": list(shape.sections), "due_kind": list(KINDS), "included": [YES, NO]},
        spare=SPARE,
        head=f"{title[:60]}　{FORM.name}（第{draft.version}稿）",
    )
    return write_keyed(FORM, filled)
