"""Between upload and confirmation the corrections wait in the page, signed: nothing is stored or trusted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from departments import files
from departments.models import User
from documents.correct import TaskChange
from documents.draft_sheet.corrections import Added, Changed, Corrections
from documents.draft_sheet.keys import BookKey
from documents.models import Draft

Json = dict[str, Any]
_SALT = "documents.draft_sheet.corrections"


def keep(corrections: Corrections, draft: Draft, by: User) -> str:
    """The corrections as text that only `by` can send back, and only for this version of the draft."""
    content = {
        "book": [draft.document_id, draft.pk, draft.version],
        "changed": [_plain(one) for one in corrections.changed],
        "added": [_plain(one) for one in corrections.added],
        "missing": list(corrections.missing),
    }
    return files.keep(content, by, _SALT)


def take_back(text: str, by: User) -> tuple[BookKey, Corrections] | None:
    """What was kept, or None (see departments/files.py)."""
    content = files.take_back(text, by, _SALT)
    if content is None:
        return None
    corrections = Corrections(
        tuple(Changed(**_typed(one)) for one in content["changed"]),
        tuple(Added(**_typed(one)) for one in content["added"]),
        tuple(content["missing"]),
    )
    return BookKey(*content["book"]), corrections


def _plain(one: Changed | Added) -> Json:
    values = asdict(one)
    day: date | None = one.change.due_on
    values["change"]["due_on"] = day.isoformat() if day else None
    return values


def _typed(values: Json) -> Json:
    change: Json = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values["change"].items()
    }
    change["due_on"] = date.fromisoformat(change["due_on"]) if change["due_on"] else None
    return {**values, "change": TaskChange(**change)}
