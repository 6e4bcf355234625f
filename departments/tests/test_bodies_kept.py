"""Adding and changing departments, their other writings and collectives; places and their codes."""

from datetime import date

import pytest

from audit.models import Entry
from departments.bodies.add import NewBody, add_body
from departments.bodies.alias import add_alias, remove_alias
from departments.bodies.changing import NotPossible, Stale
from departments.bodies.edit import BodyFacts, edit_body
from departments.bodies.group import add_group, edit_group
from departments.bodies.place import add_place, rename_place
from departments.codes import level_of, why_not_below
from departments.models import Alias, Jurisdiction, Post, User
from departments.permissions import Refused
from departments.roster import load_roster
from departments.tests.factories import make_department, make_jurisdiction, make_officer

pytestmark = pytest.mark.django_db
TODAY = date(2020, 11, 10)
FACTS = BodyFacts(kind="vertical", position=3, needs_sign_off=True, active_from=None)


@pytest.fixture
def office() -> User:
    return make_officer()


def test_it_adds_a_department_behind_the_others(office: User) -> None:
    last = make_department("市卫健委", position=7)

    made = add_body(last.jurisdiction, NewBody("平凉市医疗保障局", "市医保局"), on=TODAY, by=office)

    assert made.position == 8
    assert Entry.objects.get().act == "department.create"


def test_it_refuses_a_name_that_is_a_writing_of_another(office: User) -> None:
    place = make_department("市医保局", name="平凉市医疗保障局").jurisdiction

    with pytest.raises(NotPossible, match="已经是“市医保局”"):
        add_body(place, NewBody("平凉市医疗保障委员会", "医疗保障局"), on=TODAY, by=office)


def test_it_refuses_the_system_administrator(office: User) -> None:
    with pytest.raises(Refused):
        add_body(
            make_jurisdiction(), NewBody("甲局", "甲局"), on=TODAY, by=make_officer(Post.Role.SYSTEM_ADMIN)
        )


def test_it_changes_what_a_department_is(office: User) -> None:
    department = make_department("市烟草局", kind="government", position=3)

    edit_body(department, FACTS, version=0, by=office)

    department.refresh_from_db()
    assert (department.kind, department.needs_sign_off, department.version) == ("vertical", True, 1)
    assert Entry.objects.get().after == {"kind": "vertical", "needs_sign_off": True}


def test_it_refuses_a_change_of_what_was_not_seen(office: User) -> None:
    department = make_department()
    edit_body(department, FACTS, version=0, by=office)

    with pytest.raises(Stale):
        edit_body(department, FACTS, version=0, by=office)


def test_it_adds_a_writing_and_takes_it_back(office: User) -> None:
    department = make_department("市卫健委")

    alias = add_alias(department, "市卫生健康委员会办公室", by=office, on=TODAY)
    assert load_roster(department.jurisdiction, TODAY).find("市卫生健康委员会办公室") == department
    remove_alias(alias, by=office)

    assert not Alias.objects.exists()
    assert [one.act for one in Entry.objects.order_by("id")] == [
        "department.alias",
        "department.alias_removed",
    ]


@pytest.mark.parametrize("text", ["市医保局", "医疗保障局"])
def test_it_refuses_a_writing_of_another(office: User, text: str) -> None:
    make_department("市医保局", name="平凉市医疗保障局")

    with pytest.raises(NotPossible, match="已经是“市医保局”"):
        add_alias(make_department("市卫健委"), text, by=office, on=TODAY)


def test_it_refuses_the_same_writing_twice(office: User) -> None:
    department = make_department("市卫健委")
    add_alias(department, "卫生主管部门", by=office, on=TODAY)

    with pytest.raises(NotPossible, match="不用再加"):
        add_alias(department, "卫生主管部门", by=office, on=TODAY)


def test_it_makes_and_changes_a_collective(office: User) -> None:
    one, other = make_department("泾川县人民政府"), make_department("灵台县人民政府")

    group = add_group(one.jurisdiction, name="东部各县", members=[one], by=office, on=TODAY)
    edit_group(group, name="东部各县", members=[one, other], version=0, by=office, on=TODAY)

    assert set(group.members.all()) == {one, other}
    assert Entry.objects.first().after["members"] == ["泾川县人民政府", "灵台县人民政府"]  # type: ignore[union-attr]  # there
    with pytest.raises(Stale):
        edit_group(group, name="东部各县", members=[one], version=0, by=office, on=TODAY)


def test_it_refuses_members_of_another_place(office: User) -> None:
    foreign = make_department("渝中区人民政府", make_jurisdiction("500000", "重庆市"))

    with pytest.raises(NotPossible, match="本行政区域"):
        add_group(make_jurisdiction(), name="各区", members=[foreign], by=office, on=TODAY)


CODES = [
    ("620000", "province"),
    ("620800", "city"),
    ("620802", "county"),
    ("429004", "county"),
    ("620001", None),
    ("62080", None),
    ("六二〇八〇〇", None),
    ("020800", None),
]


@pytest.mark.parametrize(("code", "level"), CODES)
def test_it_reads_the_level_from_a_code(code: str, level: str | None) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize(
    ("code", "level", "upper", "words"),
    [
        ("620802", "county", ("620800", "city"), ""),
        ("429004", "county", ("420000", "province"), ""),
        ("620800", "city", ("620000", "province"), ""),
        ("621002", "county", ("620800", "city"), "以6208开头"),
        ("630100", "city", ("620000", "province"), "以62开头"),
        ("620800", "county", ("620000", "province"), "代码与层级不符"),
        ("620802", "city", ("620800", "city"), "层级应低于上级"),
        ("6208", "county", ("620800", "city"), "六位数字"),
    ],
)
def test_it_holds_a_code_against_the_one_above(
    code: str, level: str, upper: tuple[str, str], words: str
) -> None:
    why = why_not_below(code, level, upper_code=upper[0], upper_level=upper[1])

    assert (words in why) if words else not why


@pytest.mark.parametrize("role", [Post.Role.COORDINATOR, Post.Role.SYSTEM_ADMIN])
def test_it_adds_a_place_below_and_below_that(role: Post.Role) -> None:
    keeper = make_officer(role)

    county = add_place(make_jurisdiction(), code="620802", name="崆峒区", level="county", by=keeper)

    assert county.path == "/620800/620802/"
    assert Entry.objects.get().after["upper"] == "平凉市"
    rename_place(county, name="崆峒新区", seen="崆峒区", reason="", by=keeper)
    assert Jurisdiction.objects.get(code="620802").name == "崆峒新区"


def test_it_refuses_places_beside_and_above() -> None:
    province = make_jurisdiction("620000", "甘肃省", level="province")
    city = make_jurisdiction("620900", "酒泉市", parent=province)
    keeper = make_officer(jurisdiction=city)

    for upper in (province, make_jurisdiction()):
        with pytest.raises(Refused, match="本地或上级"):
            add_place(upper, code="620802", name="崆峒区", level="county", by=keeper)


def test_it_refuses_a_code_in_use(office: User) -> None:
    make_jurisdiction("620802", "崆峒区", level="county")

    with pytest.raises(NotPossible, match="已有行政区域使用"):
        add_place(make_jurisdiction(), code="620802", name="崆峒区", level="county", by=office)


@pytest.mark.parametrize("role", [Post.Role.LEADER, Post.Role.SECURITY_ADMIN, Post.Role.AUDITOR])
def test_it_refuses_other_posts(role: Post.Role) -> None:
    with pytest.raises(Refused):
        add_place(make_jurisdiction(), code="620802", name="崆峒区", level="county", by=make_officer(role))


def test_it_does_not_rename_what_was_renamed_meanwhile(office: User) -> None:
    place = make_jurisdiction()
    Jurisdiction.objects.update(name="新平凉市")

    with pytest.raises(NotPossible, match="刚刚被别人修改"):
        rename_place(place, name="平凉新市", seen="平凉市", reason="", by=office)
