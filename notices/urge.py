"""催办: a coordinator asks departments for what they owe in a period, once a day each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.record import record
from departments.afresh import afresh
from departments.models import Department, User
from departments.permissions import coordinate, require
from notices import outbox, words
from notices.facts import gather
from notices.models import Notice, Urge
from notices.rules import Facts, Owed
from progress.models import ReportingPeriod

COOLDOWN = "同一单位、同一报送期一天只能催办一次。"


@dataclass
class Outcome:
    """Which departments were urged, and which were not and why, in the order asked."""

    urged: list[Department] = field(default_factory=list)
    refused: list[tuple[Department, str]] = field(default_factory=list)


@transaction.atomic
def urge(
    period: ReportingPeriod,
    departments: Iterable[Department],
    *,
    text: str,
    by: User,
    on: date,
    at: datetime,
) -> Outcome:
    """Log an urge for each department that still owes, and leave one notice for each of its people.

    A department that cannot be urged is refused by itself; the others are urged all the same.
    Raises Refused for anybody but a coordinator of the place.
    """
    require(coordinate(afresh(by), period.jurisdiction_id))
    facts = gather([period.pk], on)[0]
    outcome, rows = Outcome(), {}
    for department in departments:
        reason = why_not(facts, department, on)
        row = None if reason else _log(period, department, text, by, on, at)
        if row:
            outcome.urged.append(department)
            rows[department.pk] = row
        else:
            outcome.refused.append((department, reason or f"今天已经催办过，{COOLDOWN}"))
    if rows:
        outbox.write(_notices(facts, rows, text, on), at)
        _leave_trail(period, outcome.urged, text, by)
    return outcome


def why_not(facts: Facts, department: Department, on: date) -> str:
    """Why a department cannot be urged for a period, or "" when it can."""
    waiting = [item for item in facts.owed if item.department == department.pk]
    if not waiting:
        return "本期没有未提交的报告。"
    if not _fileable(facts, department.pk, on):
        return "报送期已关闭，不能再提交。"
    body = facts.bodies[department.pk]
    if not body.reporters and not body.heads:
        return "没有填报员和审核人，收不到催办。"
    return ""


def _fileable(facts: Facts, department: int, on: date) -> list[Owed]:
    return [item for item in facts.owed if item.department == department and on <= facts.last_day(item)]


def _log(
    period: ReportingPeriod, department: Department, text: str, by: User, on: date, at: datetime
) -> Urge | None:
    """The row of an urge, or None when the database holds one of today already."""
    try:
        with transaction.atomic():
            return Urge.objects.create(
                jurisdiction_id=period.jurisdiction_id,
                period=period,
                department=department,
                by=by,
                on=on,
                at=at,
                text=text,
            )
    except IntegrityError:
        return None


def _notices(facts: Facts, rows: dict[int, Urge], text: str, on: date) -> list[Notice]:
    """One notice a person, over all departments urged that the person files or signs off for."""
    served: dict[int, list[int]] = defaultdict(list)
    for department in rows:
        body = facts.bodies[department]
        for person in dict.fromkeys((*body.reporters, *body.heads)):
            served[person].append(department)
    return [
        _notice(facts, person, rows[departments[0]], _letter(facts, departments, text, on))
        for person, departments in served.items()
    ]


def _letter(facts: Facts, departments: Sequence[int], text: str, on: date) -> tuple[str, str]:
    items = [item for department in departments for item in _fileable(facts, department, on)]
    return words.urged(facts, text, items)


def _notice(facts: Facts, person: int, row: Urge, letter: tuple[str, str]) -> Notice:
    title, body = letter
    return Notice(
        recipient_id=person,
        kind=Notice.Kind.URGE,
        subject_type="notices.urge",
        subject_id=row.pk,
        occurrence=row.on,
        jurisdiction_id=facts.jurisdiction,
        period_id=facts.period,
        title=title,
        body=body,
        link=reverse("progress:filing", args=[facts.ledger]),
        urgent=True,
    )


def _leave_trail(period: ReportingPeriod, urged: Iterable[Department], text: str, by: User) -> None:
    record(
        "notice.urge",
        actor=by,
        target=period,
        jurisdiction_id=period.jurisdiction_id,
        after={"departments": [department.short_name for department in urged], "text": text},
    )
