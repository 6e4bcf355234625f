"""就地修改: fields of one task of a draft, saved one by one as they are filled in."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

from departments.models import User
from documents.contents import Contents
from documents.correct import TaskChange, changed_fields
from documents.models import Draft
from documents.move import rearrange
from documents.versions import StaleDraft, advance, check_seen, enter


def amend(
    draft: Draft, key: int, *, change: TaskChange, section: str, seen: str, version: int, by: User
) -> Draft:
    """Write what changed in a task and in its section; problems of other fields stay open.

    `seen` is the fingerprint of the task that the person saw. Who changed another task meanwhile is not in
    the way: the change is then made to the draft as it is now. Raises StaleDraft when it was this task.
    """
    draft = _catch_up(draft, key, seen, version)
    contents = Contents.of(draft)
    task = contents.task(key)
    after = changed_fields(task, change)
    moved = (task.get("section") or "") != section
    if not after and not moved:
        return draft
    contents.replace({**task, **after})
    contents.settle({**task, **after}, after)
    if moved:
        rearrange(contents, [key], section, None)
    before = {name: task.get(name) for name in after} | ({"section": task.get("section")} if moved else {})
    told = {"ref": task["ref"], **after} | ({"section": section or None} if moved else {})
    with transaction.atomic():
        advance(draft, draft.version, by, **contents.fields_for(draft))
        enter("draft.correct", draft, by, before=before, after=told)
    return draft


def fingerprint(draft: Draft, key: int) -> str:
    """What a task holds, in short, so that a save can tell whether it was changed meanwhile."""
    task = Contents.of(draft).task(key)
    kept = json.dumps(task, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(kept.encode()).hexdigest()[:32]


def _catch_up(draft: Draft, key: int, seen: str, version: int) -> Draft:
    """The draft that the change is made to: as the person saw it, or newer with the same task."""
    if draft.version == version:
        check_seen(draft, version)
        return draft
    current = Draft.objects.select_related("document").get(pk=draft.pk)
    if current.state != Draft.State.OPEN or fingerprint(current, key) != seen:
        raise StaleDraft(current)
    return current
