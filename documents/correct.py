"""Correcting a draft: one task at a time, or accepting problems as read. Every save counts the version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from departments.models import User
from documents.contents import Contents
from documents.models import Draft
from documents.versions import StaleDraft as StaleDraft
from documents.versions import advance, check_seen, enter

Json = dict[str, Any]


@dataclass(frozen=True)
class TaskChange:
    """What a person may correct in a draft task. `left_out`: why it does not enter the ledger."""

    title: str
    body: str
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    participants: tuple[str, ...]
    due_kind: str
    due_text: str
    due_on: date | None
    left_out: str = ""

    def as_content(self) -> Json:
        """The fields in the parser's schema."""
        return {
            "title": self.title or None,
            "body": self.body,
            "leads": list(self.leads),
            "responsible": list(self.responsible),
            "participants": list(self.participants),
            "deadline": {
                "raw": self.due_text or None,
                "date": self.due_on.isoformat() if self.due_on else None,
                "kind": self.due_kind,
            },
            "left_out": self.left_out,
        }


@dataclass(frozen=True)
class FactsChange:
    """What a person may correct of the paper's head."""

    title: str
    number: str
    issuer: str
    issued_on: date | None


def correct(draft: Draft, key: int, *, change: TaskChange, version: int, by: User) -> Draft:
    """Write the correction of the task `key`; whoever saved it has looked at all its problems.

    Raises StaleDraft when `version` is no longer the draft's or the draft is closed.
    """
    check_seen(draft, version)
    contents = Contents.of(draft)
    task = contents.task(key)
    after = changed_fields(task, change)
    before = {name: task.get(name) for name in after}
    contents.replace({**task, **after})
    contents.settle_all(task)
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter("draft.correct", draft, by, before=before, after={"ref": task["ref"], **after})
    return draft


def changed_fields(task: Json, change: TaskChange) -> Json:
    """What differs from the task as it stands; what is empty in both is no change.

    The event that a relative deadline counts from stays with it while its words stay.
    """
    wanted, deadline = change.as_content(), task.get("deadline") or {}
    if deadline.get("raw") == wanted["deadline"]["raw"] and deadline.get("kind") == change.due_kind:
        wanted["deadline"] = {**deadline, **wanted["deadline"]}
    return {name: value for name, value in wanted.items() if (task.get(name) or None) != (value or None)}


def correct_facts(draft: Draft, *, change: FactsChange, version: int, by: User) -> Draft:
    """Write the corrected head to the paper; its problems count as looked at. Raises StaleDraft."""
    document = draft.document
    names = ("title", "number", "issuer", "issued_on")
    before = {
        name: getattr(document, name) for name in names if getattr(document, name) != getattr(change, name)
    }
    problems = [one if one.get("ref") else {**one, "settled": "corrected"} for one in draft.problems]
    with transaction.atomic():
        advance(draft, version, by, problems=problems, previous=None)  # the head is not in the draft
        for name in before:
            setattr(document, name, getattr(change, name))
        document.save(update_fields=[*before])
        after = {name: getattr(change, name) for name in before}
        enter("document.correct", draft, by, before=before, after=after)
    return draft


def add_task(
    draft: Draft,
    *,
    section: str,
    number: str,
    change: TaskChange,
    before: int | None = None,
    version: int,
    by: User,
) -> Draft:
    """Put in a task that the reading missed: before the task `before`, or at the end of its section.

    Raises StaleDraft as `correct` does.
    """
    check_seen(draft, version)
    contents = Contents.of(draft)
    task = {
        "key": contents.fresh_key(),
        "ref": f"{section}/{number}" if section else number,
        "section": section or None,
        "number": number,
        "mode": None,
        **change.as_content(),
    }
    contents.insert([task], section, before)
    contents.problems = [
        {**one, "settled": "corrected"} if one.get("kind") == "no_tasks" else one for one in contents.problems
    ]
    with transaction.atomic():
        advance(draft, version, by, **contents.fields_for(draft))
        enter("draft.add_task", draft, by, after=task)
    return draft


def appoint(draft: Draft, *, problems: Sequence[int], lead: str, version: int, by: User) -> Draft:
    """Let `lead` lead the tasks of these problems, before whoever answers there. Raises StaleDraft."""

    def led(task: Json) -> Json:
        others = [name for name in task.get("leads", []) if name != lead]
        rest = {
            role: [name for name in task.get(role, []) if name != lead]
            for role in ("responsible", "participants")
        }
        return {**task, **rest, "leads": [lead, *others]}

    return _change_tasks("draft.appoint", draft, problems, led, version, by)


def lead_together(draft: Draft, *, problems: Sequence[int], version: int, by: User) -> Draft:
    """Let all who answer in the tasks of these problems lead, instead of the first. Raises StaleDraft."""

    def led(task: Json) -> Json:
        leads = [*task.get("leads", []), *task.get("responsible", [])]
        return {**task, "leads": leads, "responsible": [], "mode": "co_lead"}

    return _change_tasks("draft.lead_together", draft, problems, led, version, by)


def _change_tasks(
    act: str, draft: Draft, problems: Sequence[int], change: Callable[[Json], Json], version: int, by: User
) -> Draft:
    """Change the tasks that the open ones of these problems are about, and count those as corrected."""
    chosen = {place for place in problems if not draft.problems[place].get("settled")}
    refs = {draft.problems[place].get("ref") for place in chosen} - {"", None}
    tasks = [change(one) if one.get("ref") in refs else one for one in draft.content["tasks"]]
    after = [
        {**one, "settled": "corrected"} if place in chosen else one
        for place, one in enumerate(draft.problems)
    ]
    leads = {one["ref"]: one["leads"] for one in tasks if one.get("ref") in refs}
    with transaction.atomic():
        advance(draft, version, by, content={**draft.content, "tasks": tasks}, problems=after)
        enter(act, draft, by, after={"leads": leads})
    return draft


def settle(draft: Draft, *, problems: Sequence[int], version: int, by: User) -> Draft:
    """Accept as read the problems at these places in the list. Raises StaleDraft as `correct` does."""
    chosen = set(problems)
    after = [
        {**one, "settled": "accepted"} if place in chosen and not one.get("settled") else one
        for place, one in enumerate(draft.problems)
    ]
    accepted = [
        {"ref": one.get("ref"), "message": one.get("message")}
        for place, one in enumerate(draft.problems)
        if place in chosen and not one.get("settled")
    ]
    with transaction.atomic():
        advance(draft, version, by, problems=after)
        enter("draft.settle", draft, by, after={"accepted": accepted})
    return draft


def drop(draft: Draft, *, version: int, by: User) -> Draft:
    """Give the draft up; the paper stays and may be read again. Raises StaleDraft as `correct` does."""
    with transaction.atomic():
        advance(draft, version, by, state=Draft.State.DROPPED)
        enter("draft.drop", draft, by, before={"state": "open"}, after={"state": "dropped"})
    return draft
