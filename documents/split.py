"""拆分: one task of a draft becomes two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction

from departments.models import User
from documents.contents import Contents, Json
from documents.models import Draft
from documents.versions import NotPossible, advance, check_seen, enter

# Who answers and until when is the same for both halves, and so are the doubts about it.
INHERITED = frozenset({"responsibility_raw", "leads", "responsible", "participants", "deadline"})
_SENTENCE = re.compile(r"[^。；！？;!?\n]+[。；！？;!?\n]*")


def split(draft: Draft, key: int, *, at: int, version: int, by: User) -> Draft:
    """Cut the text of a task before its character `at`; what follows becomes a task of its own behind it.

    Raises StaleDraft when somebody was faster, NotPossible when a half would be empty.
    """
    check_seen(draft, version)
    contents = Contents.of(draft)
    before = contents.task(key)
    second = divide(contents, key, at, draft.document.text)
    trail = {name: second.get(name) for name in ("ref", "title", "body")}
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter(
            "draft.split", draft, by, before={"ref": before.get("ref"), "text": own_text(before)}, after=trail
        )
    return draft


def own_text(task: Json) -> str:
    """The text that a split cuts: the body, or the title where there is nothing else."""
    return task.get("body") or task.get("title") or ""


def sentences(text: str) -> list[tuple[int, str]]:
    """Where each sentence of a text begins, and its words."""
    return [
        (found.start(), found.group().strip()) for found in _SENTENCE.finditer(text) if found.group().strip()
    ]


def divide(contents: Contents, key: int, at: int, source: str) -> Json:
    """Divide a task's text, places, dates, numbers and problems; return the second half."""
    task = contents.task(key)
    words = own_text(task)
    head, tail = words[:at].rstrip(), words[at:].strip()
    if not head or not tail:
        raise NotPossible("请在文字中间选一处拆分，前后两项都要有内容。")
    name = "body" if task.get("body") else "title"
    first = {**task, name: head, **_share(task, head, tail, second=False)}
    ref = _free_ref(contents, task["ref"])
    second = {
        **task,
        "key": contents.fresh_key(),
        "ref": ref,
        "number": ref.rpartition("/")[2],
        "title": tail if name == "title" else None,
        "body": tail if name == "body" else "",
        **_share(task, head, tail, second=True),
    }
    cut = _source_cut(task, name, head, source)
    first["spans"], second["spans"] = _cut_spans(task, name, cut)
    place = contents.place(key)
    contents.tasks[place : place + 1] = [first, second]
    contents.problems = _share_problems(contents.problems, task["ref"], ref, cut)
    return second


def _free_ref(contents: Contents, ref: str) -> str:
    """三/（五）-2, or the next number that is free."""
    taken = {one.get("ref") for one in contents.tasks}
    base, again = re.sub(r"-\d+$", "", ref), 2
    while f"{base}-{again}" in taken:
        again += 1
    return f"{base}-{again}"


def _share(task: Json, head: str, tail: str, *, second: bool) -> Json:
    """Dates and numbers go with the half in whose words they stand; in doubt they stay with the first."""
    shared: Json = {}
    for name in ("in_text_dates", "targets"):
        entries = task.get(name) or []
        moves = [(one.get("raw") or "") in tail and (one.get("raw") or "") not in head for one in entries]
        shared[name] = [one for one, moved in zip(entries, moves, strict=True) if moved == second]
    return shared


def _source_cut(task: Json, name: str, head: str, source: str) -> int | None:
    """Where the cut falls in the original: after as many characters, white space not counted."""
    span = (task.get("spans") or {}).get(name)
    if not span:
        return None
    left = sum(not char.isspace() for char in head)
    for place in range(span[0], min(span[1], len(source))):
        if left == 0 and not source[place].isspace():
            return place
        left -= not source[place].isspace()
    return None


def _cut_spans(task: Json, name: str, cut: int | None) -> tuple[Json, Json]:
    """The places of both halves; without a cut both show the whole text."""
    spans = task.get("spans") or {}
    first, second = (
        dict(spans),
        {one: span for one, span in spans.items() if one != "title" or name == "title"},
    )
    if cut is not None:
        first[name], second[name] = [spans[name][0], cut], [cut, spans[name][1]]
    return first, second


def _share_problems(problems: Sequence[Json], ref: str, new: str, cut: int | None) -> list[Json]:
    """Doubts about who answers are doubts about both halves; the others go with their place in the text."""
    shared: list[Json] = []
    for one in problems:
        if one.get("ref") != ref:
            shared.append(one)
        elif one.get("field") in INHERITED:
            shared += [one, {**one, "ref": new}]
        else:
            moved = cut is not None and (one.get("start") or 0) >= cut
            shared.append({**one, "ref": new} if moved else one)
    return shared
