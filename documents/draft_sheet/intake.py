"""Taking a returned workbook in: read, held against its origin, compared; nothing is written yet."""

from __future__ import annotations

from dataclasses import dataclass

from documents.draft_sheet.columns import FORM
from documents.draft_sheet.corrections import Corrections, find_corrections
from documents.draft_sheet.keys import BookKey, read_book_key
from documents.models import Draft
from documents.readers import UnreadableFile
from documents.versions import StaleDraft
from sheets.books import CellError
from sheets.keyed.read import read_keyed

ANOTHER_PAPER = "这份核对表是从另一份文件导出的，没有导入。请选择从本文件导出的核对表。"


@dataclass(frozen=True)
class Intake:
    """What a workbook would change, or why it cannot; `unread` are headings that the system does not know."""

    sheet: str
    corrections: Corrections
    errors: tuple[CellError, ...]
    unread: tuple[str, ...]


def look_at(draft: Draft, data: bytes) -> Intake:
    """Read a workbook against the draft.

    Raises UnreadableFile with a message for the person, StaleDraft when the draft changed since the export.
    """
    content = read_keyed(data, FORM)
    key = read_book_key(content.key)
    if key is None:
        raise UnreadableFile(FORM.not_ours)
    check_origin(draft, key)
    corrections, errors = find_corrections(draft, content)
    return Intake(content.sheet, corrections, tuple(errors), tuple(content.unread))


def check_origin(draft: Draft, key: BookKey) -> None:
    """Refuse what was exported from another paper, draft or version."""
    if key.document != draft.document_id:
        raise UnreadableFile(ANOTHER_PAPER)
    if (key.draft, key.version) != (draft.pk, draft.version):
        raise StaleDraft(draft)
