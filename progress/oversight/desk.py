"""What pages show of directives, inspections and findings, as one person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from departments.models import User
from progress.models import Directive
from progress.oversight.permissions import give_directive, record_for_leader
from progress.querysets import DirectiveQuerySet
from tasks.models import Ledger, Task


@dataclass(frozen=True)
class OnTask:
    """What a task's page shows of them."""

    directives: list[Directive]
    gives: bool  # the person may write a directive
    records: bool  # and in the name of any leader, with what came of it


class Directives(NamedTuple):
    """The directives of a ledger: without an outcome, the oldest first; with one; struck out."""

    open_ones: list[Directive]
    answered: list[Directive]
    struck: list[Directive]


def on_task(user: User, task: Task) -> OnTask:
    """The directives of one task as the person may see them."""
    rows = Directive.objects.visible_to(user).standing().filter(task=task)
    return OnTask(
        directives=list(_shown(rows)),
        gives=bool(give_directive(user, task)),
        records=bool(record_for_leader(user, task)),
    )


def directives_of(user: User, ledger: Ledger) -> Directives:
    """The directives of a ledger (one query)."""
    rows = list(_shown(Directive.objects.visible_to(user).filter(task__ledger=ledger)))
    standing = [row for row in rows if row.struck_at is None]
    return Directives(
        open_ones=[row for row in standing if not row.outcome][::-1],
        answered=[row for row in standing if row.outcome],
        struck=[row for row in rows if row.struck_at],
    )


def _shown(rows: DirectiveQuerySet) -> DirectiveQuerySet:
    return rows.select_related("task__section", "entered_by", "outcome_by", "struck_by")
