"""Names of a draft and the departments they mean; what is unknown a person decides, once for each name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max

from audit.record import record
from departments.models import Alias, Department, DepartmentGroup, GroupAlias, Jurisdiction, User
from departments.names import LEVELS, collective
from departments.roster import Body, Roster
from documents.reading import DraftTask
from documents.review import names_with_refs


@dataclass(frozen=True)
class Existing:
    """The name means a department that exists; it is remembered as an alias."""

    department_id: int


@dataclass(frozen=True)
class ExistingGroup:
    """The name means a collective that exists; it is remembered as an alias."""

    group_id: int


@dataclass(frozen=True)
class New:
    """The name is a department not yet known."""

    short_name: str
    name: str


@dataclass(frozen=True)
class NewGroup:
    """The name is a collective of all county governments known."""


@dataclass(frozen=True)
class LeftOut:
    """The name is left out of the ledger; only where it takes part, never where it leads or answers."""


NameChoice = Existing | ExistingGroup | New | NewGroup | LeftOut


@dataclass(frozen=True)
class Unmatched:
    """A printed name to decide on."""

    name: str
    refs: tuple[str, ...]
    likely: tuple[Department, ...]
    full_name: str
    may_leave_out: bool
    is_collective: bool


class Undecided(Exception):
    """A name has no choice, or one that cannot be carried out; the message says which, in Chinese."""


def unmatched(tasks: Sequence[DraftTask], roster: Roster) -> list[Unmatched]:
    """The names that mean no department or collective of the roster, in the order of the paper."""
    return [
        Unmatched(
            name=name,
            refs=refs,
            likely=tuple(roster.suggest(name)),
            full_name=full_name(name, roster.place),
            may_leave_out=not _answers(name, tasks),
            is_collective=collective(name) is not None,
        )
        for name, refs in names_with_refs(tasks).items()
        if roster.find(name) is None
    ]


def full_name(printed: str, place: str) -> str:
    """A full name to propose: 市体育局 of 平凉市 is 平凉市体育局."""
    level = next((one for one in LEVELS if place.endswith(one)), "")
    return place + printed.removeprefix(level) if level and printed.startswith(level) else printed


def _answers(name: str, tasks: Sequence[DraftTask]) -> bool:
    """Whether the name leads or answers anywhere."""
    return any(
        task.full_names.get(one, one) == name
        for task in tasks
        if not task.left_out
        for one in task.leads + task.responsible
    )


def resolve(
    unknown: Sequence[Unmatched],
    choices: Mapping[str, NameChoice],
    *,
    jurisdiction: Jurisdiction,
    roster: Roster,
    by: User | None,
) -> dict[str, Body | None]:
    """Carry the choices out and return what each unknown name means, None when it is left out.

    New departments, collectives and aliases are written with their entries in the trail, in the caller's
    transaction. Raises Undecided.
    """
    missing = [one.name for one in unknown if one.name not in choices]
    if missing:
        raise Undecided(f"还没有确定是哪个单位：{'、'.join(missing)}。")
    resolver = _Resolver(jurisdiction, roster, by)
    return {one.name: resolver.body(one, choices[one.name]) for one in unknown}


class _Resolver:
    def __init__(self, jurisdiction: Jurisdiction, roster: Roster, by: User | None) -> None:
        self.jurisdiction, self.roster, self.by = jurisdiction, roster, by

    def body(self, one: Unmatched, choice: NameChoice) -> Body | None:
        match choice:
            case Existing(pk):
                return self._known(one, self.roster.departments.get(pk))
            case ExistingGroup(pk) if pk in self.roster.groups:
                return self._known_group(one, self.roster.groups[pk])
            case New(short_name, name):
                return self._new(one, short_name.strip(), name.strip())
            case NewGroup():
                return self._new_group(one)
            case LeftOut() if one.may_leave_out:
                return None
        raise Undecided(f"“{one.name}”的处理办法不能用：牵头和负责的单位不能略去，所选单位须在本地单位库内。")

    def _known(self, one: Unmatched, department: Department | None) -> Department:
        if department is None:
            raise Undecided(f"“{one.name}”所选的单位不在本地单位库内。")
        self._remember(one.name, department)
        return department

    def _known_group(self, one: Unmatched, group: DepartmentGroup) -> DepartmentGroup:
        alias, made = GroupAlias.objects.get_or_create(
            jurisdiction=self.jurisdiction,
            normalised=self.roster.key(one.name)[:100],
            defaults={"group": group, "text": one.name[:100]},
        )
        if made:
            self._record("department_group.alias", group, {"alias": alias.text})
        return group

    def _remember(self, text: str, department: Department) -> None:
        """Next time the same writing is known; an alias of the same form is not written twice.

        A name that was asked about and still is an alias belongs to a department that has ended: it moves.
        """
        alias, made = Alias.objects.get_or_create(
            jurisdiction=self.jurisdiction,
            normalised=self.roster.key(text)[:100],
            defaults={"department": department, "text": text[:100]},
        )
        moves = not made and alias.department_id not in self.roster.departments
        if moves:
            alias.department = department
            alias.save(update_fields=["department"])
        if made or moves:
            self._record("department.alias", department, {"alias": alias.text})

    def _new(self, one: Unmatched, short_name: str, name: str) -> Department:
        # Two unknown names may be writings of one new department: the second finds what the first made.
        if (made := self.roster.find(short_name)) and isinstance(made, Department):
            return self._known(one, made)
        last = Department.objects.filter(jurisdiction=self.jurisdiction).aggregate(last=Max("position"))[
            "last"
        ]
        department = Department(
            jurisdiction=self.jurisdiction, short_name=short_name, name=name, position=(last or 0) + 1
        )
        _check(department, one.name)
        department.save()
        self._record("department.create", department, {"name": name, "short_name": short_name})
        self.roster.departments[department.pk] = department
        for text in {name, short_name}:
            self.roster.add(text, department)
        if self.roster.find(one.name) is None:
            self._remember(one.name, department)
        return department

    def _new_group(self, one: Unmatched) -> DepartmentGroup:
        if (made := self.roster.find(one.name)) and isinstance(made, DepartmentGroup):
            return made  # another writing of the collective that was made a moment ago
        members = [each for each in self.roster.departments.values() if each.kind == Department.Kind.LOCAL]
        if not members:
            raise Undecided(f"“{one.name}”没有可以展开的成员：单位库里还没有县（市、区）人民政府。")
        group = DepartmentGroup(jurisdiction=self.jurisdiction, name=one.name[:60])
        _check(group, one.name)
        group.save()
        group.members.set(members)
        self.roster.groups[group.pk] = group
        self.roster.add(group.name, group)
        self._record(
            "department_group.create", group, {"name": group.name, "members": [str(m) for m in members]}
        )
        return group

    def _record(self, act: str, target: Body, after: dict[str, object]) -> None:
        record(act, actor=self.by, target=target, jurisdiction_id=self.jurisdiction.pk, after=after)


def _check(row: Body, printed: str) -> None:
    """Let the model say in words what the database would refuse."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Undecided(f"“{printed}”不能新增：{''.join(error.messages)}") from None
