"""What a newer paper changes in a ledger: task by task, field by field, before anything is written."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from departments.models import Department
from departments.roster import Body
from documents.models import Draft
from documents.reading import DraftTask, draft_sections, draft_tasks
from tasks.adopt import assignments, members_of
from tasks.amend.pairing import Item, bare, pair
from tasks.amend.planned import Fields, planned
from tasks.measures import Target, milestones, targets
from tasks.models import Assignment, Indicator, Ledger, Milestone, Task

Pairs = Mapping[int, int]  # the place of a draft task, and the key of the ledger's task that it is
_SENTENCE = re.compile(r"(?<=[。；！？\n])")
_NUMERALS = re.compile(r"[\d.]+")
_ROLES = {"lead": "牵头单位", "responsible": "负责单位", "participant": "参与单位"}


@dataclass(frozen=True)
class Change:
    """One field of a task, as it is and as it will be, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One task of the newer paper and what it does to the ledger; without `task` it is a new one."""

    one: DraftTask
    task: Task | None
    fields: Fields
    parts: tuple[Assignment, ...]
    steps: tuple[Milestone, ...]
    numbers: tuple[tuple[Indicator | None, Target], ...]
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> str:
        """新增, 有变化 or 没有变化."""
        return "new" if self.task is None else "changed" if self.changes else "same"


@dataclass(frozen=True)
class Comparison:
    """All lines in the order of the paper, and the ledger's tasks that the paper no longer has."""

    lines: tuple[Line, ...]
    gone: tuple[Task, ...]

    def of_kind(self, kind: str) -> tuple[Line, ...]:
        """The lines of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)

    @property
    def new_targets(self) -> list[Target]:
        """Numbers to reach that the ledger has no indicator for."""
        return [target for line in self.lines for known, target in line.numbers if known is None]


@dataclass(frozen=True)
class Newer:
    """The newer paper beside the ledger: everything that a comparison reads, fetched once."""

    ledger: Ledger
    tasks: tuple[DraftTask, ...]
    held: tuple[Task, ...]
    before: Mapping[str, DraftTask]
    headings: Mapping[str, str]
    meant: Mapping[str, Body | None] = field(default_factory=dict)
    undated: str = Task.DueKind.LEDGER_END


def newer(draft: Draft, ledger: Ledger, meant: Mapping[str, Body | None], undated: str) -> Newer:
    """Fetch what is needed (a constant number of queries)."""
    held = (
        Task.objects.filter(ledger=ledger)
        .select_related("section")
        .prefetch_related("assignments__department", "assignments__via_group", "indicators", "milestones")
    )
    return Newer(
        ledger=ledger,
        tasks=tuple(one for one in draft_tasks(draft) if not one.left_out),
        held=tuple(held),
        before={one.ref: one for one in _older_tasks(ledger)},
        headings=dict(draft_sections(draft)),
        meant=meant,
        undated=undated,
    )


def _older_tasks(ledger: Ledger) -> list[DraftTask]:
    """The tasks of the paper in force, as they were adopted."""
    drafts = Draft.objects.filter(document=ledger.document_id, state=Draft.State.ADOPTED)
    found = drafts.first() if ledger.document_id else None
    return draft_tasks(found) if found else []


def proposed_pairs(case: Newer) -> dict[int, int]:
    """Which task is which, as far as numbers and words tell."""
    older = [Item(task.ref, task.title, task.body) for task in case.held]
    fresh = [Item(one.ref, one.headline, one.body) for one in case.tasks]
    return {case.tasks[new].index: case.held[old].pk for new, old in pair(older, fresh).items()}


def compare(case: Newer, pairs: Pairs) -> Comparison:
    """Put every task of the paper beside its task of the ledger."""
    held = {task.pk: task for task in case.held}
    members = members_of(case.meant)
    lines = tuple(_line(case, one, held.get(pairs.get(one.index, 0)), members) for one in case.tasks)
    met = {line.task.pk for line in lines if line.task}
    return Comparison(lines, tuple(task for task in case.held if task.pk not in met))


def _line(
    case: Newer, one: DraftTask, task: Task | None, members: Mapping[int, Sequence[Department]]
) -> Line:
    fields = planned(one, task, case.before.get(task.ref) if task else None, case.ledger, case.undated)
    model = task or Task(ledger=case.ledger)
    line = Line(
        one=one,
        task=task,
        fields=fields,
        parts=tuple(assignments(model, one, _everybody(one, case.meant), members)),
        steps=tuple(milestones(model, one)),
        numbers=tuple(_numbers(task, one)),
    )
    return replace(line, changes=tuple(_changes(case, line, task))) if task else line


def _everybody(one: DraftTask, meant: Mapping[str, Body | None]) -> dict[str, Body | None]:
    """What the names of a task mean; those not decided yet mean nobody."""
    return {full: meant.get(full) for name in one.names if (full := one.full_names.get(name, name))}


def _numbers(task: Task | None, one: DraftTask) -> Iterable[tuple[Indicator | None, Target]]:
    """Each number to reach with the indicator that it is: the same words, whatever the figures."""
    known: dict[str, list[Indicator]] = defaultdict(list)
    for each in task.indicators.all() if task else ():
        known[_NUMERALS.sub("", bare(each.name))].append(each)
    for target in targets([one]):
        alike = known[_NUMERALS.sub("", bare(target.name))]
        # One phrase may name several numbers (45、9、6项): they follow each other in the same order.
        yield (alike.pop(0) if alike else None), target


def _changes(case: Newer, line: Line, task: Task) -> Iterable[Change]:
    one, fields = line.one, line.fields
    if task.ref != one.ref:
        yield Change("编号", task.ref, one.ref)
    section = case.headings.get(one.section, "")
    if section and bare(section) != bare(task.section.title):
        yield Change("所属方面", task.section.title, section)
    for name, label in (("title", "标题"), ("clause", "责任分工原文")):
        if bare(getattr(task, name)) != bare(fields[name]):
            yield Change(label, getattr(task, name), fields[name])
    if bare(task.body) != bare(fields["body"]):
        yield Change("任务内容", *differing(task.body, fields["body"]))
    if (was := due_words(task.__dict__)) != (will := due_words(fields)):
        yield Change("完成时限", was, will)
    yield from _part_changes(case, line, task)
    yield from _measure_changes(line, task)


def _part_changes(case: Newer, line: Line, task: Task) -> Iterable[Change]:
    printed = {
        "lead": line.one.leads,
        "responsible": line.one.responsible,
        "participant": line.one.participants,
    }
    for role, label in _ROLES.items():
        now = [part for part in task.assignments.all() if part.role == role]
        then = [part for part in line.parts if part.role == role]
        names = (line.one.full_names.get(name, name) for name in printed[role])
        open_names = [f"{name}（待确定）" for name in names if name not in case.meant]
        if {part.department_id for part in now} != {part.department_id for part in then} or open_names:
            whole = shown(now) == shown(then) and not open_names
            yield Change(
                label,
                "、".join(shown(now, members=whole)) or "无",
                "、".join([*shown(then, members=whole), *open_names]) or "无",
            )


def shown(parts: Iterable[Assignment], *, members: bool = False) -> list[str]:
    """The names of those who have a part; a collective by its own name unless its members are asked for."""
    through = (str(one.department if members or not one.via_group else one.via_group) for one in parts)
    return list(dict.fromkeys(through))


def _measure_changes(line: Line, task: Task) -> Iterable[Change]:
    known = {one.title: one for one in task.milestones.all()}
    for step in line.steps:
        old = known.get(step.title)
        if old is None or old.due_on != step.due_on:
            yield Change("节点", _step_words(old) if old else "无", _step_words(step))
    for indicator, target in line.numbers:
        if indicator is None:
            yield Change("指标", "无", target.name)
        elif not same_number(indicator, target):
            yield Change("指标", indicator.name, target.name)


def same_number(indicator: Indicator, target: Target) -> bool:
    """Whether an indicator asks for what the paper says. Only its words tell: figures may be put right by hand."""
    return bare(indicator.name) == bare(target.name)


def _step_words(step: Milestone) -> str:
    return f"{step.title}（{step.due_on}）" if step.due_on else step.title


def due_words(fields: Mapping[str, Any]) -> str:
    """A deadline in words."""
    if fields["due_on"]:
        return str(fields["due_on"])
    kind = Task.DueKind(fields["due_kind"]).label
    return f"{kind}（{fields['due_text']}）" if fields["due_text"] else str(kind)


def differing(before: str, after: str) -> tuple[str, str]:
    """The sentences that stand in one of two texts only."""
    old, new = _SENTENCE.split(before), _SENTENCE.split(after)
    mine, theirs = {bare(one) for one in new}, {bare(one) for one in old}
    gone = "".join(one for one in old if bare(one) not in mine).strip()
    come = "".join(one for one in new if bare(one) not in theirs).strip()
    return (gone, come) if gone or come else (before, after)


def stamp(case: Newer) -> str:
    """A digest of the ledger as it was compared: whoever changes it meanwhile changes the digest."""
    facts = [
        (task.pk, task.ref, task.title, task.body, task.clause, task.state, *(getattr(task, n) for n in ("due_on", "event_on")),
         [(part.department_id, part.role) for part in task.assignments.all()],
         [(each.pk, each.name) for each in task.indicators.all()])
        for task in case.held
    ]  # fmt: skip
    return hashlib.sha256(repr((case.ledger.document_id, facts)).encode()).hexdigest()
