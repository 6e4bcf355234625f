"""What pages show of directives, inspections and findings, as one person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from departments.models import User
from departments.permissions import coordinate
from progress.models import Directive, Finding, Inspection
from progress.oversight.permissions import give_directive, record_for_leader, who_may
from progress.oversight.workflow import TABLE, Act
from progress.querysets import DirectiveQuerySet, FindingQuerySet
from progress.tables import Button
from tasks.models import Ledger, Task

NEAR = 3  # days before the date on which a finding is marked yellow
_MAIN = (Act.RECTIFY, Act.CLOSE)
State = Finding.State


@dataclass(frozen=True)
class Line:
    """A finding with how it stands with its day: the colour of the mark, and what is said beside it."""

    finding: Finding
    colour: str  # red, yellow or ""
    late: str  # 逾期5天, 还有2天, or "" where there is nothing to say


@dataclass(frozen=True)
class Inspected:
    """An inspection with its numbers, as far as the person sees its findings."""

    inspection: Inspection
    found: int = 0
    closed: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class OnTask:
    """What a task's page shows of them."""

    directives: list[Directive]
    findings: list[Line]
    gives: bool  # the person may write a directive
    records: bool  # and in the name of any leader, with what came of it


class Directives(NamedTuple):
    """The directives of a ledger: without an outcome, the oldest first; with one; struck out."""

    open_ones: list[Directive]
    answered: list[Directive]
    struck: list[Directive]


def on_task(user: User, task: Task, on: date) -> OnTask:
    """The directives and findings of one task as the person may see them."""
    rows = Directive.objects.visible_to(user).standing().filter(task=task)
    found = Finding.objects.visible_to(user).standing().filter(task=task)
    return OnTask(
        directives=list(_shown(rows)),
        findings=lines_of(found, on),
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


def inspections_of(user: User, ledger: Ledger, on: date) -> list[Inspected]:
    """The inspections of a ledger, the newest first, each with its numbers (two queries)."""
    rows = Inspection.objects.visible_to(user).filter(ledger=ledger)
    numbers = Finding.objects.visible_to(user).filter(inspection__ledger=ledger).counted(on=on)
    return [Inspected(row, *numbers.get(row.pk, ())) for row in rows]


def lines_of(rows: FindingQuerySet, on: date) -> list[Line]:
    """Findings with how they stand with their day (two queries)."""
    overdue = set(rows.overdue(on=on).values_list("pk", flat=True))
    shown = rows.select_related(
        "task__section", "task__ledger", "inspection", "department", "rectified_by", "closed_by"
    )
    return [Line(row, *_standing(row, row.pk in overdue, on)) for row in shown]


def waiting_lines(user: User, ledger: Ledger, on: date) -> list[Line]:
    """The findings of a ledger that wait for the person to put right or to verify."""
    return lines_of(_of(ledger).waiting_for(user), on)


def to_rectify(user: User, ledger: Ledger, on: date) -> list[Line]:
    """Those that the person's departments have to put right."""
    return lines_of(_of(ledger).to_rectify(user), on)


def count_to_rectify(user: User, ledger: Ledger) -> int:
    """How many of them there are (one query)."""
    return _of(ledger).to_rectify(user).count()


def count_to_verify(user: User, ledger: Ledger) -> int:
    """How many wait for the person to verify (one query)."""
    return _of(ledger).to_verify(user).count()


def buttons(user: User, finding: Finding) -> list[Button[Act]]:
    """What the person may do about a finding now."""
    return TABLE.buttons(finding.state, lambda act: who_may(user, finding, act), _MAIN)


def why_none(user: User, finding: Finding) -> str:
    """Why a coordinator can do nothing about what waits to be verified, or ""."""
    wrote = finding.state == State.RECTIFIED and finding.rectified_by_id == user.pk
    if not wrote or not coordinate(user, finding.jurisdiction_id):
        return ""
    return who_may(user, finding, Act.CLOSE).reason


def _of(ledger: Ledger) -> FindingQuerySet:
    return Finding.objects.filter(inspection__ledger=ledger)


def _standing(finding: Finding, overdue: bool, on: date) -> tuple[str, str]:
    left = (finding.rectify_by - on).days
    if overdue:
        return "red", f"逾期{-left}天"
    if finding.state == State.OPEN:
        return ("yellow" if left <= NEAR else ""), f"还有{left}天" if left else "今天到期"
    if finding.rectified_on and finding.rectified_on > finding.rectify_by:
        return "", f"逾期{(finding.rectified_on - finding.rectify_by).days}天提交"
    return "", ""


def _shown(rows: DirectiveQuerySet) -> DirectiveQuerySet:
    return rows.select_related("task__section", "entered_by", "outcome_by", "struck_by")
