"""What ties a workbook to the draft it came from: signed, so that a foreign or edited key is noticed."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from documents.models import Draft

_BOOK = "documents.draft_sheet.book"
_ROW = "documents.draft_sheet.row"


@dataclass(frozen=True)
class BookKey:
    """From which draft, and in which of its versions, a workbook was written."""

    document: int
    draft: int
    version: int


def book_key(draft: Draft) -> str:
    """The key of a workbook written now."""
    return signing.dumps([draft.document_id, draft.pk, draft.version], salt=_BOOK)


def read_book_key(text: str) -> BookKey | None:
    """The key's content; None when it was not written by this installation."""
    try:
        document, draft, version = signing.loads(text, salt=_BOOK)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return BookKey(document, draft, version)


def row_key(draft: Draft, key: int) -> str:
    """The signed key of a task in the draft's present version."""
    return _signer(draft).sign(str(key))


def read_row_key(draft: Draft, text: str) -> int | None:
    """The task's key; None when it is of another draft or version, or was changed."""
    try:
        return int(_signer(draft).unsign(text))
    except signing.BadSignature:
        return None


def _signer(draft: Draft) -> signing.Signer:
    return signing.Signer(salt=f"{_ROW}.{draft.pk}.{draft.version}")
