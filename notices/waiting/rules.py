"""What waits for whom on a day, and of what a person is told. Pure: matters and a date in, digests out.

1. A matter is told when it begins to wait, and once more on the days that its sort sets; then no more.
2. A digest lists all that waits for a person in a ledger, of one kind. It is written when something in it is
   new to that person or has come to its day; at most one a day, on working days, none while one is queued.
3. What a digest has told is kept with it (`Notice.covers`), so that nothing is told twice, whenever the rules
   run, and nothing that came after a digest of the same day is lost: it is in the next one.
4. An answer waits for nobody: it is told once, and not listed again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from notices.models import Notice
from timekeeping.workdays import Exceptions, is_workday, workdays_after, workdays_before

Kind = Notice.Kind


class Sort(StrEnum):
    """What is to be done about a matter."""

    SIGN = "sign"  # a head signs off a request
    DECIDE = "decide"  # the office decides on a request
    ANSWER = "answer"  # the asker learns what became of it
    GIVE = "give"  # a department gives the note that a lead asked for
    RECTIFY = "rectify"  # a department puts right what an inspection found
    OVERDUE = "overdue"  # the office hears that it did not
    VERIFY = "verify"  # the office looks at what was put right
    CORRECT = "correct"  # the office opens a confirmed report again, or declines


KINDS = {
    Sort.SIGN: Kind.REQUEST,
    Sort.DECIDE: Kind.REQUEST,
    Sort.ANSWER: Kind.ANSWER,
    Sort.GIVE: Kind.CONTRIBUTION,
    Sort.RECTIFY: Kind.FINDING,
    Sort.OVERDUE: Kind.FINDING,
    Sort.VERIFY: Kind.FINDING,
    Sort.CORRECT: Kind.CORRECTION,
}
AGAIN = 3  # working days after which what waits for a decision is told once more
SOON, ESCALATED = 3, 2  # working days before the day of a finding; after it, to the office


@dataclass(frozen=True, slots=True)
class Book:
    """A ledger, as a notice names it."""

    pk: int
    name: str
    jurisdiction: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits; `key` is another one after every act on it, `day` the date that it names."""

    key: str
    sort: Sort
    book: Book
    people: tuple[int, ...]
    department: str
    task: str
    text: str
    since: date
    link: str
    day: date | None = None

    @property
    def kind(self) -> Kind:
        """The kind of the digest that tells it."""
        return KINDS[self.sort]


Place = tuple[int, str, int]  # recipient, kind, ledger


@dataclass
class Told:
    """What a person was told of one kind in one ledger."""

    covered: dict[str, date] = field(default_factory=dict)  # the latest day of each matter, by key
    latest: date | None = None
    queued: bool = False

    def add(self, occurrence: date, covers: Iterable[str], *, queued: bool) -> None:
        """Count one more notice in."""
        self.latest = max(occurrence, self.latest or occurrence)
        self.queued = self.queued or queued
        for key in covers:
            self.covered[key] = max(occurrence, self.covered.get(key, occurrence))


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told."""

    recipient: int
    kind: Kind
    matters: tuple[Matter, ...]

    @property
    def book(self) -> Book:
        """The ledger; a digest has one."""
        return self.matters[0].book


def begins(matter: Matter, exceptions: Exceptions) -> date:
    """The first day on which a matter waits for its people."""
    if matter.sort is Sort.OVERDUE and matter.day:
        return workdays_after(matter.day, ESCALATED, exceptions)
    return matter.since


def days_again(matter: Matter, exceptions: Exceptions) -> list[date]:
    """The days on which a matter is told once more, as far as they lie after its beginning."""
    days: list[date] = []
    if matter.sort in (Sort.SIGN, Sort.DECIDE, Sort.VERIFY, Sort.CORRECT):
        days = [workdays_after(matter.since, AGAIN, exceptions)]
    elif matter.sort is Sort.GIVE and matter.day:
        days = [workdays_before(matter.day, 1, exceptions)]
    elif matter.sort is Sort.RECTIFY and matter.day:
        days = [workdays_before(matter.day, SOON, exceptions), workdays_after(matter.day, 1, exceptions)]
    return [day for day in days if day > matter.since]


def waiting(matters: Iterable[Matter], on: date, exceptions: Exceptions) -> dict[Place, list[Matter]]:
    """What waits for each person on a day, by kind and ledger, the oldest first."""
    found: dict[Place, list[Matter]] = defaultdict(list)
    for matter in sorted(
        matters, key=lambda one: (list(Sort).index(one.sort), one.day or one.since, one.key)
    ):
        if begins(matter, exceptions) <= on:
            for person in dict.fromkeys(matter.people):
                found[person, matter.kind, matter.book.pk].append(matter)
    return found


def due_digests(
    waits: Mapping[Place, list[Matter]], told: Mapping[Place, Told], on: date, exceptions: Exceptions
) -> list[Digest]:
    """The digests to be written on a day."""
    if not is_workday(on, exceptions):
        return []
    found = []
    for place, matters in waits.items():
        known = told.get(place, Told())
        listed = to_list(place[1], matters, known.covered)
        if listed and not known.queued and known.latest != on and _has_news(listed, known, on, exceptions):
            found.append(Digest(place[0], Kind(place[1]), tuple(listed)))
    return found


def to_list(kind: str, matters: list[Matter], covered: Mapping[str, date]) -> list[Matter]:
    """What a digest lists: all that waits, of answers those that were not told yet."""
    return [one for one in matters if kind != Kind.ANSWER or one.key not in covered]


def _has_news(matters: Iterable[Matter], known: Told, on: date, exceptions: Exceptions) -> bool:
    """Whether something is new to the person, or has come to a day on which it is told again."""
    for matter in matters:
        last = known.covered.get(matter.key)
        if last is None or any(last < day <= on for day in days_again(matter, exceptions)):
            return True
    return False
