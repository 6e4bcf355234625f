"""A draft's tasks and problems while an act changes them. Pure: nothing is saved here.

Every task has a key that stays when tasks are split, merged or moved; problems name their task by its ref.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from documents.models import Draft
from documents.reading import task_keys
from documents.versions import NotPossible

Json = dict[str, Any]
ROLES = ("leads", "responsible", "participants")
NOBODY_LEADS = frozenset({"no_clause", "unresolved", "no_lead"})
CORRECTED = {"settled": "corrected"}


@dataclass
class Contents:
    """What an act may change; `sections` it may only read."""

    tasks: list[Json]
    problems: list[Json]
    sections: Sequence[Json]

    @classmethod
    def of(cls, draft: Draft) -> Contents:
        """The draft's own, each task with its key written down."""
        tasks = draft.content.get("tasks", [])
        keyed = [
            {**one, "key": key, "ref": one.get("ref") or str(place)}
            for place, (one, key) in enumerate(zip(tasks, task_keys(tasks), strict=True), 1)
        ]
        return cls(keyed, [*draft.problems], draft.content.get("sections", []))

    def fields_for(self, draft: Draft) -> Json:
        """The columns of the draft as they are after the act."""
        return {"content": {**draft.content, "tasks": self.tasks}, "problems": self.problems}

    def place(self, key: int) -> int:
        """Where the task stands in the list."""
        for place, one in enumerate(self.tasks):
            if one["key"] == key:
                return place
        raise NotPossible("这一项任务已经不在读入稿中，请重新打开核对页面。")

    def task(self, key: int) -> Json:
        """The task itself."""
        return self.tasks[self.place(key)]

    def replace(self, task: Json) -> None:
        """Write a task back in its place."""
        self.tasks[self.place(task["key"])] = task

    def fresh_key(self) -> int:
        """A key that no task has."""
        return max((one["key"] for one in self.tasks), default=-1) + 1

    def shared(self, ref: str) -> bool:
        """Whether several tasks go by this ref."""
        return len([one for one in self.tasks if one.get("ref") == ref]) > 1

    def settle(self, task: Json, changed: Iterable[str]) -> None:
        """Count as corrected the problems of a task that its changed fields answer."""
        names = set(changed)
        self.problems = [
            {**one, **CORRECTED} if _is_of(one, task) and _answered(one, names, task) else one
            for one in self.problems
        ]

    def settle_all(self, task: Json) -> None:
        """Count as corrected whatever was asked about a task."""
        self.problems = [
            {**one, **CORRECTED} if one.get("ref") == task["ref"] else one for one in self.problems
        ]

    def settle_duplicates(self) -> None:
        """Count as corrected that a number stands twice, where it no longer does."""
        self.problems = [
            {**one, **CORRECTED}
            if one.get("kind") == "duplicate" and not one.get("settled") and not self.shared(one["ref"])
            else one
            for one in self.problems
        ]

    def insert(self, tasks: Sequence[Json], section: str, before: int | None) -> None:
        """Put tasks into a section: before the task `before`, else after the last one there."""
        place = self.end_of(section) if before is None else self.place(before)
        moved = [{**one, "section": section or None} for one in tasks]
        self.tasks[place:place] = moved

    def end_of(self, section: str) -> int:
        """Behind the last task of a section; an empty section's place follows from the paper's order."""
        order = [one.get("number") or "" for one in self.sections]
        rank = {number: place for place, number in enumerate(order)}
        mine = [place for place, one in enumerate(self.tasks) if (one.get("section") or "") == section]
        if mine:
            return mine[-1] + 1
        earlier = [
            place
            for place, one in enumerate(self.tasks)
            if rank.get(one.get("section") or "", len(rank)) < rank.get(section, len(rank))
        ]
        return earlier[-1] + 1 if earlier else 0


def _is_of(problem: Json, task: Json) -> bool:
    return bool(task.get("ref")) and problem.get("ref") == task["ref"] and not problem.get("settled")


def _answered(problem: Json, changed: set[str], task: Json) -> bool:
    """Whether a correction of these fields is an answer to the problem; who leads must be named for that."""
    if problem.get("kind") in NOBODY_LEADS:
        return bool(changed.intersection(ROLES)) and bool(task.get("leads"))
    if problem.get("field") == "responsibility_raw":
        return bool(changed.intersection(ROLES))
    if problem.get("field") == "leads":
        return bool(changed.intersection(("leads", "responsible")))
    return problem.get("field") in changed
