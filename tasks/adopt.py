"""入账: a reviewed draft becomes a ledger, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from audit.record import record
from departments.afresh import afresh
from departments.models import Department, DepartmentGroup, Jurisdiction, User
from departments.permissions import require
from departments.roster import Body, Roster, load_roster
from documents.models import Draft
from documents.reading import DraftTask, draft_problems, draft_sections, draft_tasks
from tasks.match import NameChoice, Undecided, resolve, unmatched
from tasks.measures import Decided, indicators, milestones
from tasks.models import Assignment, Indicator, Ledger, Milestone, Section, Task
from tasks.permissions import adopt_draft

# Papers mix (八) and （八）; the ledger writes one of them. The draft and the source keep what is printed.
_FULL_WIDTH = str.maketrans("()", "（）")
MOST_UNITS = 999
STRONGEST_FIRST = (Assignment.Role.LEAD, Assignment.Role.RESPONSIBLE, Assignment.Role.PARTICIPANT)


class CannotAdopt(Exception):
    """The draft cannot become a ledger; the message says why, in Chinese."""


@dataclass(frozen=True)
class Choices:
    """What the coordinator decided on the adoption page.

    `undated` is the due_kind of tasks without a deadline of their own: ledger_end or none. `indicators`
    holds those that were put right or struck out; the others are taken as they were read.
    `accept_open` takes over problems that must be settled as they were read.
    """

    names: Mapping[str, NameChoice] = field(default_factory=dict)
    undated: str = Task.DueKind.LEDGER_END
    reporters: str = Ledger.Reporters.LEADS
    accept_open: bool = False
    indicators: Decided = field(default_factory=dict)


def adopt(
    draft: Draft,
    *,
    name: str,
    year: int,
    starts_on: date,
    ends_on: date,
    by: User | None,
    at: datetime,
    choices: Choices | None = None,
) -> Ledger:
    """Make the ledger of a draft: sections, tasks, who answers, milestones, indicators.

    1. Claim the draft in the version that the person saw; whoever comes second is refused.
    2. Create the ledger; its constraints speak through CannotAdopt.
    3. Carry out what was decided on unknown names.
    4. Write every task that is not left out, and one entry in the trail.
    """
    decided = choices or Choices()
    tasks = [task for task in draft_tasks(draft) if not task.left_out]
    refuse_unready(draft, tasks, decided)
    with transaction.atomic():
        ask(by, draft)
        claim(draft)
        ledger = _ledger(draft, name, year, (starts_on, ends_on), decided, at)
        roster = load_roster(ledger.jurisdiction, at.date())
        meant = meanings(tasks, decided, roster, ledger.jurisdiction, by)
        _write(ledger, draft, tasks, meant, decided)
        _record(draft, ledger, tasks, meant, by)
    return ledger


def refuse_unready(draft: Draft, tasks: Sequence[DraftTask], choices: Choices) -> None:
    """Raise CannotAdopt for a draft that is closed, empty, or has problems which must be settled first."""
    if draft.state != Draft.State.OPEN:
        raise CannotAdopt("这份文件已经入账或已放弃，不能再次入账。")
    if not tasks:
        raise CannotAdopt("没有可以入账的任务。")
    refs = {task.ref for task in tasks}
    left = [
        one for one in draft_problems(draft) if one.must and one.open and (not one.ref or one.ref in refs)
    ]
    if left and not choices.accept_open:
        raise CannotAdopt(f"还有{len(left)}处必须处理的问题，请先核对。")


def ask(by: User | None, draft: Draft) -> None:
    """Refuse who may no longer confirm this draft; the command line (None) is asked nothing."""
    if by:
        require(adopt_draft(afresh(by), draft.document))


def claim(draft: Draft) -> None:
    """Take the draft in the version that the person saw; whoever comes second is refused."""
    seen = Draft.objects.open().filter(pk=draft.pk, version=draft.version)
    if seen.update(state=Draft.State.ADOPTED, version=F("version") + 1) != 1:
        raise CannotAdopt("读入稿刚刚被别人修改或入账，请重新打开后再确认。")
    draft.refresh_from_db(fields=["state", "version"])


def _ledger(
    draft: Draft, name: str, year: int, span: tuple[date, date], choices: Choices, at: datetime
) -> Ledger:
    ledger = Ledger(
        jurisdiction=draft.document.jurisdiction,
        document=draft.document,
        name=name,
        year=year,
        starts_on=span[0],
        ends_on=span[1],
        reporters=choices.reporters,
        created_at=at,
    )
    try:
        ledger.full_clean()
    except ValidationError as error:
        raise CannotAdopt("".join(error.messages)) from None
    ledger.save()
    return ledger


def meanings(
    tasks: Sequence[DraftTask], choices: Choices, roster: Roster, place: Jurisdiction, by: User | None
) -> dict[str, Body | None]:
    """What every printed name means; None for those left out on purpose."""
    unknown = unmatched(tasks, roster)
    printed = {task.full_names.get(name, name) for task in tasks for name in task.names}
    meant: dict[str, Body | None] = {name: roster.find(name) for name in printed}
    try:
        decided = resolve(unknown, choices.names, jurisdiction=place, roster=roster, by=by)
    except Undecided as problem:
        raise CannotAdopt(str(problem)) from None
    return meant | decided


def _write(
    ledger: Ledger,
    draft: Draft,
    tasks: Sequence[DraftTask],
    meant: Mapping[str, Body | None],
    choices: Choices,
) -> None:
    sections = _sections(ledger, draft, tasks)
    members = members_of(meant)
    made: dict[str, Task] = {}
    parts: list[Assignment] = []
    steps: list[Milestone] = []
    numbers: list[Indicator] = []
    for position, one in enumerate(tasks, 1):
        task = _task(ledger, sections[one.section], one, position, choices)
        task.ref = free_ref(one.ref, made)
        task.parent = made.get(one.ref.rpartition("/")[0])
        task.save()
        made[task.ref] = task
        parts += assignments(task, one, meant, members)
        steps += milestones(task, one)
        numbers += indicators(task, one, choices.indicators)
    Assignment.objects.bulk_create(parts)
    Milestone.objects.bulk_create(steps)
    Indicator.objects.bulk_create(numbers)


def _sections(ledger: Ledger, draft: Draft, tasks: Sequence[DraftTask]) -> dict[str, Section]:
    """The sections that hold tasks, in the order of the paper; a paper without any gets one."""
    titles = dict(draft_sections(draft))
    numbers = dict.fromkeys(task.section for task in tasks)
    return {
        number: Section.objects.create(
            ledger=ledger, number=number[:20], title=(titles.get(number) or "工作任务")[:200], position=place
        )
        for place, number in enumerate(numbers, 1)
    }


def members_of(meant: Mapping[str, Body | None]) -> dict[int, list[Department]]:
    """The members of every collective that is meant, fetched once."""
    groups = {one.pk: one for one in meant.values() if isinstance(one, DepartmentGroup)}
    return {pk: list(group.members.all()) for pk, group in groups.items()}


def _task(ledger: Ledger, section: Section, one: DraftTask, position: int, choices: Choices) -> Task:
    kind, due_on = deadline(one, ledger.ends_on, choices.undated)
    return Task(
        jurisdiction=ledger.jurisdiction,
        ledger=ledger,
        section=section,
        position=position,
        **wording(one),
        due_kind=kind,
        due_text=one.due_text[:200],
        original_due_on=due_on,
        due_on=due_on,
        **counted_from(one),
    )


def wording(one: DraftTask) -> dict[str, Any]:
    """The words of the paper and where they stand, as the task keeps them."""
    start, end = one.place or (None, None)
    return {
        "number": one.ordinal[:20].translate(_FULL_WIDTH),
        "title": one.headline[:300],
        "body": one.body,
        "clause": one.clause,
        "mode": one.mode[:20],
        "source_start": start,
        "source_end": end,
    }


def counted_from(one: DraftTask) -> dict[str, Any]:
    """Event and offset of a relative deadline; a unit that the ledger does not know counts as none."""
    if one.due_kind != Task.DueKind.RELATIVE:
        return {"event": "", "offset_count": None, "offset_unit": ""}
    count, unit = one.offset if one.offset else (None, "")
    if unit not in Task.OffsetUnit.values or (count or 0) > MOST_UNITS:
        count, unit = None, ""
    return {"event": one.event[:200], "offset_count": count, "offset_unit": unit}


def deadline(one: DraftTask, ends_on: date, undated: str) -> tuple[str, date | None]:
    """Kind and day of a task's deadline; a fixed one that nobody could date counts as not stated."""
    kinds = Task.DueKind
    if one.due_on and one.due_kind in (kinds.FIXED, kinds.RELATIVE):
        return one.due_kind, one.due_on
    if one.due_kind in (kinds.RELATIVE, kinds.CONTINUING):
        return one.due_kind, None
    return (kinds.LEDGER_END, ends_on) if undated == kinds.LEDGER_END else (kinds.NONE, None)


def free_ref(ref: str, made: Container[str]) -> str:
    """The task's name in the paper; where the paper uses one twice, a mark keeps them apart."""
    wanted, again = ref[:56], 2
    while wanted in made:
        wanted, again = f"{ref[:56]}·{again}", again + 1
    return wanted


def assignments(
    task: Task, one: DraftTask, meant: Mapping[str, Body | None], members: Mapping[int, Sequence[Department]]
) -> list[Assignment]:
    """Who answers for a task: a collective through each member, a department once in its strongest role.

    Named itself beats named through a collective in the same role.
    """
    parts: dict[int, Assignment] = {}
    for role, names in zip(STRONGEST_FIRST, (one.leads, one.responsible, one.participants), strict=True):
        bodies = [meant[one.full_names.get(name, name)] for name in names]
        single = [(body, None) for body in bodies if isinstance(body, Department)]
        through = [
            (each, body) for body in bodies if isinstance(body, DepartmentGroup) for each in members[body.pk]
        ]
        for department, group in [*single, *through]:
            if department.pk not in parts:
                parts[department.pk] = Assignment(
                    task=task, department=department, role=role, via_group=group, position=len(parts) + 1
                )
    return list(parts.values())


def _record(
    draft: Draft,
    ledger: Ledger,
    tasks: Sequence[DraftTask],
    meant: Mapping[str, Body | None],
    by: User | None,
) -> None:
    after: dict[str, Any] = {
        "document": draft.document_id,
        "draft": draft.pk,
        "tasks": len(tasks),
        "tasks_left_out": [
            {"ref": one.ref, "reason": one.left_out} for one in draft_tasks(draft) if one.left_out
        ],
        "names": {name: str(body) for name, body in sorted(meant.items()) if body is not None},
        "names_left_out": sorted(name for name, body in meant.items() if body is None),
        "problems_accepted": [
            one.message for one in draft_problems(draft) if one.must and one.settled != "corrected"
        ],
    }
    record("draft.adopt", actor=by, target=ledger, jurisdiction_id=ledger.jurisdiction_id, after=after)
