"""Merging, dividing, closing and renaming departments by date: who follows whom, and whom an old name means."""

from datetime import date

import pytest

from audit.models import Entry
from departments.bodies.add import NewBody
from departments.bodies.changing import NotPossible, Stale
from departments.bodies.close import close
from departments.bodies.merge import merge
from departments.bodies.rename import rename
from departments.bodies.split import split
from departments.models import Alias, Department, User
from departments.models.bodies import Succession
from departments.permissions import Refused
from departments.roster import load_roster
from departments.tests.factories import (
    make_department,
    make_group,
    make_jurisdiction,
    make_officer,
    make_reporter,
)

pytestmark = pytest.mark.django_db
SINCE, TODAY = date(2020, 11, 1), date(2020, 11, 10)
REASON = "机构改革方案"


@pytest.fixture
def office() -> User:
    return make_officer()


def find(name: str, on: date = TODAY) -> object:
    return load_roster(make_jurisdiction(), on).find(name)


def merge_two(
    office: User, into: Department | NewBody, **changes: object
) -> tuple[Department, Department, Department]:
    health = make_department("市卫生局", name="平凉市卫生局")
    family = make_department("市计生委", name="平凉市人口和计划生育委员会")
    terms = {"since": SINCE, "reason": REASON, "by": office, "on": TODAY, **changes}
    made = merge([(health, 0), (family, 0)], into=into, **terms)  # type: ignore[arg-type]  # the test's own words
    health.refresh_from_db()
    family.refresh_from_db()
    return health, family, made


def test_it_merges_two_into_a_new_one(office: User) -> None:
    health, family, made = merge_two(office, NewBody("平凉市卫生健康委员会", "市卫健委"))

    assert health.active_until == family.active_until == date(2020, 10, 31)
    assert made.active_from == SINCE
    assert made.position == health.position
    assert set(made.predecessors.all()) == {health, family}
    assert set(made.origins.values_list("kind", flat=True)) == {Succession.Kind.MERGED}
    assert Entry.objects.get(act="department.merge").before == {
        "departments": ["平凉市卫生局", "平凉市人口和计划生育委员会"]
    }
    assert Entry.objects.count() == 1


def test_it_understands_an_old_name_as_the_successor_from_the_day_on(office: User) -> None:
    health, _, made = merge_two(office, NewBody("平凉市卫生健康委员会", "市卫健委"))

    assert find("市计生委") == find("平凉市卫生局") == made
    assert find("市卫生局", date(2020, 10, 31)) == health
    assert find("市卫健委", date(2020, 10, 31)) is None


def test_it_follows_the_successors_of_a_successor(office: User) -> None:
    _, _, made = merge_two(office, NewBody("平凉市卫生健康委员会", "市卫健委"))
    bureau = make_department("市卫计局")

    merge([(made, 0)], into=bureau, since=TODAY, reason=REASON, by=office, on=TODAY)

    assert find("市计生委") == bureau


def test_it_leaves_an_old_name_to_the_department_that_bears_it_now(office: User) -> None:
    _, _, made = merge_two(office, NewBody("平凉市卫生局", "市卫生局"))

    assert find("市卫生局") == made
    assert make_department("市医保局") == find("市医保局")


def test_it_hands_the_places_in_collectives_over(office: User) -> None:
    county, other = make_department("泾川县人民政府"), make_department("灵台县人民政府")
    group = make_group("各县市区人民政府", [county, other])

    merge([(county, 0)], into=other, since=SINCE, reason=REASON, by=office, on=TODAY)

    assert list(group.members.all()) == [other]


def test_it_lets_the_reform_office_move_with_its_department(office: User) -> None:
    old = make_department("市医改办", is_office=True)
    target = make_department("市卫健委")

    merge([(old, 0)], into=target, since=SINCE, reason=REASON, by=office, on=TODAY)

    target.refresh_from_db()
    assert target.is_office


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"since": date(2020, 11, 11)}, "不能晚于今天"),
    ],
)
def test_it_refuses_to_merge_ahead_of_time(office: User, changes: dict[str, object], words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        merge_two(office, NewBody("平凉市卫生健康委员会", "市卫健委"), **changes)
    assert not Department.objects.filter(active_until__isnull=False).exists()
    assert not Entry.objects.exists()


def test_it_refuses_a_new_name_that_means_another(office: User) -> None:
    make_department("市卫健委", name="平凉市卫生健康委员会")

    with pytest.raises(NotPossible, match="已经是“市卫健委”"):
        merge_two(office, NewBody("市卫生健康委员会", "市卫生健康委"))
    assert Department.objects.filter(active_until__isnull=True).count() == 3


def test_it_refuses_departments_of_another_jurisdiction(office: User) -> None:
    other = make_department("市教委", make_jurisdiction("500000", "重庆市"))

    with pytest.raises(NotPossible, match="跨行政区域"):
        merge_two(office, other)


def test_it_refuses_a_successor_that_is_merged_itself(office: User) -> None:
    one = make_department("市卫生局")

    with pytest.raises(NotPossible, match="不能同时"):
        merge([(one, 0)], into=one, since=SINCE, reason=REASON, by=office, on=TODAY)


def test_it_refuses_whoever_comes_second(office: User) -> None:
    one, target = make_department("市卫生局"), make_department("市卫健委")
    merge([(one, 0)], into=target, since=SINCE, reason=REASON, by=office, on=TODAY)

    with pytest.raises(Stale):
        merge([(one, 0)], into=target, since=SINCE, reason=REASON, by=office, on=TODAY)


@pytest.mark.parametrize("place", [("130100", "石家庄市"), ("620000", "甘肃省")])
def test_it_refuses_offices_of_other_places(place: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="只有本地医改办"):
        merge_two(
            make_officer(jurisdiction=make_jurisdiction(*place)), NewBody("平凉市卫生健康委员会", "市卫健委")
        )


def test_it_refuses_a_reporter() -> None:
    department = make_department("市卫生局")

    with pytest.raises(Refused):
        close(department, since=SINCE, reason=REASON, version=0, by=make_reporter(department), on=TODAY)


def split_one(office: User, main: int | None) -> tuple[Department, list[Department]]:
    old = make_department("市发改委", name="平凉市发展和改革委员会")
    parts = [NewBody("平凉市发展和改革委员会", "市发改委"), NewBody("平凉市粮食和物资储备局", "市粮食局")]
    made = split(old, parts, main=main, since=SINCE, reason=REASON, version=0, by=office, on=TODAY)
    return old, made


def test_it_divides_one_into_two(office: User) -> None:
    old, made = split_one(office, main=0)

    old.refresh_from_db()
    assert old.successor == made[0]
    assert [one.successor for one in old.successions.all()] == made
    assert find("市发改委") == made[0]
    assert Entry.objects.get().act == "department.split"


def test_it_asks_about_the_name_of_a_divided_department_that_nobody_took_over(office: User) -> None:
    old = make_department("市文广局", name="平凉市文化广播影视局")
    parts = [NewBody("平凉市文化和旅游局", "市文旅局"), NewBody("平凉市广播电视局", "市广电局")]

    split(old, parts, main=None, since=SINCE, reason=REASON, version=0, by=office, on=TODAY)

    assert find("市文广局") is None


def test_it_refuses_a_division_into_one(office: User) -> None:
    with pytest.raises(NotPossible, match="至少要有两个"):
        split(
            make_department("市发改委"), [NewBody("市发展改革局", "市发改局")], main=0, since=SINCE,
            reason=REASON, version=0, by=office, on=TODAY,
        )  # fmt: skip


def test_it_closes_a_department(office: User) -> None:
    old = make_department("市防汛办")
    Alias.objects.create(jurisdiction=old.jurisdiction, department=old, text="防汛办", normalised="防汛办")

    close(old, since=SINCE, reason=REASON, version=0, by=office, on=TODAY)

    assert find("防汛办") is None
    assert find("防汛办", date(2020, 10, 31)) == old
    assert Entry.objects.get().after == {"active_until": "2020-10-31", "groups": []}


def test_it_refuses_to_close_the_reform_office(office: User) -> None:
    with pytest.raises(NotPossible, match="医改办所在单位"):
        close(make_department(is_office=True), since=SINCE, reason=REASON, version=0, by=office, on=TODAY)


def test_it_refuses_an_end_before_the_beginning(office: User) -> None:
    new = make_department(active_from=SINCE)

    with pytest.raises(NotPossible, match="晚于"):
        close(new, since=SINCE, reason=REASON, version=0, by=office, on=TODAY)


def rename_one(office: User, department: Department, **changes: object) -> None:
    terms = {
        "name": "平凉市文体广电和旅游局", "short_name": "市文旅局", "since": SINCE, "reason": REASON,
        "version": 0, "by": office, "on": TODAY, **changes,
    }  # fmt: skip
    rename(department, **terms)  # type: ignore[arg-type]  # the test's own words


def test_it_renames_and_keeps_the_old_name_as_a_writing(office: User) -> None:
    department = make_department("市文广局", name="平凉市文化广播影视局")

    rename_one(office, department)

    assert find("市文广局") == find("平凉市文化广播影视局") == find("市文旅局") == department
    former = department.former_names.get()
    assert (former.name, former.until) == ("平凉市文化广播影视局", date(2020, 10, 31))
    assert Entry.objects.get().before == {"name": "平凉市文化广播影视局", "short_name": "市文广局"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"since": date(2020, 11, 11)}, "不能晚于今天"),
        ({"name": "平凉市医疗保障局"}, "已经是“市医保局”"),
        ({"short_name": "市医保局"}, "已经是“市医保局”"),
        ({"version": 7}, "刚刚被别人修改"),
    ],
)
def test_it_refuses_to_rename(office: User, changes: dict[str, object], words: str) -> None:
    make_department("市医保局", name="平凉市医疗保障局")
    department = make_department("市文广局")

    with pytest.raises(NotPossible, match=words):
        rename_one(office, department, **changes)
    department.refresh_from_db()
    assert department.short_name == "市文广局"
    assert not Entry.objects.exists()
