"""导入核对表: write the confirmed corrections into the draft, all or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from departments.models import User
from documents.contents import CORRECTED, Contents
from documents.correct import changed_fields
from documents.draft_sheet.corrections import Added, Changed, Corrections
from documents.models import Draft
from documents.move import rearrange
from documents.versions import advance, check_seen, enter

Json = dict[str, Any]
MISSING_REASON = "核对表中已删去这一行"


def import_sheet(draft: Draft, *, corrections: Corrections, version: int, by: User) -> Draft:
    """Write all corrections of a workbook; whoever changed a task in it has looked at its problems.

    Raises StaleDraft when `version` is no longer the draft's or the draft is closed.
    """
    check_seen(draft, version)
    contents = Contents.of(draft)
    before: list[Json] = []
    after: list[Json] = []
    for one in corrections.changed:
        _write(contents, one, before, after)
    for key in corrections.missing:
        _leave_out(contents, key, before, after)
    added = [_add(contents, one) for one in corrections.added]
    contents.settle_duplicates()
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter(
            "draft.import_sheet", draft, by, before={"tasks": before}, after={"tasks": after, "added": added}
        )
    return draft


def _write(contents: Contents, one: Changed, before: list[Json], after: list[Json]) -> None:
    task = contents.task(one.key)
    wanted = changed_fields(task, one.change)
    told = {name: task.get(name) for name in wanted}
    contents.replace({**task, **wanted})
    contents.settle_all(task)
    if (task.get("section") or "") != one.section:
        rearrange(contents, [one.key], one.section, None)
        told["section"], wanted = task.get("section"), {**wanted, "section": one.section or None}
    before.append({"ref": task["ref"], **told})
    after.append({"ref": task["ref"], **wanted})


def _leave_out(contents: Contents, key: int, before: list[Json], after: list[Json]) -> None:
    task = contents.task(key)
    contents.replace({**task, "left_out": MISSING_REASON})
    contents.settle_all(task)
    before.append({"ref": task["ref"], "left_out": task.get("left_out") or ""})
    after.append({"ref": task["ref"], "left_out": MISSING_REASON})


def _add(contents: Contents, one: Added) -> Json:
    task: Json = {
        "key": contents.fresh_key(),
        "ref": one.ref,
        "section": one.section or None,
        "number": one.number,
        "mode": None,
        **one.change.as_content(),
    }
    stays = one.before is not None and (contents.task(one.before).get("section") or "") == one.section
    contents.insert([task], one.section, one.before if stays else None)
    contents.problems = [
        {**problem, **CORRECTED} if problem.get("kind") == "no_tasks" else problem
        for problem in contents.problems
    ]
    return task
