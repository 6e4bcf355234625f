"""撤销: the draft as it was before the last change, as a new version."""

from __future__ import annotations

from django.db import transaction

from departments.models import User
from documents.models import Draft
from documents.versions import NotPossible, advance, check_seen, enter


def undo(draft: Draft, *, version: int, by: User) -> Draft:
    """Exchange what the draft holds with what it held before; undoing twice changes nothing.

    Raises StaleDraft when somebody was faster, NotPossible when there is nothing to take back.
    """
    check_seen(draft, version)
    before = draft.previous
    if not before:
        raise NotPossible("没有可以撤销的修改。")
    with transaction.atomic():
        advance(draft, version, by, content=before["content"], problems=before["problems"])
        enter("draft.undo", draft, by, before={"version": version}, after={"version": draft.version})
    return draft
