"""Whom a name in a paper means: departments, their aliases and collectives of one jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from departments.models import Alias, Department, DepartmentGroup, GroupAlias, Jurisdiction
from departments.models.bodies import FormerName
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

    def unknown(self, name: str) -> bool:
        """Whether nobody is written so, not even doubtfully."""
        return not (self._printed.get(name) or self._canonical.get(self.key(name)))

    def suggest(self, name: str, limit: int = 3) -> list[Department]:
        """Departments written most like `name`, best first; only ever a suggestion to a person."""
        choices = {text: body for text, bodies in self._canonical.items() for body in bodies}
        ranked = process.extract(self.key(name), list(choices), scorer=fuzz.ratio, score_cutoff=LIKELY)
        found = [choices[text] for text, _, _ in ranked]
        return list(dict.fromkeys(one for one in found if isinstance(one, Department)))[:limit]


def load_roster(jurisdiction: Jurisdiction, on: date) -> Roster:
    """Read the roster of a jurisdiction as of a day (six queries)."""
    roster = Roster(jurisdiction.name)
    everyone = {one.pk: one for one in Department.objects.filter(jurisdiction=jurisdiction)}
    roster.departments = {pk: one for pk, one in everyone.items() if one.active(on)}
    writings = _writings(everyone)
    for pk, one in roster.departments.items():
        _add_all(roster, writings[pk], one)
    for group in DepartmentGroup.objects.filter(jurisdiction=jurisdiction).prefetch_related("members"):
        roster.groups[group.pk] = group
        roster.add(group.name, group)
    for other in GroupAlias.objects.filter(jurisdiction=jurisdiction):
        roster.add(other.text, roster.groups[other.group_id])
    _add_ended(roster, everyone, writings, on)
    return roster


def _writings(everyone: Mapping[int, Department]) -> dict[int, set[str]]:
    """All ways of writing each department: its names, what it was called before, its aliases (two queries)."""
    found = {pk: {one.name, one.short_name} for pk, one in everyone.items()}
    for former in FormerName.objects.filter(department__in=list(everyone)):
        found[former.department_id] |= {former.name, former.short_name}
    for alias in Alias.objects.filter(department__in=list(everyone)):
        found[alias.department_id].add(alias.text)
    return found


def _add_ended(
    roster: Roster, everyone: Mapping[int, Department], writings: Mapping[int, set[str]], on: date
) -> None:
    """Let the names of departments that are no more mean who followed them, unless they are another's now."""
    heirs = [
        (text, heir)
        for pk, one in everyone.items()
        if one.active_until and one.active_until < on and (heir := _heir(one, everyone, on))
        for text in writings[pk]
        if roster.unknown(text)
    ]
    for text, heir in heirs:
        roster.add(text, heir)


def _heir(one: Department, everyone: Mapping[int, Department], on: date) -> Department | None:
    """The active department at the end of the line of successors; None where the line breaks off."""
    met = set()
    while one.pk not in met and (after := everyone.get(one.successor_id or 0)):
        met.add(one.pk)
        one = after
        if one.active(on):
            return one
    return None


def _add_all(roster: Roster, texts: Iterable[str], body: Body) -> None:
    for text in texts:
        roster.add(text, body)
