"""批量处理: one change to several tasks of a draft at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import transaction

from departments.models import User
from documents.contents import ROLES, Contents, Json
from documents.models import Draft
from documents.versions import advance, check_seen, enter

Change = Callable[[Json], Json]


def assign(
    draft: Draft,
    keys: Sequence[int],
    *,
    role: str,
    names: Sequence[str],
    replace: bool,
    version: int,
    by: User,
) -> Draft:
    """Give departments a role in several tasks, beside or instead of those who have it. Raises StaleDraft.

    A department has one role in a task: the new one.
    """

    def assigned(task: Json) -> Json:
        own = [] if replace else task.get(role) or []
        others = {
            other: [name for name in task.get(other) or [] if name not in names]
            for other in ROLES
            if other != role
        }
        return {**others, role: list(dict.fromkeys([*own, *names]))}

    trail = {"role": role, "names": [*names], "replace": replace}
    return _change("draft.assign", draft, keys, assigned, trail, version, by)


def set_deadline(
    draft: Draft, keys: Sequence[int], *, kind: str, text: str, on: date | None, version: int, by: User
) -> Draft:
    """Give several tasks the same deadline. Raises StaleDraft."""
    deadline = {"raw": text or None, "date": on.isoformat() if on else None, "kind": kind}
    return _change(
        "draft.set_deadline",
        draft,
        keys,
        lambda task: {"deadline": deadline},
        {"deadline": deadline},
        version,
        by,
    )


def leave_out(draft: Draft, keys: Sequence[int], *, reason: str, version: int, by: User) -> Draft:
    """Keep several tasks out of the ledger, with the reason; the draft keeps them. Raises StaleDraft."""
    return _change(
        "draft.leave_out", draft, keys, lambda task: {"left_out": reason}, {"reason": reason}, version, by
    )


def take_in(draft: Draft, keys: Sequence[int], *, version: int, by: User) -> Draft:
    """Let tasks that were left out enter the ledger after all. Raises StaleDraft."""
    return _change("draft.take_in", draft, keys, lambda task: {"left_out": ""}, {}, version, by)


def accept(draft: Draft, keys: Sequence[int], *, version: int, by: User) -> Draft:
    """Accept as read what was open in several tasks. Raises StaleDraft."""
    check_seen(draft, version)
    contents = Contents.of(draft)
    refs = {contents.task(key)["ref"] for key in keys}
    accepted = [one for one in contents.problems if one.get("ref") in refs and not one.get("settled")]
    contents.problems = [
        {**one, "settled": "accepted"} if one.get("ref") in refs and not one.get("settled") else one
        for one in contents.problems
    ]
    trail = [{"ref": one["ref"], "message": one.get("message")} for one in accepted]
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter("draft.settle", draft, by, after={"accepted": trail})
    return draft


def _change(
    act: str, draft: Draft, keys: Sequence[int], change: Change, trail: Json, version: int, by: User
) -> Draft:
    """Change each of the tasks, settle what that answers, and say in the trail what was there before."""
    check_seen(draft, version)
    contents = Contents.of(draft)
    before = dict(_change_one(contents, key, change) for key in keys)
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter(act, draft, by, before={"tasks": before}, after={**trail, "refs": [*before]})
    return draft


def _change_one(contents: Contents, key: int, change: Change) -> tuple[str, Json]:
    task = contents.task(key)
    after = {
        name: value for name, value in change(task).items() if (task.get(name) or None) != (value or None)
    }
    contents.replace({**task, **after})
    contents.settle({**task, **after}, _told(after))
    return task["ref"], {name: task.get(name) for name in after}


def _told(after: Iterable[str]) -> Iterable[str]:
    """The fields that were answered; leaving a task out answers no question about it."""
    return [name for name in after if name != "left_out"]
