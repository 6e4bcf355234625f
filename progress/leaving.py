"""离任交接: what is open of a person, so that whoever hands over sees it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from departments.models import Membership, User
from departments.people.leave import open_parts
from departments.permissions import appoint_people
from progress.models import Closure, Contribution, Extension, Finding, ProgressReport
from progress.querysets import WAITING_FOR_DEPARTMENT, WAITING_FOR_HEAD

Role = Membership.Role


@dataclass(frozen=True)
class OpenPart:
    """One part with what waits in it: reports owed or to be signed off, and whether anybody else can do them."""

    part: Membership
    waiting: int
    drafts: int
    alone: bool
    matters: tuple[str, ...] = ()  # what else waits for whoever holds the part, in words


def open_work(person: User, *, reader: User, on: date) -> list[OpenPart]:
    """The parts that a person leaves, as far as `reader` settles them (eight queries)."""
    parts = [
        part for part in open_parts(person, on) if appoint_people(reader, part.department.jurisdiction_id)
    ]
    bodies = {part.department_id for part in parts}
    reports = ProgressReport.objects.filter(department__in=bodies, period__state="open").values_list(
        "department_id", "state", "written_by_id"
    )
    waiting = [(body, state, writer) for body, state, writer in reports]
    others, matters = _others(person, bodies, on), _matters(bodies, on)
    return [
        OpenPart(
            part=part,
            waiting=sum(body == part.department_id and _waits(part, state) for body, state, _ in waiting),
            drafts=sum(
                body == part.department_id and writer == person.pk and state in ("draft", "returned")
                for body, state, writer in waiting
            ),
            alone=part.deputy_for_id is None and (part.department_id, part.role) not in others,
            matters=matters.get((part.department_id, part.role), ()),
        )
        for part in parts
    ]


def _matters(bodies: set[int], on: date) -> dict[tuple[int, str], tuple[str, ...]]:
    """Requests to sign off, notes to give and findings to put right, by department and part (four queries)."""
    signing = [
        body
        for model in (Extension, Closure)
        for body in model.objects.undecided()
        .filter(state=WAITING_FOR_HEAD, department__in=bodies)
        .values_list("department", flat=True)
    ]
    notes = Contribution.objects.waiting(on=on).values_list("department", flat=True)
    findings = Finding.objects.filter(state=Finding.State.OPEN).values_list("department", flat=True)
    kinds = (
        (Role.HEAD, "延期、销号申请待审签{}件", Counter(signing)),
        (Role.REPORTER, "配合情况待提供{}项", Counter(notes.filter(department__in=bodies))),
        (Role.REPORTER, "检查发现的问题待整改{}个", Counter(findings.filter(department__in=bodies))),
    )
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for role, words, counts in kinds:
        for body in bodies & counts.keys():
            found[body, role] = (*found.get((body, role), ()), words.format(counts[body]))
    return found


def _waits(part: Membership, state: str) -> bool:
    return state == WAITING_FOR_HEAD if part.role == Role.HEAD else state in WAITING_FOR_DEPARTMENT


def _others(person: User, bodies: set[int], on: date) -> set[tuple[int, str]]:
    """Departments and roles that somebody else serves in for themselves."""
    rows = Membership.objects.serving(on).own().filter(department__in=bodies, user__is_active=True)
    found = rows.filter(~Q(user=person)).order_by().values_list("department_id", "role")
    return set(found)
