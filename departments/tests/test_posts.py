"""岗位: three separate hands, and nobody changes their own."""

from datetime import date

import pytest

from audit.models import Entry
from departments.models import Post, User
from departments.people.hold import NotPossible
from departments.people.posts import grant, revoke
from departments.permissions import Refused
from departments.tests.factories import (
    make_department,
    make_jurisdiction,
    make_officer,
    make_reporter,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2020, 12, 10)
Role = Post.Role


def granted(person: User, role: Post.Role, by: User, place: str = "620800") -> Post:
    return grant(person, jurisdiction=make_jurisdiction(place), role=role, by=by, on=TODAY)


def test_it_grants_and_revokes_with_a_trace_of_each() -> None:
    person, by = make_user(), make_officer(Role.SECURITY_ADMIN)

    post = granted(person, Role.COORDINATOR, by)
    assert User.objects.get(pk=person.pk).scope.coordinates == {post.jurisdiction_id}
    revoke(post, by=by)

    assert not User.objects.get(pk=person.pk).scope.coordinates
    assert Entry.objects.get(act="post.grant").after == {"role": "协调员", "jurisdiction": "平凉市"}
    assert Entry.objects.get(act="post.revoke").target_id == person.pk
    with pytest.raises(NotPossible, match="已经收回"):
        revoke(post, by=by)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_it_refuses_every_other_hand(role: Post.Role) -> None:
    with pytest.raises(Refused, match="只有本地的安全管理员"):
        granted(make_user(), Role.COORDINATOR, make_officer(role))


def test_it_refuses_another_jurisdiction() -> None:
    make_jurisdiction("130100", "石家庄市")

    with pytest.raises(Refused, match="只有本地的安全管理员"):
        granted(make_user(), Role.COORDINATOR, make_officer(Role.SECURITY_ADMIN), "130100")


def test_it_refuses_ones_own_posts() -> None:
    by = make_officer(Role.SECURITY_ADMIN)

    with pytest.raises(Refused, match="不能调整自己的岗位"):
        granted(by, Role.COORDINATOR, by)
    with pytest.raises(Refused, match="不能调整自己的岗位"):
        revoke(by.posts.get(), by=by)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_it_keeps_the_three_hands_apart(role: Post.Role) -> None:
    person = make_officer(Role.SYSTEM_ADMIN if role != Role.SYSTEM_ADMIN else Role.AUDITOR)

    with pytest.raises(NotPossible, match="不能由同一人担任"):
        granted(person, role, make_officer(Role.SECURITY_ADMIN))


def test_it_keeps_administration_and_business_apart() -> None:
    by = make_officer(Role.SECURITY_ADMIN)
    with pytest.raises(NotPossible, match="还承担业务工作"):
        granted(make_reporter(make_department()), Role.AUDITOR, by)
    with pytest.raises(NotPossible, match="还承担业务工作"):
        granted(make_officer(), Role.AUDITOR, by)
    with pytest.raises(NotPossible, match="不承担业务工作"):
        granted(make_officer(Role.AUDITOR), Role.LEADER, by)


def test_it_refuses_a_post_twice_and_a_closed_account() -> None:
    by = make_officer(Role.SECURITY_ADMIN)
    with pytest.raises(NotPossible, match="已经担任"):
        granted(make_officer(), Role.COORDINATOR, by)
    with pytest.raises(NotPossible, match="已停用"):
        granted(make_user(is_active=False), Role.COORDINATOR, by)
