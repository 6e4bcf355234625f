"""人员: what each hand sees there, and what it is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from audit.models import Entry
from departments.models import Membership, Post, User
from departments.tests.factories import (
    make_department,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
    make_user,
)

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
Role = Post.Role


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_it_lists_people_with_their_parts_for_the_office(sign_in: SignIn) -> None:
    make_reporter(make_department(), "王涛", office_phone="0933-8211234")
    make_officer(Role.LEADER, full_name="赵兴国")
    make_officer(Role.AUDITOR, full_name="孙审计")

    shown = page(sign_in(make_officer()), "/people/")

    for words in ("王涛", "市卫健委　填报员", "赵兴国", "分管领导", "0933-8211234"):
        assert words in shown
    assert "审计管理员" not in shown


def test_it_shows_the_system_administrator_accounts_and_no_rights(sign_in: SignIn) -> None:
    person = make_reporter(make_department(), "王涛", office_phone="0933-8211234")
    client = sign_in(make_officer(Role.SYSTEM_ADMIN))

    shown = page(client, "/people/") + page(client, f"/people/{person.pk}/")

    assert "0933-8211234" in shown
    assert not [words for words in ("市卫健委", "填报员", "协调员", "岗位</th>") if words in shown]


def test_it_shows_the_security_administrator_posts_and_no_contacts(sign_in: SignIn) -> None:
    person = make_reporter(make_department(), "王涛", office_phone="0933-8211234")
    client = sign_in(make_officer(Role.SECURITY_ADMIN))

    shown = page(client, "/people/") + page(client, f"/people/{person.pk}/")

    assert "授予岗位" in shown
    assert not [words for words in ("0933-8211234", "市卫健委", "重置密码", "安排任职") if words in shown]


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_it_refuses_the_rest_the_list(sign_in: SignIn, role: Post.Role) -> None:
    response = sign_in(make_officer(role)).get("/people/")

    assert response.status_code == 403
    assert "只有医改办协调员、系统管理员和安全管理员可以查看人员" in response.content.decode()


def test_it_hides_people_of_other_places(sign_in: SignIn) -> None:
    sibling = make_jurisdiction("130100", "石家庄市")
    stranger = make_reporter(make_department("市教育局", sibling), "石磊")
    part, post = stranger.memberships.get(), make_officer(jurisdiction=sibling).posts.get()
    office, security = sign_in(make_officer()), sign_in(make_officer(Role.SECURITY_ADMIN))

    assert "石磊" not in page(office, "/people/")
    for act in ("", "edit/"):
        assert office.get(f"/people/{stranger.pk}/{act}").status_code == 404
    for address in (
        f"/people/{stranger.pk}/password/",
        f"/people/{stranger.pk}/appoint/",
        f"/people/{stranger.pk}/reactivate/",
        f"/people/{stranger.pk}/leave/",
        f"/memberships/{part.pk}/end/",
        f"/memberships/{part.pk}/deputy/",
    ):
        assert office.post(address).status_code == 404, address
    assert security.post(f"/posts/{post.pk}/revoke/").status_code == 404
    assert security.post(f"/people/{stranger.pk}/grant/").status_code == 404
    assert not Entry.objects.exists()


def test_it_searches_and_filters(sign_in: SignIn) -> None:
    make_reporter(make_department(), "王涛")
    make_head(make_department("市财政局"), "陈明")
    make_user("已走的人", is_active=False, jurisdiction=make_jurisdiction())
    client = sign_in(make_officer())

    assert "陈明" not in page(client, "/people/?words=王涛")
    assert "陈明" in page(client, "/people/?words=财政")
    assert "王涛" not in page(client, "/people/?role=head")
    shown = page(client, "/people/?state=closed")
    assert "已走的人" in shown
    assert "王涛" not in shown
    assert "没有符合条件的人员" in page(client, "/people/?words=查无此人")


def test_it_costs_the_same_for_two_people_and_for_twenty(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, department = sign_in(make_officer()), make_department()
    counts = []
    for total in (2, 20):
        while User.objects.count() < total:
            make_reporter(department)
        with django_assert_max_num_queries(30) as captured:
            client.get("/people/")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_it_adds_a_person_and_shows_the_password_once(sign_in: SignIn) -> None:
    client, department = sign_in(make_officer()), make_department()
    given = {
        "full_name": "周敏",
        "username": "zhoumin",
        "office_phone": "0933-8211234转12",
        "department": department.pk,
        "role": "reporter",
        "is_active": "",
        "must_change_password": "",
    }

    response = client.post("/people/add/", given)

    made = User.objects.get(username="zhoumin")
    password = response.content.decode().partition("<code>")[2].partition("</code>")[0]
    assert made.check_password(password)
    assert (made.must_change_password, made.is_active) == (True, True)
    assert made.scope.reports_for == {department.pk}
    assert "no-store" in response["Cache-Control"]
    assert password not in page(client, f"/people/{made.pk}/")
    again = client.post("/people/add/", given)
    assert again.status_code == 400
    assert "这个用户名已有人使用" in again.content.decode()


def test_it_adds_nobody_to_a_department_of_elsewhere(sign_in: SignIn) -> None:
    department = make_department("市教育局", make_jurisdiction("130100", "石家庄市"))
    given = {"full_name": "周敏", "username": "zhoumin", "department": department.pk, "role": "reporter"}

    response = sign_in(make_officer()).post("/people/add/", given)

    assert response.status_code == 400
    assert not User.objects.filter(username="zhoumin").exists()


def test_it_lets_the_system_administrator_add_an_account_without_rights(sign_in: SignIn) -> None:
    place, department = make_jurisdiction(), make_department()
    given = {
        "full_name": "周敏",
        "username": "zhoumin",
        "jurisdiction": place.pk,
        "department": department.pk,
        "role": "coordinator",
    }

    response = sign_in(make_officer(Role.SYSTEM_ADMIN)).post("/people/add/", given)

    assert response.status_code == 200
    scope = User.objects.get(username="zhoumin").scope
    assert not scope.jurisdictions


def test_it_appoints_ends_and_deputises_from_the_page(sign_in: SignIn) -> None:
    person, other = make_reporter(make_department(), "王涛"), make_department("市财政局")
    deputy, client = make_reporter(other, "刘洋"), sign_in(make_officer())

    part = {"department": other.pk, "role": "head", "since": "2020-12-10"}
    assert client.post(f"/people/{person.pk}/appoint/", part).status_code == 302
    again = client.post(f"/people/{person.pk}/appoint/", part)
    assert again.status_code == 400
    assert "已经是市财政局的单位审核人" in again.content.decode()
    head = Membership.objects.get(user=person, role="head")
    given = {"deputy": deputy.pk, "since": "2020-12-10", "until": "2020-12-20"}
    assert "安排代理" in page(client, f"/memberships/{head.pk}/deputy/")
    assert client.post(f"/memberships/{head.pk}/deputy/", given).status_code == 302
    assert "刘洋" in page(client, f"/people/{person.pk}/")
    assert "代王涛" in page(client, "/people/")
    client.post(f"/memberships/{head.pk}/end/")
    assert not Membership.objects.filter(pk=head.pk).exists()  # it began today: it never had a day


def test_it_offers_nobody_of_elsewhere_as_deputy(sign_in: SignIn) -> None:
    part = make_reporter(make_department()).memberships.get()
    stranger = make_reporter(make_department("市教育局", make_jurisdiction("130100", "石家庄市")))
    given = {"deputy": stranger.pk, "since": "2020-12-10", "until": "2020-12-20"}

    assert sign_in(make_officer()).post(f"/memberships/{part.pk}/deputy/", given).status_code == 400
    assert Membership.objects.filter(deputy_for__isnull=False).count() == 0


def test_it_grants_and_revokes_from_the_page(sign_in: SignIn) -> None:
    person, client = make_user(jurisdiction=make_jurisdiction()), sign_in(make_officer(Role.SECURITY_ADMIN))

    given = {"role": "leader", "jurisdiction": make_jurisdiction().pk}
    assert client.post(f"/people/{person.pk}/grant/", given).status_code == 302
    refused = client.post(f"/people/{person.pk}/grant/", given | {"role": "auditor"})
    assert (refused.status_code, "不承担业务工作" in refused.content.decode()) == (400, True)
    client.post(f"/posts/{person.posts.get().pk}/revoke/")

    assert not person.posts.exists()


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.COORDINATOR, ["grant", "revoke"]),
        (Role.SYSTEM_ADMIN, ["grant", "revoke", "appoint", "end", "deputy"]),
        (Role.SECURITY_ADMIN, ["password", "edit", "leave", "reactivate", "appoint", "end", "deputy", "add"]),
        (Role.AUDITOR, ["password", "edit", "leave", "appoint", "end", "deputy", "grant", "revoke", "add"]),
    ],
)
def test_it_keeps_each_hand_to_its_own_part(sign_in: SignIn, role: Post.Role, acts: list[str]) -> None:
    person = make_reporter(make_department())
    part, post = person.memberships.get(), make_officer(Role.LEADER).posts.get()
    addresses = {
        "add": "/people/add/",
        "end": f"/memberships/{part.pk}/end/",
        "deputy": f"/memberships/{part.pk}/deputy/",
        "revoke": f"/posts/{post.pk}/revoke/",
    }
    client = sign_in(make_officer(role))

    answers = {act: client.post(addresses.get(act, f"/people/{person.pk}/{act}/")) for act in acts}

    assert {act: answer.status_code for act, answer in answers.items()} == dict.fromkeys(acts, 403)
    assert all("只有" in answer.content.decode() for answer in answers.values())
    assert not Entry.objects.exists()


def test_it_offers_nothing_on_ones_own_page(sign_in: SignIn) -> None:
    office, security = make_officer(), make_officer(Role.SECURITY_ADMIN)

    for one in (office, security):
        shown = page(sign_in(one), f"/people/{one.pk}/")
        assert "不能由本人调整" in shown
        assert not [
            words
            for words in ("授予岗位", "收回</button>", "安排任职", "重置密码</button>")
            if words in shown
        ]
    refused = sign_in(security).post(
        f"/people/{security.pk}/grant/", {"role": "coordinator", "jurisdiction": make_jurisdiction().pk}
    )
    assert refused.status_code == 403


def test_it_keeps_what_was_typed_wrong(sign_in: SignIn) -> None:
    person = make_reporter(make_department())
    given = {"full_name": "王涛", "office_phone": "电话", "email": "不是邮箱"}

    response = sign_in(make_officer()).post(f"/people/{person.pk}/edit/", given)

    assert response.status_code == 400
    for words in ("电话", "不是邮箱", "请填写办公电话", "请填写完整的电子邮箱"):
        assert words in response.content.decode()


def test_it_resets_and_reopens_with_a_password_shown_once(sign_in: SignIn) -> None:
    person, client = make_reporter(make_department()), sign_in(make_officer(Role.SYSTEM_ADMIN))

    assert "<code>" in client.post(f"/people/{person.pk}/password/").content.decode()
    assert client.post(f"/people/{person.pk}/leave/").status_code == 302
    assert not User.objects.get(pk=person.pk).is_active
    assert "<code>" in client.post(f"/people/{person.pk}/reactivate/").content.decode()

    fresh = User.objects.get(pk=person.pk)
    assert (fresh.is_active, fresh.scope.departments) == (True, frozenset())
    assert Membership.objects.get(user=person).until == date(2020, 12, 9)
