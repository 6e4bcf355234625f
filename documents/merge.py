"""合并: several tasks of a draft become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from departments.models import User
from documents.contents import ROLES, Contents, Json
from documents.models import Draft
from documents.versions import NotPossible, advance, check_seen, enter


def merge(draft: Draft, keys: Sequence[int], *, into: int, version: int, by: User) -> Draft:
    """Put the tasks `keys` into the task `into`, which keeps its number and title.

    Raises StaleDraft when somebody was faster, NotPossible when there is nothing to merge.
    """
    check_seen(draft, version)
    contents = Contents.of(draft)
    refs = [contents.task(key).get("ref") for key in keys]
    kept = unite(contents, keys, into)
    after = {name: kept.get(name) for name in ("ref", "title", "body", *ROLES)}
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter("draft.merge", draft, by, before={"refs": refs}, after=after)
    return draft


def unite(contents: Contents, keys: Sequence[int], into: int) -> Json:
    """Unite texts in the order of the paper, names in the order of the roles, and carry problems over."""
    wanted = {*keys, into}
    chosen = [one for one in contents.tasks if one["key"] in wanted]
    kept = contents.task(into)
    others = [one for one in chosen if one["key"] != into]
    if len(chosen) != len(wanted) or not others:
        raise NotPossible("请另选一项任务合并。")
    if any(one.get("left_out") for one in chosen):
        raise NotPossible("不列入台账的任务不能合并，请先恢复列入。")
    united = {
        **kept,
        **_roles([kept, *others]),
        "body": "\n".join(filter(None, (_words(one, kept) for one in chosen))),
        "responsibility_raw": "；".join(_each("responsibility_raw", chosen)) or None,
        "full_names": {
            name: full for one in reversed(chosen) for name, full in (one.get("full_names") or {}).items()
        },
        "names": {name: at for one in reversed(chosen) for name, at in (one.get("names") or {}).items()},
        "spans": _spans(kept, others),
        **{
            name: [each for one in chosen for each in one.get(name) or []]
            for name in ("in_text_dates", "targets")
        },
    }
    _carry_problems(contents, kept, others)
    _settle_deadline(contents, united, others)
    contents.tasks = [
        united if one["key"] == into else one
        for one in contents.tasks
        if one["key"] == into or one["key"] not in wanted
    ]
    contents.settle_duplicates()
    return united


def _roles(tasks: Sequence[Json]) -> Json:
    """All names, each once and in its strongest role."""
    seen: set[str] = set()
    roles: Json = {}
    for role in ROLES:
        names = dict.fromkeys(name for one in tasks for name in one.get(role) or [])
        roles[role] = [name for name in names if name not in seen]
        seen |= set(names)
    return roles


def _words(task: Json, kept: Json) -> str:
    """What a task brings to the united text: the kept one's title stays a title."""
    body = task.get("body") or ""
    title = task.get("title") or ""
    if task is kept or not title:
        return body
    return f"{title}{'' if title[-1] in '。；！？' else '。'}{body}"


def _each(name: str, tasks: Sequence[Json]) -> list[str]:
    return list(dict.fromkeys(one[name] for one in tasks if one.get(name)))


def _spans(kept: Json, others: Sequence[Json]) -> Json:
    """All places; those of the others under names of their own, so that each is still marked."""
    spans = dict(kept.get("spans") or {})
    for one in others:
        spans |= {f"{one['key']}:{name}": span for name, span in (one.get("spans") or {}).items()}
    return spans


def _carry_problems(contents: Contents, kept: Json, others: Sequence[Json]) -> None:
    """Problems of what was merged are now problems of the kept task, unless another task has their number."""
    gone = {one["key"] for one in others}
    staying = {one.get("ref") for one in contents.tasks if one["key"] not in gone}
    moved = {one.get("ref") for one in others} - staying - {None, ""}
    carried = [
        {**one, "ref": kept.get("ref")} if one.get("ref") in moved else one for one in contents.problems
    ]
    contents.problems = _once(carried)


def _once(problems: Sequence[Json]) -> list[Json]:
    """Without entries that say the same of the same place, as after a split that is taken back."""
    kept: list[Json] = []
    for one in problems:
        if one not in kept:
            kept.append(one)
    return kept


def _settle_deadline(contents: Contents, united: Json, others: Sequence[Json]) -> None:
    """The kept task's deadline holds, else the first that is stated; a different one is shown as a problem."""
    stated = [one["deadline"] for one in [united, *others] if _stated(one.get("deadline"))]
    if not stated:
        return
    united["deadline"] = stated[0]
    for other in stated[1:]:
        if (other.get("date"), other.get("kind")) != (stated[0].get("date"), stated[0].get("kind")):
            contents.problems.append(_different(united, other))


def _stated(deadline: Any) -> bool:
    return bool(deadline) and deadline.get("kind", "none") != "none"


def _different(task: Json, deadline: Json) -> Json:
    words = deadline.get("raw") or deadline.get("date") or "持续推进"
    return {
        "ref": task.get("ref"),
        "field": "deadline",
        "kind": "two_deadlines",
        "message": f"合并进来的任务时限是“{words}”，与现在的时限不同，请核对。",
        "start": 0,
        "end": 0,
        "must": False,
    }
