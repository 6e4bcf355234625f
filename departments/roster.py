"""Whom a name in a paper means: departments, their aliases and collectives of one jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from rapidfuzz import fuzz, process

from departments.models import Alias, Department, DepartmentGroup, GroupAlias, Jurisdiction
from departments.names import canonical

Body = Department | DepartmentGroup
LIKELY = 55  # rapidfuzz's score from 0 to 100; below it a suggestion misleads more than it helps


@dataclass
class Roster:
    """All ways of writing the active departments and collectives of a jurisdiction.

    A printed name is looked up as it stands first, then in its canonical form; a form that two bodies
    share answers nothing, since a wrong department is worse than a question.
    """

    place: str
    departments: dict[int, Department] = field(default_factory=dict)
    groups: dict[int, DepartmentGroup] = field(default_factory=dict)
    _printed: dict[str, set[Body]] = field(default_factory=lambda: defaultdict(set))
    _canonical: dict[str, set[Body]] = field(default_factory=lambda: defaultdict(set))

    def add(self, text: str, body: Body) -> None:
        """Let `text` mean `body`."""
        self._printed[text].add(body)
        self._canonical[self.key(text)].add(body)

    def key(self, text: str) -> str:
        """The canonical form of a name in this jurisdiction."""
        return canonical(text, self.place)

    def find(self, name: str) -> Body | None:
        """The one department or collective that `name` means; None when unknown or doubtful."""
        for found in (self._printed.get(name), self._canonical.get(self.key(name))):
            if found and len(found) == 1:
                return next(iter(found))
        return None

    def suggest(self, name: str, limit: int = 3) -> list[Department]:
        """Departments written most like `name`, best first; only ever a suggestion to a person."""
        choices = {text: body for text, bodies in self._canonical.items() for body in bodies}
        ranked = process.extract(self.key(name), list(choices), scorer=fuzz.ratio, score_cutoff=LIKELY)
        found = [choices[text] for text, _, _ in ranked]
        return list(dict.fromkeys(one for one in found if isinstance(one, Department)))[:limit]


def load_roster(jurisdiction: Jurisdiction, on: date) -> Roster:
    """Read the roster of a jurisdiction as of a day (five queries)."""
    roster = Roster(jurisdiction.name)
    ended = Q(active_until__lt=on)
    for one in Department.objects.filter(jurisdiction=jurisdiction).exclude(ended):
        roster.departments[one.pk] = one
        _add_all(roster, {one.name, one.short_name}, one)
    for alias in Alias.objects.filter(department__in=list(roster.departments)):
        roster.add(alias.text, roster.departments[alias.department_id])
    for group in DepartmentGroup.objects.filter(jurisdiction=jurisdiction).prefetch_related("members"):
        roster.groups[group.pk] = group
        roster.add(group.name, group)
    for other in GroupAlias.objects.filter(jurisdiction=jurisdiction):
        roster.add(other.text, roster.groups[other.group_id])
    return roster


def _add_all(roster: Roster, texts: Iterable[str], body: Body) -> None:
    for text in texts:
        roster.add(text, body)
