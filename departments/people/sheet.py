"""人员表: people as a workbook, out and back in after a look at what it changes.

One row is one part of one person: somebody who serves two departments has two rows. The import only adds:
it ends no part, closes no account and clears no contact, since a row or a cell that somebody deleted by
mistake must take nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from audit.record import record
from departments import files
from departments.models import Department, Jurisdiction, Membership, User
from departments.people.add import Contact, add_member
from departments.people.appoint import appoint_person
from departments.people.edit import edit_person
from departments.people.forms import ContactForm
from departments.people.hold import NotPossible
from departments.people.listing import parts_seen_by
from departments.permissions import keep_account
from departments.preview import Preview, preview
from sheets.books import CellError
from sheets.table import Column, Row, Table, read_table, write_table

SHEET = "人员"
ROLES = {str(one.label): one.value for one in Membership.Role}
COLUMNS = (
    Column("full_name", "姓名", 14),
    Column("username", "用户名", 18),
    Column("department", "单位", 26),
    Column("role", "角色", 14, choices=tuple(ROLES)),
    Column("office_phone", "办公电话", 20, required=False),
    Column("email", "电子邮箱", 28, required=False),
)
_HEADINGS = {one.name: one.heading for one in COLUMNS}
_SALT = "departments.people.sheet"
_USERNAME = UnicodeUsernameValidator()


@dataclass(frozen=True)
class Line:
    """One row that can be taken, and what it does: 新增账号, 新增任职, 更新联系方式 or nothing."""

    row: int
    full_name: str
    username: str
    department: int
    role: str
    office_phone: str
    email: str
    act: str


NEW, PART, CONTACT = "新增账号", "新增任职", "更新联系方式"


def export_people(*, by: User, on: date) -> bytes:
    """The people of the departments that `by` settles, one row a part, with its entry in the trail."""
    parts = parts_seen_by(by).own().exclude(until__lt=on).filter(user__is_active=True).select_related("user")
    rows = [
        {
            "full_name": part.user.full_name,
            "username": part.user.username,
            "department": part.department.short_name,
            "role": str(part.get_role_display()),
            "office_phone": part.user.office_phone,
            "email": part.user.email,
        }
        for part in parts
    ]
    with transaction.atomic():
        for place in Jurisdiction.objects.filter(pk__in=by.scope.coordinates):
            record(
                "people.export", actor=by, target=place, jurisdiction_id=place.pk, after={"rows": len(rows)}
            )
    return write_table(SHEET, COLUMNS, rows)


def look_at(data: bytes, *, by: User, on: date) -> Preview[Line]:
    """Check every row; nothing is written. Raises UnreadableFile when it is no such table."""
    table = read_table(data, COLUMNS)
    return preview(table, _Known(table, by, on), first="姓名", of="人员")


def import_people(lines: list[Line], *, by: User, on: date) -> list[tuple[User, str]]:
    """Write what was seen and confirmed, all or nothing; returns the new accounts with their first passwords."""
    made: list[tuple[User, str]] = []
    bodies = Department.objects.in_bulk({line.department for line in lines})
    with transaction.atomic():
        for line in lines:
            try:
                made += _take(line, bodies[line.department], by=by, on=on)
            except NotPossible as refused:
                raise NotPossible(f"第{line.row}行：{refused.reason}没有导入任何内容。") from refused
    return made


def keep(lines: list[Line], by: User) -> str:
    """The rows as text that only `by` can send back."""
    return files.keep({"lines": [asdict(line) for line in lines]}, by, _SALT)


def take_back(text: str, by: User) -> list[Line] | None:
    """What was kept, or None (see departments/files.py)."""
    content = files.take_back(text, by, _SALT)
    return [Line(**one) for one in content["lines"]] if content else None


def _take(line: Line, department: Department, *, by: User, on: date) -> Iterator[tuple[User, str]]:
    person = User.objects.filter(username=line.username).first()
    if person is None:
        contact = Contact(line.office_phone, line.email)
        yield add_member(
            line.username,
            line.full_name,
            department=department,
            role=line.role,
            contact=contact,
            since=on,
            by=by,
        )
        return
    if not _serves(person, department, line.role, on):
        appoint_person(person, department=department, role=line.role, since=on, until=None, by=by, on=on)
    if keep_account(by, person):
        contact = Contact(line.office_phone or person.office_phone, line.email or person.email)
        edit_person(person, full_name=person.full_name, contact=contact, by=by)


def _serves(person: User, department: Department, role: str, on: date) -> bool:
    return person.memberships.own().serving(on).filter(department=department, role=role).exists()


class _Known:
    """What the rows are checked against, read once (a constant number of queries)."""

    def __init__(self, table: Table, by: User, on: date) -> None:
        places = by.scope.coordinates
        bodies = Department.objects.filter(jurisdiction__in=places).exclude(active_until__lt=on)
        self.by = by
        self.bodies = {name: one for one in bodies for name in (one.name, one.short_name)}
        names = {row.values.get("username", "").lower() for row in table.rows}
        self.mine = {
            one.username.lower(): one for one in User.objects.kept_by(by) if one.username.lower() in names
        }
        taken = User.objects.order_by().values_list("username", flat=True)
        self.taken = {name.lower() for name in taken if name.lower() in names}
        serving = parts_seen_by(by).own().serving(on).order_by()
        self.parts = set(serving.values_list("user_id", "department_id", "role"))
        self.seen: dict[tuple[str, ...], int] = {}
        self.names: dict[str, str] = {}
        self.added: set[str] = set()

    def faults(self, row: Row) -> Iterator[CellError]:
        """What in a row cannot be taken, cell by cell."""
        values = row.values
        for name, expected in self._wrong(values):
            yield CellError(row.number, _HEADINGS[name], values.get(name, ""), expected)
        key = (values["username"].lower(), values["department"], values["role"])
        if (first := self.seen.setdefault(key, row.number)) != row.number:
            yield CellError(row.number, "用户名", values["username"], f"与第{first}行重复，请删去一行。")

    def _wrong(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        username = values["username"].lower()
        if not username or len(username) > 40 or not _is_username(username):
            yield "username", "请填写用户名，由文字、字母、数字和 @ . + - _ 组成，不超过40个字符。"
        elif username in self.taken and username not in self.mine:
            yield "username", "这个用户名已由其他地方的人使用，请换一个。"
        elif self.names.setdefault(username, values["full_name"]) != values["full_name"]:
            yield "full_name", "同一用户名在表中有两个姓名，请核对；一人一个账号，不要共用。"
        elif (mine := self.mine.get(username)) and not self._may_take(mine, values["full_name"]):
            yield "username", f"这个用户名属于{mine.full_name}，账号不能在这里修改，请核对姓名和用户名。"
        if values["department"] not in self.bodies:
            yield "department", "没有这个单位，请填写单位的全称或简称，或先在单位里新增。"
        if values["role"] not in ROLES:
            yield "role", f"请填写{'或'.join(ROLES)}。"
        yield from _contact_faults(values)

    def _may_take(self, mine: User, full_name: str) -> bool:
        """A known person keeps the name in the table; nobody settles themselves, a closed or an administrator's account."""
        settled = mine.pk != self.by.pk and mine.is_active and not mine.scope.is_administrator
        return settled and (mine.full_name == full_name)

    def line(self, row: Row) -> Line:
        """A row without faults, with what it does."""
        values = row.values
        body, role = self.bodies[values["department"]], ROLES[values["role"]]
        return Line(
            row=row.number,
            full_name=values["full_name"],
            username=self._written(values["username"]),
            department=body.pk,
            role=role,
            office_phone=values.get("office_phone", ""),
            email=values.get("email", ""),
            act=self._act(values, body.pk, role),
        )

    def _written(self, username: str) -> str:
        mine = self.mine.get(username.lower())
        return mine.username if mine else username

    def _act(self, values: dict[str, str], body: int, role: str) -> str:
        username = values["username"].lower()
        person = self.mine.get(username)
        if person is None:
            known = username in self.added
            self.added.add(username)
            return PART if known else NEW
        if (person.pk, body, role) not in self.parts:
            return PART
        contact = {name: values.get(name) for name in ("office_phone", "email")}
        differs = any(value and value != getattr(person, name) for name, value in contact.items())
        return CONTACT if differs and keep_account(self.by, person) else ""


def _is_username(text: str) -> bool:
    try:
        _USERNAME(text)
    except ValidationError:
        return False
    return True


def _contact_faults(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The rules of the form hold for the table as well."""
    form = ContactForm({name: values.get(name, "") for name in ("full_name", "office_phone", "email")})
    for name, sentences in form.errors.items():
        yield name, " ".join(str(one) for one in sentences)
