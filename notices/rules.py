"""Which notices are due on a day. Pure: facts and a date in, notices out (docs/notices.md).

1. A department's report has a deadline (its own, after a return the one of the revision) and a last day.
   Its slots are the opening, the working days 7, 3 and 1 before the deadline and 1, 3 and 7 after it,
   none after the last day: nobody is reminded of what can no longer be done.
2. Of all slots that have come, only the latest counts. It is written if nothing as late has been written
   to that person for that period, so that a stop of the system is caught up without a burst, a person
   gets one digest a slot however many departments and tasks it covers, and after the last slot nothing
   follows.
3. What is then still missing goes, on the next working day, to the heads of the department and to the
   coordinators. They also hear at each slot which departments have nobody to file.
4. A return is told once, whenever it happens. Digests go out on working days only.
5. A head hears on the day of a submission, and once more on the next working day, what waits for the
   sign-off; only the latest submission counts, so that nobody is nagged day after day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from notices import words
from notices.models import Notice
from timekeeping.clock import day_of
from timekeeping.workdays import Exceptions, is_workday, workdays_after, workdays_before

Kind = Notice.Kind
BEFORE = (7, 3, 1)
AFTER = (1, 3, 7)
# Escalations run beside a person's own digests: who heads a department may also file for it.
DIGESTS = (Kind.OPENED, Kind.REMINDER, Kind.OVERDUE)


def family(kind: str) -> str:
    """The digests that count as one series, in which only a later slot is written."""
    return str(kind) if kind in (Kind.ESCALATION, Kind.SIGN_OFF) else "filing"


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that waits for its department; `returned_at` after a return or a reopening."""

    report: int
    department: int
    task: str
    state: str
    due_on: date
    revise_by: date | None = None
    returned_at: datetime | None = None
    returned_by: str = ""
    return_reason: str = ""

    @property
    def deadline(self) -> date:
        """The day in force: a return sets a new one."""
        return self.revise_by or self.due_on


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A report that waits for its department's head."""

    department: int
    task: str
    submitted_on: date
    writer: int


@dataclass(frozen=True, slots=True)
class Body:
    """A department that owes, with those who file and those who sign off (primary keys)."""

    pk: int
    name: str
    reporters: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that the rules need of one period; `written` and `told` say what has gone out already."""

    period: int
    name: str
    year: int
    ledger: int
    ledger_name: str
    jurisdiction: int
    announced_on: date
    closes_on: date
    owed: tuple[Owed, ...]
    bodies: Mapping[int, Body]
    coordinators: tuple[int, ...] = ()
    unsigned: tuple[Unsigned, ...] = ()
    written: Mapping[tuple[int, str], date] | None = None  # (recipient, family of kinds) -> latest slot
    told: frozenset[tuple[int, int, str]] = frozenset()  # (recipient, report, occasion)

    def last_day(self, item: Owed) -> date:
        """The last day on which the report may be written."""
        return max(self.closes_on, item.due_on, item.deadline)


@dataclass(frozen=True)
class DueNotice:
    """A notice that stands on a day; its key is that of the table's unique constraint."""

    recipient: int
    kind: Kind
    subject_type: str
    subject_id: int
    occurrence: date
    title: str
    body: str
    occasion: str = ""

    @property
    def key(self) -> tuple[int, str, str, int, date, str]:
        """What makes it the same notice."""
        return (
            self.recipient,
            self.kind,
            self.subject_type,
            self.subject_id,
            self.occurrence,
            self.occasion,
        )


@dataclass(frozen=True, order=True)
class Slot:
    """A day on which a digest falls; of two on one day the graver counts."""

    day: date
    rank: int

    @property
    def kind(self) -> Kind:
        """What a digest of this slot is."""
        return DIGESTS[self.rank]


def due_notices(facts: Facts, on: date, exceptions: Exceptions) -> list[DueNotice]:
    """Those that stand on a day and have not been written yet."""
    working = is_workday(on, exceptions)
    return [
        notice
        for notice in standing_notices(facts, on, exceptions)
        if (_untold(facts, notice) if notice.kind == Kind.RETURNED else working and _later(facts, notice))
    ]


def standing_notices(facts: Facts, on: date, exceptions: Exceptions) -> list[DueNotice]:
    """Those that would be right on a day, written or not: a queued notice outside this list is void."""
    return [
        *_digests(facts, on, exceptions),
        *_escalations(facts, on, exceptions),
        *_returns(facts, on),
        *_sign_offs(facts, on, exceptions),
    ]


def filing_slots(facts: Facts, item: Owed, exceptions: Exceptions) -> list[Slot]:
    """The slots of one report, in order. A return tells its own news, so slots begin after its day."""
    opened = first_workday(facts.announced_on, exceptions)
    since = day_of(item.returned_at) if item.returned_at else opened
    before = [Slot(workdays_before(item.deadline, count, exceptions), 1) for count in BEFORE]
    after = [Slot(workdays_after(item.deadline, count, exceptions), 2) for count in AFTER]
    slots = [slot for slot in (*before, *after) if since < slot.day <= facts.last_day(item)]
    return slots if item.returned_at else [Slot(opened, 0), *slots]


def escalation_day(facts: Facts, item: Owed, exceptions: Exceptions) -> date:
    """The working day after the last reminder, or after the last day when that comes first."""
    last_reminder = workdays_after(item.deadline, AFTER[-1], exceptions)
    return workdays_after(min(last_reminder, facts.last_day(item)), 1, exceptions)


def first_workday(day: date, exceptions: Exceptions) -> date:
    """The day itself, or the next on which offices are open."""
    while not is_workday(day, exceptions):
        day += timedelta(days=1)
    return day


def _digests(facts: Facts, on: date, exceptions: Exceptions) -> Iterator[DueNotice]:
    """One for each person who files, over all departments that the person files for."""
    by_person: dict[int, list[Owed]] = defaultdict(list)
    for item in _fileable(facts, on):
        for person in facts.bodies[item.department].reporters:
            by_person[person].append(item)
    for person, items in by_person.items():
        slot = _latest(facts, items, on, exceptions)
        if slot:
            title, body = words.digest(facts, slot.kind, items, slot.day)
            yield _of_period(facts, person, slot.kind, slot.day, title, body)


def _escalations(facts: Facts, on: date, exceptions: Exceptions) -> Iterator[DueNotice]:
    days = {item: escalation_day(facts, item, exceptions) for item in facts.owed}
    late = [item for item in facts.owed if days[item] <= on]
    unmanned = [item for item in _fileable(facts, on) if not facts.bodies[item.department].reporters]
    slot = _latest(facts, unmanned, on, exceptions)
    came = [*(days[item] for item in late), *([slot.day] if slot else [])]
    if not came:
        return
    title, body = words.to_office(facts, late, unmanned if slot else [])
    for person in facts.coordinators:
        yield _of_period(facts, person, Kind.ESCALATION, max(came), title, body)
    for person, items in _by_head(facts, late).items():
        title, body = words.to_head(facts, items)
        day = max(days[item] for item in items)
        yield _of_period(facts, person, Kind.ESCALATION, day, title, body)


def _by_head(facts: Facts, late: Iterable[Owed]) -> dict[int, list[Owed]]:
    """What is missing for each head; a head who coordinates sees it in the office's own notice."""
    by_head: dict[int, list[Owed]] = defaultdict(list)
    for item in late:
        for person in facts.bodies[item.department].heads:
            if person not in facts.coordinators:
                by_head[person].append(item)
    return by_head


def _returns(facts: Facts, on: date) -> Iterator[DueNotice]:
    for item in _fileable(facts, on):
        if item.returned_at is None:
            continue
        moment = localtime(item.returned_at)
        title, body = words.returned(facts, item)
        for person in facts.bodies[item.department].reporters:
            yield DueNotice(
                recipient=person,
                kind=Kind.RETURNED,
                subject_type="progress.progressreport",
                subject_id=item.report,
                occurrence=moment.date(),
                occasion=f"{moment:%H:%M:%S.%f}",
                title=title,
                body=body,
            )


def _sign_offs(facts: Facts, on: date, exceptions: Exceptions) -> Iterator[DueNotice]:
    """One for each head, over all departments that the person heads; nobody signs off what they wrote."""
    by_head: dict[int, list[Unsigned]] = defaultdict(list)
    for item in facts.unsigned:
        for person in facts.bodies[item.department].heads:
            if person != item.writer:
                by_head[person].append(item)
    for person, items in by_head.items():
        newest = max(item.submitted_on for item in items)
        days = (first_workday(newest, exceptions), workdays_after(newest, 1, exceptions))
        came = [day for day in days if day <= on]
        if came:
            title, body = words.unsigned(facts, items)
            yield _of_period(facts, person, Kind.SIGN_OFF, max(came), title, body)


def _fileable(facts: Facts, on: date) -> list[Owed]:
    return [item for item in facts.owed if on <= facts.last_day(item)]


def _latest(facts: Facts, items: Iterable[Owed], on: date, exceptions: Exceptions) -> Slot | None:
    """The latest slot that has come, of any of the reports."""
    samples = {(item.deadline, item.returned_at): item for item in items}
    slots = [slot for item in samples.values() for slot in filing_slots(facts, item, exceptions)]
    return max((slot for slot in slots if slot.day <= on), default=None)


def _of_period(facts: Facts, person: int, kind: Kind, day: date, title: str, body: str) -> DueNotice:
    return DueNotice(person, kind, "progress.reportingperiod", facts.period, day, title, body)


def _later(facts: Facts, notice: DueNotice) -> bool:
    latest = (facts.written or {}).get((notice.recipient, family(notice.kind)))
    return latest is None or notice.occurrence > latest


def _untold(facts: Facts, notice: DueNotice) -> bool:
    return (notice.recipient, notice.subject_id, notice.occasion) not in facts.told
