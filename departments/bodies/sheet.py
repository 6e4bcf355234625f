"""单位表: the departments of a place as a workbook, out and back in after a look at what it changes.

The import adds departments and other writings, and changes kind, order and sign-off of known ones. It renames
and ends nothing: a reorganisation has a date, and a row that somebody deleted by mistake must take nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from audit.record import record
from departments import files
from departments.afresh import afresh
from departments.bodies.add import NewBody, insert
from departments.bodies.changing import NotPossible, change, next_position
from departments.bodies.permissions import keep_bodies
from departments.models import Alias, Department, Jurisdiction, User
from departments.permissions import require
from departments.preview import Preview, preview
from departments.roster import Roster, load_roster
from sheets.books import CellError
from sheets.table import Column, Row, read_table, write_table

SHEET = "单位"
YES, NO = "是", "否"
KINDS = {str(kind.label): str(kind.value) for kind in Department.Kind}
COLUMNS = (
    Column("name", "全称", 36),
    Column("short_name", "简称", 20),
    Column("kind", "类别", 24, choices=tuple(KINDS)),
    Column("position", "机构序列", 12, required=False),
    Column("needs_sign_off", "报送前须审签", 14, required=False, choices=(YES, NO)),
    Column("aliases", "又写作", 40, required=False),
)
_HEADINGS = {one.name: one.heading for one in COLUMNS}
_LIMITS = {"name": 100, "short_name": 50}
_MOST = 100_000  # the last place in the official order
_SEPARATORS = re.compile(r"[、，,；;\n]+")
_SALT = "departments.bodies.sheet"
CHANGED = "单位库刚刚有变化，没有导入任何内容。请重新上传单位表，再看一遍将要改动的内容。"


@dataclass(frozen=True)
class Line:
    """What one row does: a new department, or a known one with what changes of it, and writings to add."""

    row: int
    name: str
    short_name: str
    known: int | None
    values: dict[str, Any]
    aliases: list[str]

    @property
    def act(self) -> str:
        """The word for it; empty when the row changes nothing."""
        if self.known is None:
            return "新增"
        return "修改" if self.values or self.aliases else ""

    @property
    def words(self) -> list[str]:
        """What changes, in words."""
        said = {
            "kind": lambda value: f"类别：{Department.Kind(value).label}",
            "position": lambda value: f"机构序列：{value}",
            "needs_sign_off": lambda value: f"报送前须审签：{YES if value else NO}",
        }
        words = [said[name](value) for name, value in self.values.items() if value is not None]
        return [*words, *([f"又写作：{'、'.join(self.aliases)}"] if self.aliases else [])]


def export_bodies(place: Jurisdiction, *, by: User, on: date) -> bytes:
    """The active departments of a place in their order, with its entry in the trail."""
    bodies = Department.objects.filter(jurisdiction=place).active(on).prefetch_related("aliases")
    rows = [_row(one) for one in bodies]
    with transaction.atomic():
        record(
            "department.export",
            actor=by,
            target=place,
            jurisdiction_id=place.pk,
            after={"rows": len(rows)},
        )
    return write_table(SHEET, COLUMNS, rows)


def empty_sheet() -> bytes:
    """The form to fill in."""
    return write_table(SHEET, COLUMNS, [])


def look_at(data: bytes, place: Jurisdiction, *, on: date) -> Preview[Line]:
    """Check every row; nothing is written. Raises UnreadableFile when it is no such table."""
    return preview(read_table(data, COLUMNS), _Plan(place, on), first="全称", of="单位")


def import_bodies(place: Jurisdiction, lines: Sequence[Line], *, by: User, on: date) -> None:
    """Write what was seen, all or nothing; raises Refused, NotPossible when the list is another by now."""
    with transaction.atomic():
        require(keep_bodies(afresh(by), place.pk))
        plan = _Plan(place, on)
        if not all(plan.still(line) for line in lines):
            raise NotPossible(CHANGED)
        for line in lines:
            _take(place, line, plan)
        record(
            "department.import",
            actor=by,
            target=place,
            jurisdiction_id=place.pk,
            after={
                "added": [line.name for line in lines if line.known is None],
                "changed": {line.name: line.words for line in lines if line.known is not None},
            },
        )


def keep(lines: Iterable[Line], place: Jurisdiction, by: User) -> str:
    """The rows as text that only `by` can send back."""
    return files.keep({"place": place.pk, "lines": [asdict(line) for line in lines]}, by, _SALT)


def take_back(text: str, place: Jurisdiction, by: User) -> list[Line] | None:
    """What was kept; None also when it was kept for another place."""
    content = files.take_back(text, by, _SALT)
    mine = content is not None and content["place"] == place.pk
    return [Line(**one) for one in content["lines"]] if content and mine else None


def _row(department: Department) -> dict[str, str]:
    return {
        "name": department.name,
        "short_name": department.short_name,
        "kind": str(department.get_kind_display()),
        "position": str(department.position),
        "needs_sign_off": YES if department.needs_sign_off else NO,
        "aliases": "、".join(alias.text for alias in department.aliases.all()),
    }


def _take(place: Jurisdiction, line: Line, plan: _Plan) -> None:
    if line.known is None:
        values = line.values | (
            {} if line.values["position"] is not None else {"position": next_position(place)}
        )
        department = insert(place, NewBody(line.name, line.short_name, **values))
    else:
        department = plan.bodies[line.known]
        if line.values:
            change(department, department.version, **line.values)
    Alias.objects.bulk_create(
        Alias(jurisdiction=place, department=department, text=text, normalised=plan.roster.key(text)[:100])
        for text in line.aliases
    )


class _Plan:
    """What the rows are held against, read once."""

    def __init__(self, place: Jurisdiction, on: date) -> None:
        self.roster: Roster = load_roster(place, on)
        self.bodies = self.roster.departments
        self.by_name = {one.name: one for one in self.bodies.values()}
        taken = Alias.objects.filter(jurisdiction=place).values_list("normalised", flat=True)
        self.aliases = set(taken)
        self.seen: dict[str, int] = {}

    def faults(self, row: Row) -> Iterator[CellError]:
        """What in a row cannot be taken, cell by cell."""
        for name, expected in self._wrong(row.number, row.values):
            yield CellError(row.number, _HEADINGS[name], row.values.get(name, ""), expected)

    def line(self, row: Row) -> Line:
        """A row without faults, with what it does."""
        values = row.values
        known = self.by_name.get(values["name"])
        wanted = _facts(values, known)
        aliases = self._new_aliases(values, known)
        self.aliases |= {self.roster.key(text)[:100] for text in aliases}
        return Line(
            row.number, values["name"], values["short_name"], known.pk if known else None, wanted, aliases
        )

    def still(self, line: Line) -> bool:
        """Whether a row that was seen does the same now."""
        if line.known is None:
            names = (line.name, line.short_name, *line.aliases)
            return all(self.roster.find(text) is None for text in names)
        known = self.bodies.get(line.known)
        names_hold = known is not None and (known.name, known.short_name) == (line.name, line.short_name)
        return names_hold and not any(self.roster.key(text)[:100] in self.aliases for text in line.aliases)

    def _wrong(self, number: int, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        yield from _form_faults(values)
        known = self.by_name.get(values["name"])
        if known and values["short_name"] != known.short_name:
            yield "short_name", f"已有单位的简称是“{known.short_name}”，改名请在单位页办理更名。"
        for name in ("name", "short_name"):
            found = self.roster.find(values[name]) if values[name] else None
            if found and found != known:
                yield name, f"已经是“{found}”的名称或写法，请核对。"
        for text in _listed(values):
            found = self.roster.find(text)
            if found and found != known:
                yield "aliases", f"“{text}”已经是“{found}”的名称或写法，请去掉。"
        yield from self._twice(number, values)

    def _twice(self, number: int, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Two rows that mean the same: the second is told of the first."""
        for name, texts in (("name", [values["name"], values["short_name"]]), ("aliases", _listed(values))):
            for text in texts:
                first = self.seen.setdefault(self.roster.key(text), number) if text else number
                if first != number:
                    yield name, f"“{text}”与第{first}行是同一个名称，请删去一处。"
                    return

    def _new_aliases(self, values: Mapping[str, str], known: Department | None) -> list[str]:
        """Writings that are not understood without being written down."""
        own = {self.roster.key(values[name]) for name in ("name", "short_name")}
        found: dict[str, str] = {}
        for text in _listed(values):
            key = self.roster.key(text)
            if key not in own and key[:100] not in self.aliases and self.roster.find(text) is None:
                found.setdefault(key, text)
        return list(found.values())


def _form_faults(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, limit in _LIMITS.items():
        if not values[name] or len(values[name]) > limit:
            yield name, f"请填写{_HEADINGS[name]}，不超过{limit}个字。"
    if values["kind"] not in KINDS:
        yield "kind", f"请填写{'、'.join(KINDS)}之一。"
    position = values.get("position", "")
    if position and not (position.isascii() and position.isdigit() and int(position) <= _MOST):
        yield "position", f"请填写0到{_MOST}的整数，或留空。"
    if values.get("needs_sign_off", "") not in ("", YES, NO):
        yield "needs_sign_off", f"请填写{YES}或{NO}。"
    if too_long := next((text for text in _listed(values) if len(text) > 100), None):
        yield "aliases", f"“{too_long[:20]}……”超过100个字，请核对。"


def _facts(values: Mapping[str, str], known: Department | None) -> dict[str, Any]:
    """The values of a new department, or those of a known one that change; an empty cell changes nothing."""
    position, sign_off = values.get("position", ""), values.get("needs_sign_off", "")
    wanted: dict[str, Any] = {
        "kind": KINDS[values["kind"]],
        "position": int(position) if position else None,
        "needs_sign_off": sign_off == YES if sign_off else None,
    }
    if known is None:
        return wanted | {"needs_sign_off": sign_off != NO}
    return {name: value for name, value in wanted.items() if value not in (None, getattr(known, name))}


def _listed(values: Mapping[str, str]) -> list[str]:
    return [text for part in _SEPARATORS.split(values.get("aliases", "")) if (text := part.strip())]
