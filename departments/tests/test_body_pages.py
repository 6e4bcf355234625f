"""单位库 in the browser's words: lists, the page of one department, forms that lose nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from departments.models import Alias, Department, DepartmentGroup, Jurisdiction, Post, User
from departments.tests.factories import (
    make_department,
    make_group,
    make_jurisdiction,
    make_officer,
    make_reporter,
)

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(make_officer())


def text(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_lists_the_departments_of_the_place_in_their_order(client: Client) -> None:
    make_department("市医保局", position=2)
    make_department("市卫健委", position=1)
    make_department("市旧局", active_until=date(2019, 1, 1))
    make_department("市教委", make_jurisdiction("500000", "重庆市"))

    page = text(client, "/departments/")

    assert page.index("市卫健委") < page.index("市医保局")
    assert "市旧局" not in page
    assert "市教委" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"state": "ended"}, {"市旧局"}),
        ({"state": "all"}, {"市旧局", "市卫健委"}),
        ({"q": "卫生主管"}, {"市卫健委"}),
        ({"q": "无此单位"}, set()),
        ({"state": "made up"}, {"市卫健委"}),
        ({"page": "x", "place": "99999"}, {"市卫健委"}),
    ],
)
def test_it_searches_and_filters(client: Client, query: dict[str, str], shown: set[str]) -> None:
    kept = make_department("市卫健委")
    make_department("市旧局", active_until=date(2019, 1, 1))
    Alias.objects.create(
        jurisdiction=kept.jurisdiction, department=kept, text="卫生主管部门", normalised="卫生主管部门"
    )

    page = text(client, "/departments/", **query)

    assert {name for name in ("市旧局", "市卫健委") if f">{name}</a>" in page} == shown


def test_it_costs_the_same_for_two_departments_and_for_twenty(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for total in (2, 20):
        while Department.objects.count() < total:
            make_group(
                f"集合{Department.objects.count()}", [make_department(f"单位{Department.objects.count()}")]
            )
        with django_assert_max_num_queries(30) as captured:
            client.get("/departments/")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_it_adds_a_department(client: Client) -> None:
    place = make_jurisdiction()

    response = client.post(
        f"/places/{place.pk}/bodies/add/",
        {"name": "平凉市医疗保障局", "short_name": "市医保局", "kind": "government"},
    )

    made = Department.objects.get()
    assert response["Location"] == f"/departments/{made.pk}/"
    assert (made.name, made.needs_sign_off) == ("平凉市医疗保障局", False)


def test_it_keeps_what_was_typed_and_says_what_is_wrong(client: Client) -> None:
    place = make_department("市医保局", name="平凉市医疗保障局").jurisdiction

    response = client.post(
        f"/places/{place.pk}/bodies/add/",
        {"name": "平凉市医疗保障局", "short_name": "医保局甲", "kind": "government", "position": "-3"},
    )

    page = response.content.decode()
    assert response.status_code == 400
    assert "医保局甲" in page
    assert "大于等于" in page or "大于或等于" in page


def test_it_lets_whoever_came_second_send_again_what_they_typed(client: Client) -> None:
    department = make_department(position=1)
    form = {"version": "0", "kind": "party", "position": "5", "active_from": ""}
    Department.objects.update(version=3)

    response = client.post(f"/departments/{department.pk}/edit/", form)

    page = response.content.decode()
    assert response.status_code == 409
    assert "刚刚被别人修改" in page
    assert 'name="version" value="3"' in page
    assert client.post(f"/departments/{department.pk}/edit/", form | {"version": "3"}).status_code == 302
    department.refresh_from_db()
    assert (department.position, department.kind) == (5, "party")


def test_it_renames_from_the_page(client: Client) -> None:
    department = make_department("市文广局")

    client.post(
        f"/departments/{department.pk}/rename/",
        {
            "version": 0,
            "name": "平凉市文旅局",
            "short_name": "市文旅局",
            "since": "2020-01-01",
            "reason": "方案",
        },
    )

    page = text(client, f"/departments/{department.pk}/")
    assert "市文旅局" in page
    assert "2019-12-31前名称：平凉市文广局" in page


def merge_form(other: Department, **changes: str) -> dict[str, object]:
    return {
        "version": 0, "others": [other.pk], "into": "", "name": "平凉市卫生健康委员会", "kind": "government",
        "short_name": "市卫健委", "since": "2020-01-01", "reason": "机构改革方案", **changes,
    }  # fmt: skip


def test_it_merges_from_the_page(client: Client) -> None:
    one, other = make_department("市卫生局"), make_department("市计生委")

    response = client.post(f"/departments/{one.pk}/merge/", merge_form(other), follow=True)

    page = response.content.decode()
    assert page.count("由以下单位合并而来") == 2
    assert "平凉市计生委</a>" in page
    assert "合并入：" in text(client, f"/departments/{one.pk}/")
    assert client.get(f"/departments/{one.pk}/merge/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "请填写新单位的全称"),
        ({"reason": ""}, "必填"),
        ({"since": "2999-01-01"}, "不能晚于今天"),
    ],
)
def test_it_says_what_a_merger_lacks(client: Client, changes: dict[str, str], words: str) -> None:
    one, other = make_department("市卫生局"), make_department("市计生委")

    response = client.post(f"/departments/{one.pk}/merge/", merge_form(other, **changes))

    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Department.objects.filter(active_until__isnull=False).exists()


def test_it_takes_no_department_of_another_place_in_a_merger(client: Client) -> None:
    one = make_department("市卫生局")
    foreign = make_department("市教委", make_jurisdiction("500000", "重庆市"))

    response = client.post(f"/departments/{one.pk}/merge/", merge_form(foreign, into=str(foreign.pk)))

    assert response.status_code == 400
    foreign.refresh_from_db()
    assert foreign.active_until is None


def split_form(**changes: str) -> dict[str, str]:
    return {
        "version": "0", "name1": "平凉市发展改革局", "short_name1": "市发改局", "name2": "平凉市粮食局",
        "short_name2": "市粮食局", "main": "0", "since": "2020-01-01", "reason": "机构改革方案", **changes,
    }  # fmt: skip


def test_it_divides_from_the_page(client: Client) -> None:
    old = make_department("市发改委")

    response = client.post(f"/departments/{old.pk}/split/", split_form(), follow=True)

    assert "分设出" in response.content.decode()
    assert old.origins.count() == 0
    assert [one.successor.short_name for one in old.successions.all()] == ["市发改局", "市粮食局"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name3": "平凉市能源局"}, "全称和简称都要填写"),
        ({"main": "3"}, "所选的单位没有填写名称"),
    ],
)
def test_it_says_what_a_division_lacks(client: Client, changes: dict[str, str], words: str) -> None:
    response = client.post(f"/departments/{make_department('市发改委').pk}/split/", split_form(**changes))

    assert response.status_code == 400
    assert words in response.content.decode()


def test_it_closes_from_the_page(client: Client) -> None:
    old = make_department("市防汛办")

    client.post(f"/departments/{old.pk}/close/", {"version": 0, "since": "2020-01-01", "reason": "方案"})

    assert "这个单位已停用，用至2019年12月31日" in text(client, f"/departments/{old.pk}/")


def test_it_adds_and_removes_a_writing(client: Client) -> None:
    department = make_department("市卫健委")
    client.post(f"/departments/{department.pk}/aliases/", {"text": "卫生主管部门"})
    assert "卫生主管部门" in text(client, f"/departments/{department.pk}/")

    client.post(f"/departments/{department.pk}/aliases/remove/", {"alias": Alias.objects.get().pk})

    assert not Alias.objects.exists()


def test_it_shows_why_a_writing_is_refused(client: Client) -> None:
    make_department("市医保局")

    response = client.post(f"/departments/{make_department('市卫健委').pk}/aliases/", {"text": "市医保局"})

    assert response.status_code == 400
    assert "已经是“市医保局”" in response.content.decode()


def test_it_does_not_remove_the_writing_of_another_place(client: Client) -> None:
    foreign = make_department("市教委", make_jurisdiction("500000", "重庆市"))
    alias = Alias.objects.create(
        jurisdiction=foreign.jurisdiction, department=foreign, text="教委", normalised="教委"
    )

    client.post(f"/departments/{make_department().pk}/aliases/remove/", {"alias": alias.pk})

    assert Alias.objects.exists()


def test_it_makes_and_changes_a_collective(client: Client) -> None:
    one, other = make_department("泾川县人民政府"), make_department("灵台县人民政府")
    client.post(f"/places/{one.jurisdiction_id}/groups/add/", {"name": "东部各县", "members": [one.pk]})
    group = DepartmentGroup.objects.get()

    client.post(f"/groups/{group.pk}/", {"version": 0, "name": "东部各县", "members": [one.pk, other.pk]})

    assert set(group.members.all()) == {one, other}


def test_it_shows_the_tree_and_adds_below(client: Client) -> None:
    place = make_jurisdiction()
    make_jurisdiction("130100", "石家庄市")

    client.post(f"/places/{place.pk}/add/", {"code": "620802", "name": "崆峒区", "level": "county"})

    page = text(client, "/places/")
    assert "崆峒区" in page
    assert "石家庄市" not in page
    county = Jurisdiction.objects.get(code="620802")
    assert client.get(f"/places/{county.pk}/add/").status_code == 403
    assert client.get(f"/places/{county.pk}/rename/").status_code == 200


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"code": "621002", "name": "甲区", "level": "county"}, "以6208开头"),
        ({"code": "620802", "name": "甲省", "level": "province"}, "选择"),
    ],
)
def test_it_says_what_is_wrong_with_a_place(client: Client, form: dict[str, str], words: str) -> None:
    response = client.post(f"/places/{make_jurisdiction().pk}/add/", form)

    assert response.status_code == 400
    assert words in response.content.decode()


def test_it_shows_the_administrator_the_list_without_people_and_without_acts(sign_in: SignIn) -> None:
    department = make_department("市卫健委")
    make_reporter(department, "孙丽")
    client = sign_in(make_officer(Post.Role.SYSTEM_ADMIN))

    assert "增设单位" not in text(client, "/departments/")
    page = text(client, f"/departments/{department.pk}/")
    assert "孙丽" not in page
    assert "更名" not in page.partition("机构沿革")[2].partition("</section>")[0].replace("更名、合并", "")
    assert client.get(f"/departments/{department.pk}/rename/").status_code == 403
