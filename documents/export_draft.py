"""导出读入稿: as JSON for machines, as a workbook for correcting offline; both leave an entry in the trail."""

from __future__ import annotations

import json

from django.db import transaction

from audit.models import Entry
from departments.models import User
from documents.draft_sheet.write import write_draft_sheet
from documents.models import Draft
from documents.versions import enter


def export_json(draft: Draft, *, by: User) -> bytes:
    """The draft as corrected so far in the parser's schema: document, sections, tasks, problems."""
    paper, content = draft.document, draft.content
    head = {
        **content.get("document", {}),
        "title": paper.title,
        "document_number": paper.number or None,
        "issuer": paper.issuer or None,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
    }
    parts = {name: content.get(name, []) for name in ("sections", "tasks")}
    with transaction.atomic():
        _enter("draft.export_json", draft, by)
    return json.dumps(
        {"document": head, **parts, "problems": draft.problems}, ensure_ascii=False, indent=2
    ).encode()


def export_sheet(draft: Draft, *, by: User) -> bytes:
    """The draft as an .xlsx file that may come back corrected."""
    with transaction.atomic():
        _enter("draft.export_sheet", draft, by)
    return write_draft_sheet(draft)


def last_change(draft: Draft) -> Entry | None:
    """Who changed the draft last, as the trail has it; handing it out is no change."""
    trail = Entry.objects.filter(target_type=draft.document._meta.label_lower, target_id=draft.document_id)
    changes = trail.exclude(act__startswith="draft.export").filter(act__startswith="draft.")
    heads = trail.filter(act__in=["document.correct", "document.read_again", "document.upload"])
    return (changes | heads).order_by("-at", "-id").first()


def _enter(act: str, draft: Draft, by: User) -> None:
    after = {"version": draft.version, "tasks": len(draft.content.get("tasks", []))}
    enter(act, draft, by, after=after)
