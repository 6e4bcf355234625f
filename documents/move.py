"""移动: the order of a draft's tasks and the section each belongs to; the ledger follows both."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from departments.models import User
from documents.contents import Contents
from documents.models import Draft
from documents.versions import NotPossible, advance, check_seen, enter


def move(
    draft: Draft, keys: Sequence[int], *, section: str, before: int | None = None, version: int, by: User
) -> Draft:
    """Put tasks into a section, before the task `before` or at the section's end; their refs stay.

    Raises StaleDraft when somebody was faster, NotPossible for a section or task that is not there.
    """
    check_seen(draft, version)
    contents = Contents.of(draft)
    origin = {contents.task(key)["ref"]: contents.task(key).get("section") for key in keys}
    rearrange(contents, keys, section, before)
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        after = {"section": section, "before": contents.task(before)["ref"] if before is not None else None}
        enter("draft.move", draft, by, before={"sections": origin}, after=after)
    return draft


def step(draft: Draft, key: int, *, up: bool, version: int, by: User) -> Draft:
    """Move a task one place up or down inside its section. Raises as `move` does."""
    check_seen(draft, version)
    contents = Contents.of(draft)
    section = contents.task(key).get("section") or ""
    return move(draft, [key], section=section, before=neighbour(contents, key, up=up), version=version, by=by)


def neighbour(contents: Contents, key: int, *, up: bool) -> int | None:
    """The task before which a step puts this one; None for the end of the section."""
    section = contents.task(key).get("section")
    keys = [one["key"] for one in contents.tasks if one.get("section") == section]
    place = keys.index(key) + (-1 if up else 2)
    if place < 0:
        raise NotPossible("已经是这个方面的第一项。")
    if place > len(keys):
        raise NotPossible("已经是这个方面的最后一项。")
    return keys[place] if place < len(keys) else None


def rearrange(contents: Contents, keys: Sequence[int], section: str, before: int | None) -> None:
    """Take tasks out of the list and put them, in the order they had, where they are wanted."""
    if section and section not in {one.get("number") or "" for one in contents.sections}:
        raise NotPossible("没有这个方面，请重新选择。")
    if before in keys:
        raise NotPossible("请选另一项任务作为位置。")
    if before is not None and (contents.task(before).get("section") or "") != section:
        raise NotPossible("所选的位置不在这个方面，请重新选择。")
    chosen = [contents.task(key) for key in keys]
    moved = [one for one in contents.tasks if one in chosen]
    contents.tasks = [one for one in contents.tasks if one["key"] not in set(keys)]
    contents.insert(moved, section, before)
