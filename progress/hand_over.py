"""移交: what a department that is no more left open goes over to those that follow it.

What was handed in stays with the old department under its old name; the parts in open tasks, the reports
still to be written, what waits beside them (progress/hand_over_matters.py) and the people move, each only where
the office says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.record import record
from departments.afresh import afresh
from departments.bodies.changing import NotPossible
from departments.bodies.permissions import keep_bodies
from departments.models import Department, Membership, User
from departments.people import hold as people
from departments.people.appoint import appoint_person, finish
from departments.permissions import require
from progress.confirming import tell_task
from progress.content import ReportContent
from progress.hand_over_matters import Matter, key_of, move_matter, open_matters, task_of, word_of
from progress.models import ProgressReport, ReportingPeriod, Revision
from tasks.models import Assignment, Task
from tasks.take_over import take_over
from timekeeping.clock import day_of

State = ProgressReport.State
UNWRITTEN = (State.EXPECTED, State.DRAFT, State.RETURNED)
REASON = "机构调整"
_STALE = "有的事项刚刚被别人办理过，没有移交。请核对现在的内容后再办理。"


@dataclass(frozen=True)
class OpenWork:
    """What a department left open."""

    parts: list[Assignment] = field(default_factory=list)
    reports: list[ProgressReport] = field(default_factory=list)
    people: list[Membership] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.parts or self.reports or self.people or self.matters)


@dataclass(frozen=True)
class Choices:
    """Who goes on with what, by primary key (matters by `key_of`); what is not named stays."""

    parts: Mapping[int, Department] = field(default_factory=dict)
    reports: Mapping[int, Department] = field(default_factory=dict)
    people: Mapping[int, Department] = field(default_factory=dict)
    matters: Mapping[str, Department] = field(default_factory=dict)


def open_work(department: Department, *, by: User, on: date) -> OpenWork:
    """What is open of a department (seven queries); nobody moves their own part."""
    parts = Assignment.objects.filter(department=department, task__state=Task.State.OPEN)
    reports = ProgressReport.objects.filter(
        department=department, state__in=UNWRITTEN, period__state=ReportingPeriod.State.OPEN
    )
    serving = Membership.objects.filter(department=department).own().serving(on).exclude(user=by)
    return OpenWork(
        list(parts.select_related("task__ledger").order_by("task__ledger", "task__position")),
        list(reports.select_related("period", "task__ledger").order_by("task__ledger", "task__position")),
        list(serving.select_related("user", "department")),
        open_matters(department, on),
    )


def heirs(department: Department) -> list[Department]:
    """Who may go on: the departments that follow, or any active one of the place where nobody does."""
    following = Department.objects.filter(origins__predecessor=department, active_until__isnull=True)
    beside = Department.objects.filter(jurisdiction=department.jurisdiction_id, active_until__isnull=True)
    return list(following) or list(beside)


def hand_over(department: Department, choices: Choices, *, by: User, at: datetime) -> int:
    """Move what was chosen, all or nothing; returns how many things moved.

    Raises Refused, NotPossible (still active, nothing chosen, done by somebody else meanwhile).
    """
    on = day_of(at)
    require(keep_bodies(by, department.jurisdiction_id))
    if department.active(on):
        raise NotPossible("这个单位还在用，不需要移交。机构调整登记后再移交。")
    with transaction.atomic():
        require(keep_bodies(afresh(by), department.jurisdiction_id))
        moved = _move(department, choices, by=by, at=at)
        if not moved:
            raise NotPossible("没有选择要移交的事项。")
        record(
            "department.hand_over",
            actor=by,
            target=department,
            jurisdiction_id=department.jurisdiction_id,
            after={"moved": moved},
        )
    return len(moved)


def _move(department: Department, choices: Choices, *, by: User, at: datetime) -> list[str]:
    """Move what was chosen, and name it for the trail."""
    on, work = day_of(at), open_work(department, by=by, on=day_of(at))
    if not _fits(choices, work, set(heirs(department))):
        raise NotPossible(_STALE)
    parts = [(one, choices.parts[one.pk]) for one in work.parts if one.pk in choices.parts]
    reports = [(one, choices.reports[one.pk]) for one in work.reports if one.pk in choices.reports]
    persons = [(one, choices.people[one.pk]) for one in work.people if one.pk in choices.people]
    matters = [(one, choices.matters[key_of(one)]) for one in work.matters if key_of(one) in choices.matters]
    for part, to in parts:
        _move_part(part, to, on)
    for report, to in reports:
        _move_report(report, to, by=by, at=at)
    for membership, to in persons:
        _move_person(membership, to, by=by, on=on)
    for matter, to in matters:  # after the people: a head who moves along signs off there
        _move_matter(matter, to, on)
    for task in {part.task_id for part, _ in parts}:
        tell_task(task, on)
    return _words(parts, reports, persons, matters)


def _words(
    parts: Iterable[tuple[Assignment, Department]],
    reports: Iterable[tuple[ProgressReport, Department]],
    persons: Iterable[tuple[Membership, Department]],
    matters: Iterable[tuple[Matter, Department]],
) -> list[str]:
    """What moved, as the trail names it."""
    return [
        *(f"任务{part.task.ref}{part.get_role_display()}：{to}" for part, to in parts),
        *(f"报告{report.pk}：{to}" for report, to in reports),
        *(f"{membership}：{to}" for membership, to in persons),
        *(f"{word_of(matter)}{task_of(matter)}：{to}" for matter, to in matters),
    ]


def _fits(choices: Choices, work: OpenWork, allowed: set[Department]) -> bool:
    """Whether all that was chosen is still open, and goes to those who may go on with it."""
    known: tuple[tuple[Mapping[Any, Department], set[Any]], ...] = (
        (choices.parts, {one.pk for one in work.parts}),
        (choices.reports, {one.pk for one in work.reports}),
        (choices.people, {one.pk for one in work.people}),
        (choices.matters, {key_of(one) for one in work.matters}),
    )
    return all(set(wanted.values()) <= allowed and set(wanted) <= present for wanted, present in known)


def _move_part(part: Assignment, to: Department, on: date) -> None:
    if not take_over(part, to, on=on):
        raise NotPossible(_STALE)


def _move_matter(matter: Matter, to: Department, on: date) -> None:
    if not move_matter(matter, to, on=on):
        raise NotPossible(_STALE)


def _move_report(report: ProgressReport, to: Department, *, by: User, at: datetime) -> None:
    """The successor owes it under its own name; where it owes one already, that one speaks for both."""
    theirs = ProgressReport.objects.filter(period=report.period_id, task=report.task_id, department=to)
    if not theirs.exists():
        changes: dict[str, object] = {"department": to, "department_name": to.name}
        note = f"由{report.department_name}移交{to.name}"
    elif report.state == State.RETURNED:
        raise NotPossible(f"“{report.task}”退回的报告不能移交：{to}在本期另有报告。请先请原单位改好报送。")
    else:
        note = f"任务已由{to.name}承接，由其一并报送。"
        changes = {"state": State.EXEMPT, "exempt_reason": note}
    seen = ProgressReport.objects.filter(pk=report.pk, version=report.version, state=report.state)
    if seen.update(**changes, version=F("version") + 1) != 1:
        raise NotPossible(_STALE)
    content = ReportContent.of(report).as_dict() | {"state": changes.get("state", report.state)}
    Revision.objects.create(
        report=report, version=report.version + 1, act="hand_over", content=content, note=note, by=by, at=at
    )


def _move_person(membership: Membership, to: Department, *, by: User, on: date) -> None:
    """End the part in the old department; whoever has the same part in the new one already keeps that."""
    user, role, until = membership.user, membership.role, membership.until
    same = Membership.objects.own().serving(on).filter(user=user, department=to, role=role).exists()
    try:
        finish(membership, last_day=on - timedelta(days=1), by=by, reason=REASON)
        if not same:
            appoint_person(user, department=to, role=role, since=on, until=until, by=by, on=on)
    except people.NotPossible as refused:
        raise NotPossible(refused.reason) from refused
