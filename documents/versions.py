"""Changing an open draft as the person saw it: whoever comes second is refused, every change is in the trail."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Now

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from documents.models import Draft
from documents.permissions import correct_draft

Json = dict[str, Any]


class StaleDraft(Exception):
    """Somebody else changed or closed the draft meanwhile; `current` is how it stands."""

    def __init__(self, current: Draft) -> None:
        super().__init__(current.version)
        self.current = current


class NotPossible(Exception):
    """The act makes no sense on this draft; the message says why, in Chinese."""


def check_seen(draft: Draft, version: int) -> None:
    """Refuse early what `advance` would refuse: an act must not reckon with tasks that its person never saw."""
    if draft.version != version or draft.state != Draft.State.OPEN:
        raise StaleDraft(Draft.objects.select_related("document").get(pk=draft.pk))


def advance(draft: Draft, version: int, by: User, **fields: Any) -> None:
    """Change an open draft if it still is the one that the person saw; one step can be taken back.

    Raises Refused when it is no longer the person's to correct, StaleDraft when somebody was faster.
    """
    require(correct_draft(afresh(by), draft.document))
    if "content" in fields or "problems" in fields:
        fields = {"previous": {"content": draft.content, "problems": draft.problems}, **fields}
    seen = Draft.objects.open().filter(pk=draft.pk, version=version)
    if seen.update(version=F("version") + 1, updated_at=Now(), **fields) != 1:
        raise StaleDraft(Draft.objects.get(pk=draft.pk))
    draft.refresh_from_db()


def enter(act: str, draft: Draft, by: User, *, before: Json | None = None, after: Json | None = None) -> None:
    """Write what was done to a draft into the trail, in the act's own transaction."""
    place = draft.document.jurisdiction_id
    record(act, actor=by, target=draft.document, jurisdiction_id=place, before=before, after=after)
