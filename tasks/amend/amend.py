"""更新台账: what a person saw and confirmed of a newer paper is written over the ledger, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from audit.record import record
from departments.models import User
from departments.roster import load_roster
from documents.models import Draft
from documents.reading import draft_tasks
from tasks.adopt import CannotAdopt, Choices, ask, claim, free_ref, meanings, refuse_unready
from tasks.amend.compare import Comparison, Line, Newer, Pairs, compare, newer, same_number, stamp
from tasks.amend.pairing import bare
from tasks.changes import keep_change
from tasks.close import close_task
from tasks.measures import Decided, indicator
from tasks.models import Assignment, Ledger, Milestone, Section, Task, TaskChange
from timekeeping.clock import day_of

_FAR = 10_000  # above every position in use
STALE = "台账刚刚被别人修改，请重新打开后再确认。"


@dataclass(frozen=True)
class Seen:
    """What the coordinator confirmed: the ledger as it stood, which task is which, and which are to end.

    `endings` gives the reason for each task that the paper no longer has and that is to be 终止; the others
    are kept.
    """

    stamp: str
    pairs: Pairs
    endings: Mapping[int, str]


def amend(
    draft: Draft, ledger: Ledger, *, seen: Seen, by: User | None, at: datetime, choices: Choices | None = None
) -> Ledger:
    """Put a newer version of its paper over a ledger.

    1. Claim the draft in the version that the person saw, and the ledger with the paper it had.
    2. Refuse when the ledger is no longer what was compared.
    3. Tasks keep their keys, so that reports stay with them; parts that are no more are ended, not deleted.
    4. What the paper no longer has is kept, or ended with its reason where that was chosen.
    5. Each changed task and the whole leave an entry in the trail. Reports already asked for are not touched:
       the expected set of a period is frozen when it opens.

    Raises CannotAdopt.
    """
    decided = choices or Choices()
    tasks = [one for one in draft_tasks(draft) if not one.left_out]
    refuse_unready(draft, tasks, decided)
    if ledger.jurisdiction_id != draft.document.jurisdiction_id:
        raise CannotAdopt("文件和台账不属于同一行政区域。")
    older = ledger.document_id
    with transaction.atomic():
        ask(by, draft)
        claim(draft)
        _claim_ledger(ledger, draft)
        roster = load_roster(ledger.jurisdiction, day_of(at))
        meant = meanings(tasks, decided, roster, ledger.jurisdiction, by)
        case = newer(draft, ledger, meant, decided.undated)
        if stamp(case) != seen.stamp:
            raise CannotAdopt(STALE)
        found = compare(case, seen.pairs)
        _refuse_silent_endings(found, seen)
        _write(case, found, seen, decided.indicators, day_of(at), by)
        Ledger.objects.filter(pk=ledger.pk).update(document=draft.document)
        _record(draft, ledger, older, found, seen, by)
    ledger.refresh_from_db()
    return ledger


def _claim_ledger(ledger: Ledger, draft: Draft) -> None:
    """Lock the ledger as long as it still rests on the paper that the person saw."""
    held = Ledger.objects.filter(pk=ledger.pk, document=ledger.document_id)
    if ledger.document_id is None:
        held = Ledger.objects.filter(pk=ledger.pk, document__isnull=True)
    if held.update(name=F("name")) != 1:
        raise CannotAdopt(STALE)
    draft.document.replaces_id = ledger.document_id
    draft.document.save(update_fields=["replaces"])


def _refuse_silent_endings(found: Comparison, seen: Seen) -> None:
    gone = {task.pk: task for task in found.gone}
    for pk, reason in seen.endings.items():
        if pk not in gone or gone[pk].state != Task.State.OPEN:
            raise CannotAdopt(STALE)
        if not reason.strip():
            raise CannotAdopt(f"终止“{gone[pk].title}”须写明理由。")


def _write(case: Newer, found: Comparison, seen: Seen, decided: Decided, on: date, by: User | None) -> None:
    # Numbers change hands between tasks and sections: all give theirs up before anyone takes a new one.
    everyone = Task.objects.filter(ledger=case.ledger)
    everyone.update(ref=Concat(Value("~"), Cast("pk", CharField())))
    sections = _sections(case)
    made = _write_tasks(case, found, sections, on, by)
    _write_parts(case, made, found, on)
    _write_measures(made, found, decided)
    _keep_gone(found, seen, made, on, by)
    _close_sections(case.ledger, list(sections.values()))


def _sections(case: Newer) -> dict[str, Section]:
    """The sections of the newer paper: known ones by title, else by number; new ones are made."""
    Section.objects.filter(ledger=case.ledger).update(position=F("position") + _FAR)
    left = list(case.ledger.sections.all())
    found = {}
    for place, number in enumerate(dict.fromkeys(one.section for one in case.tasks), 1):
        title = (case.headings.get(number) or "工作任务")[:200]
        section = next(
            (one for one in left if bare(one.title) == bare(title)),
            next((one for one in left if one.number == number[:20]), None),
        )
        if section is None:
            section = Section(ledger=case.ledger)
        else:
            left.remove(section)
        section.number, section.title, section.position = number[:20], title, place
        section.save()
        found[number] = section
    return found


def _write_tasks(
    case: Newer, found: Comparison, sections: Mapping[str, Section], on: date, by: User | None
) -> dict[str, Task]:
    """Write the tasks of the paper, in its order, under the names that the paper gives them."""
    made: dict[str, Task] = {}
    for place, line in enumerate(found.lines, 1):
        task = line.task or Task(ledger=case.ledger, jurisdiction_id=case.ledger.jurisdiction_id)
        before = {name: getattr(task, name) for name in line.fields}
        place_fields = {
            "section": sections[line.one.section],
            "ref": free_ref(line.one.ref, made),
            "parent": made.get(line.one.ref.rpartition("/")[0]),
            "position": place,
        }
        for name, value in (line.fields | place_fields).items():
            setattr(task, name, value)
        if line.task:
            task.save(update_fields=[*line.fields, *place_fields])
            keep_change(task.pk, TaskChange.Kind.PAPER, before=before, after=line.fields, on=on, by=by)
        else:
            task.save()
        made[task.ref] = task
        _record_task(line, task, before, by)
    return made


def _write_parts(case: Newer, made: Mapping[str, Task], found: Comparison, on: date) -> None:
    """Add, change and end parts; a department that comes back takes up its old part again."""
    old = {(one.task_id, one.department_id): one for one in Assignment.ever.filter(task__ledger=case.ledger)}
    new, kept = [], []
    for task, line in zip(made.values(), found.lines, strict=True):
        for part in line.parts:
            held = old.pop((task.pk, part.department_id), None)
            if held is None:
                part.task = task
                new.append(part)
                continue
            held.role, held.via_group_id, held.position = part.role, part.via_group_id, part.position
            held.ended_on = None
            kept.append(held)
    met = {task.pk for task in made.values()}
    ended = [one for one in old.values() if one.task_id in met and one.ended_on is None]
    for one in ended:
        one.ended_on = on
    Assignment.objects.bulk_create(new)
    Assignment.ever.bulk_update([*kept, *ended], ["role", "via_group", "position", "ended_on"])


def _write_measures(made: Mapping[str, Task], found: Comparison, decided: Decided) -> None:
    """New steps and numbers are added, known ones follow the paper; none is removed: values hang on them."""
    for task, line in zip(made.values(), found.lines, strict=True):
        for step in line.steps:
            Milestone.objects.update_or_create(task=task, title=step.title, defaults={"due_on": step.due_on})
        for known, target in line.numbers:
            wanted = decided.get(target.key, target)
            if known is None and wanted:
                indicator(task, wanted).save()
            elif known and not same_number(known, target):
                fresh = indicator(task, target)
                fresh.pk = known.pk
                fresh.save(update_fields=["name", "unit", "comparator", "low", "high", "due_on"])


def _keep_gone(found: Comparison, seen: Seen, made: dict[str, Task], on: date, by: User | None) -> None:
    """Tasks that the paper no longer has stand after the others, under their old number if it is free."""
    used = set(made)
    for place, task in enumerate(found.gone, len(made) + 1):
        task.ref, task.position = free_ref(task.ref, used), place
        task.source_start = task.source_end = None  # they point into the older paper
        used.add(task.ref)
        task.save(update_fields=["ref", "position", "source_start", "source_end"])
        if reason := seen.endings.get(task.pk, ""):
            _end(task, reason.strip(), on, by)


def _end(task: Task, reason: str, on: date, by: User | None) -> None:
    state = Task.State
    if not close_task(task.pk, outcome=state.TERMINATED, on=on, by=by, reason=reason):
        raise CannotAdopt(STALE)
    record(
        "task.terminate",
        actor=by,
        target=task,
        jurisdiction_id=task.jurisdiction_id,
        before={"state": state.OPEN.value},
        after={"state": state.TERMINATED.value, "closed_on": on},
        reason=reason,
    )


def _close_sections(ledger: Ledger, taken: list[Section]) -> None:
    """Older sections come last while they hold tasks; empty ones go."""
    for place, section in enumerate(ledger.sections.filter(position__gt=_FAR), len(taken) + 1):
        if section.tasks.exists():
            section.position = place
            section.save(update_fields=["position"])
        else:
            section.delete()


def _record_task(line: Line, task: Task, before: Mapping[str, Any], by: User | None) -> None:
    if line.kind == "same":
        return
    after = {name: value for name, value in line.fields.items() if before[name] != value}
    words = {change.label: change.after for change in line.changes}
    record(
        "task.amend" if line.task else "task.add",
        actor=by,
        target=task,
        jurisdiction_id=task.jurisdiction_id,
        before={
            **{change.label: change.before for change in line.changes},
            **{name: before[name] for name in after if line.task},
        },
        after={**words, **after},
    )


def _record(
    draft: Draft, ledger: Ledger, older: int | None, found: Comparison, seen: Seen, by: User | None
) -> None:
    ended = [task.ref for task in found.gone if task.pk in seen.endings]
    record(
        "ledger.amend",
        actor=by,
        target=ledger,
        jurisdiction_id=ledger.jurisdiction_id,
        before={"document": older},
        after={
            "document": draft.document_id,
            "draft": draft.pk,
            "added": [line.one.ref for line in found.of_kind("new")],
            "changed": [line.one.ref for line in found.of_kind("changed")],
            "unchanged": len(found.of_kind("same")),
            "kept": [task.ref for task in found.gone if task.pk not in seen.endings],
            "terminated": ended,
        },
    )
