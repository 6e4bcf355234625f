"""Unknown names: proposed, decided once, remembered."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.db import transaction

from audit.models import Entry
from departments.models import Alias, Department, DepartmentGroup
from departments.roster import Body, load_roster
from departments.tests.factories import make_department, make_jurisdiction
from documents.reading import draft_tasks
from documents.tests.factories import MORNING, draft_of, make_text_paper
from tasks.match import (
    Existing,
    ExistingGroup,
    LeftOut,
    NameChoice,
    New,
    NewGroup,
    Undecided,
    Unmatched,
    full_name,
    resolve,
    unmatched,
)

pytestmark = pytest.mark.django_db

TEXT = "一、公共卫生\n（一）监测。落实。（市卫健委负责，市疾病预防中心、市残联参与）\n"


def unknown() -> list[Unmatched]:
    place = make_jurisdiction()
    return unmatched(draft_tasks(draft_of(make_text_paper(TEXT))), load_roster(place, MORNING.date()))


def decide(choices: Mapping[str, NameChoice], names: list[Unmatched] | None = None) -> dict[str, Body | None]:
    place = make_jurisdiction()
    roster = load_roster(place, MORNING.date())
    with transaction.atomic():
        return resolve(names or unknown(), choices, jurisdiction=place, roster=roster, by=None)


def test_it_lists_only_names_that_mean_no_department() -> None:
    make_department("市卫健委")
    make_department("市残联", name="平凉市残疾人联合会")
    assert [one.name for one in unknown()] == ["市疾病预防中心"]


def test_it_suggests_what_is_written_alike_without_deciding() -> None:
    make_department("市卫健委")
    likely = make_department("市疾控中心", name="平凉市疾病预防控制中心")
    [first, *_] = unknown()
    assert first.name == "市疾病预防中心"
    assert first.likely[0] == likely


def test_it_says_who_may_be_left_out() -> None:
    assert {one.name: one.may_leave_out for one in unknown()} == {
        "市卫健委": False,
        "市疾病预防中心": True,
        "市残联": True,
    }


@pytest.mark.parametrize(
    ("printed", "place", "full"),
    [
        ("市残联", "平凉市", "平凉市残联"),
        ("省残联", "吉林省", "吉林省残联"),
        ("平凉海关", "平凉市", "平凉海关"),
        ("区残联", "崆峒区", "崆峒区残联"),
    ],
)
def test_it_proposes_a_full_name(printed: str, place: str, full: str) -> None:
    assert full_name(printed, place) == full


def test_it_remembers_a_writing_as_an_alias() -> None:
    make_department("市卫健委")
    centre = make_department("市疾控中心")
    meant = decide({"市疾病预防中心": Existing(centre.pk), "市残联": LeftOut()})
    assert meant == {"市疾病预防中心": centre, "市残联": None}
    assert Alias.objects.get().text == "市疾病预防中心"
    assert Entry.objects.filter(act="department.alias", target_id=centre.pk).count() == 1
    assert load_roster(make_jurisdiction(), MORNING.date()).find("疾病预防中心") == centre


def test_it_takes_a_writing_over_from_a_department_that_has_ended() -> None:
    make_department("市卫健委")
    centre, old = make_department("市疾控中心"), make_department("市防疫站", active_until=date(2019, 12, 31))
    key = load_roster(old.jurisdiction, MORNING.date()).key("市疾病预防中心")
    Alias.objects.create(jurisdiction=old.jurisdiction, department=old, text="市疾病预防中心", normalised=key)

    decide({"市疾病预防中心": Existing(centre.pk), "市残联": LeftOut()})

    assert Alias.objects.get().department == centre
    assert Entry.objects.filter(act="department.alias", target_id=centre.pk).count() == 1


def test_it_makes_one_department_of_two_writings() -> None:
    names = [
        Unmatched(name, ("一",), (), name, may_leave_out=True, is_collective=False)
        for name in ("市发改委", "市发展改革委")
    ]
    meant = decide({name.name: New(name.name, f"平凉{name.name}") for name in names}, names)
    assert meant["市发改委"] == meant["市发展改革委"]
    assert Department.objects.count() == 1


def test_it_makes_a_collective_of_all_counties() -> None:
    counties = [make_department(name, kind="local") for name in ("静宁县", "庄浪县")]
    make_department("市卫健委")
    name = Unmatched("各县区", ("一",), (), "各县区", may_leave_out=False, is_collective=True)
    group = decide({"各县区": NewGroup()}, [name])["各县区"]
    assert isinstance(group, DepartmentGroup)
    assert list(group.members.order_by("pk")) == counties
    assert Entry.objects.filter(act="department_group.create").count() == 1


def test_it_makes_one_collective_of_two_writings() -> None:
    make_department("静宁县", kind="local")
    names = [
        Unmatched(name, ("一",), (), name, may_leave_out=False, is_collective=True)
        for name in ("各县区", "各县（市、区）人民政府")
    ]
    meant = decide({name.name: NewGroup() for name in names}, names)
    assert meant["各县区"] == meant["各县（市、区）人民政府"]
    assert DepartmentGroup.objects.count() == 1


ONE = [Unmatched("市残联", ("一",), (), "平凉市残联", may_leave_out=False, is_collective=False)]


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (LeftOut(), "不能略去"),
        (Existing(10**6), "不在本地单位库"),
        (ExistingGroup(10**6), "不能用"),
        (NewGroup(), "没有可以展开的成员"),
        (New("", ""), "不能新增"),
        (New("市残联", "平凉市卫健委"), "不能新增"),
    ],
)
def test_it_refuses_what_cannot_be_carried_out(choice: NameChoice, reason: str) -> None:
    make_department("市卫健委", name="平凉市卫健委")
    with pytest.raises(Undecided, match=reason):
        decide({"市残联": choice}, ONE)
    assert Department.objects.count() == 1


def test_it_refuses_a_department_of_another_place() -> None:
    other = make_department("县残联", make_jurisdiction("620826", "静宁县", level="county"))
    with pytest.raises(Undecided, match="不在本地单位库"):
        decide({"市残联": Existing(other.pk)}, ONE)
    assert not Alias.objects.exists()
