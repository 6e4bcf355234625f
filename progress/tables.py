"""A workflow as a table of moves, and the one conditional write that every move is.

Requests (progress/requests/) and findings (progress/oversight/) have a table each. Reports go their own way
(progress/moves.py): every move of a report leaves a revision, and its table asks the dates as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from django.db import transaction
from django.db.models import TextChoices

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import Decision, require
from progress.models import Closure, Extension, Finding
from progress.moves import NotPossible
from progress.workflow import WHO_WORDS, Who

Row = TypeVar("Row", bound=Extension | Closure | Finding)
A = TypeVar("A", bound=StrEnum)  # the acts of one kind of row
NOTHING = ""  # the state before there was a row


@dataclass(frozen=True)
class Move(Generic[A]):
    """One line of a table."""

    before: str
    act: A
    after: TextChoices
    who: Who


@dataclass(frozen=True)
class Button(Generic[A]):
    """One act that the person may do now."""

    act: A
    word: str
    main: bool
    needs_reason: bool


@dataclass(frozen=True)
class Table(Generic[A]):
    """The moves of one kind of row, with the words for its acts and its refusals."""

    noun: str  # what a row is called: 申请
    states: type[TextChoices]
    moves: tuple[Move[A], ...]
    words: Mapping[A, str]
    needs_reason: Mapping[A, str]

    def find(self, before: str, act: A) -> Move[A] | None:
        """The move that `act` makes from a state, or None when it has no place there."""
        return next((one for one in self.moves if (one.before, one.act) == (before, act)), None)

    def actor(self, act: A) -> Who:
        """Whose act it is; one role's alone."""
        return next(one.who for one in self.moves if one.act == act)

    def why_not(self, state: str, act: A) -> str:
        """The sentence that refuses `act` in a state, or "" when the table has it."""
        if self.find(state, act):
            return ""
        wanted = "、".join(
            f"“{self._label(one.before)}”" for one in self.moves if one.act == act and one.before
        )
        return f"只有{wanted}的{self.noun}可以{self.words[act]}，这一件现在是“{self._label(state)}”。"

    def buttons(self, state: str, may: Callable[[A], object], main: Iterable[A]) -> list[Button[A]]:
        """What may be done in a state; the main act last, as a form's foot shows it."""
        acts = [one.act for one in self.moves if one.before == state and may(one.act)]
        found = [Button(act, self.words[act], act in main, act in self.needs_reason) for act in acts]
        return sorted(found, key=lambda button: button.main)

    def diagram(self, moves: Iterable[Move[A]] | None = None) -> str:
        """The table, or some lines of it, as a state diagram (docs/workflow.md holds them; a test keeps both equal)."""
        edges = [
            f"    {self._label(one.before) if one.before else '[*]'} --> {one.after.label}: "
            f"{self.words[one.act]}（{WHO_WORDS[one.who]}）"
            for one in moves or self.moves
        ]
        return "\n".join(["stateDiagram-v2", *edges])

    def _label(self, state: str) -> str:
        return str(self.states(state).label)


class Moved(Exception):
    """Somebody else was first; `current` is the row as it stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current


def advance(
    row: Row,
    act: A,
    *,
    table: Table[A],
    who_may: Callable[[User, Row, A], Decision],
    changes: Mapping[str, Any],
    version: int,
    note: str,
    by: User,
    kept: tuple[str, ...] = (),
) -> Row:
    """Do `act` with its `changes` and return the row as it then stands; the trail also keeps the fields `kept`.

    Raises Refused (not this person's part), Moved (stale `version`), NotPossible (state, no reason given).
    """
    require(who_may(by, row, act))
    if row.version != version:
        raise Moved(fresh(row))
    line = table.find(row.state, act)
    if line is None:
        raise NotPossible(table.why_not(row.state, act))
    if act in table.needs_reason and not note.strip():
        raise NotPossible(table.needs_reason[act])
    with transaction.atomic():
        require(who_may(afresh(by), row, act))
        rows = type(row)._default_manager.filter(pk=row.pk, state=row.state, version=version)
        if not rows.update(**changes, state=line.after, version=version + 1):
            raise Moved(fresh(row))
        moved, fields = fresh(row), ("state", *kept)
        tell(act, line.who, moved, by=by, note=note, before=told(row, fields), after=told(moved, fields))
    return moved


def fresh(row: Row) -> Row:
    """The row as the database has it now."""
    rows = type(row)._default_manager.select_related("department", "task__ledger")
    return cast(Row, rows.get(pk=row.pk))


def told(row: Row, fields: Iterable[str]) -> dict[str, str]:
    """Fields as the trail keeps them: all are texts, numbers or days."""
    return {name: "" if (value := getattr(row, name)) is None else str(value) for name in fields}


def tell(
    act: StrEnum,
    who: Who,
    row: Extension | Closure | Finding,
    *,
    by: User,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    note: str = "",
) -> None:
    """Write the entry of an act into the trail, in its transaction."""
    record(
        act,
        actor=by,
        target=row,
        jurisdiction_id=row.jurisdiction_id,
        before=before,
        after=after,
        reason=note,
        stands_in_for=by.scope.stands_in_for(who, row.department_id),
    )
