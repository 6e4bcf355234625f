"""离任 and the keeping of accounts: all at once, by the right hand, with nothing left behind."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from audit.models import Entry
from departments.models import Membership, Post, User
from departments.people.add import Contact
from departments.people.deputise import deputise
from departments.people.edit import edit_person
from departments.people.hold import NotPossible
from departments.people.leave import leave, reopen
from departments.people.passwords import reset_password
from departments.permissions import Refused
from departments.tests.factories import (
    PASSWORD,
    make_department,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
)

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
TODAY = date(2020, 12, 10)


def test_it_ends_everything_and_hands_over() -> None:
    department = make_department()
    person, successor, by = make_reporter(department), make_head(department), make_officer()
    part = person.memberships.get()
    deputise(part, successor, since=TODAY, until=TODAY, by=by, on=TODAY)

    leave(person, successors={part.pk: successor}, by=by, on=TODAY)

    gone = User.objects.get(pk=person.pk)
    assert (gone.is_active, gone.check_password(PASSWORD)) == (False, False)
    assert gone.scope.departments == frozenset()
    scope = User.objects.get(pk=successor.pk).scope
    assert scope.reports_for == {department.pk}
    assert not scope.stands_in  # no deputy any more: the part is their own
    acts = set(Entry.objects.filter(reason="离任").values_list("act", flat=True))
    assert acts == {"membership.end", "user.deactivate"}


def test_it_takes_posts_away_so_that_a_reopened_account_holds_nothing() -> None:
    person, by = make_officer(), make_officer(Post.Role.SYSTEM_ADMIN)

    leave(person, successors={}, by=by, on=TODAY)
    reopen(person, by=by)

    fresh = User.objects.get(pk=person.pk)
    assert (fresh.is_active, fresh.scope.jurisdictions) == (True, frozenset())


def test_it_ends_the_sessions(sign_in: SignIn) -> None:
    person = make_reporter(make_department())
    client = sign_in(person)
    assert client.get("/").status_code == 200

    leave(person, successors={}, by=make_officer(), on=TODAY)

    assert client.get("/")["Location"].startswith("/signin/")


def test_it_leaves_nothing_half_done_when_a_successor_cannot_be_one() -> None:
    person, by = make_reporter(make_department()), make_officer()
    part = person.memberships.get()

    with pytest.raises(NotPossible, match="不承担业务工作"):
        leave(person, successors={part.pk: make_officer(Post.Role.AUDITOR)}, by=by, on=TODAY)

    assert User.objects.get(pk=person.pk).is_active
    assert Membership.objects.get(pk=part.pk).until is None
    assert not Entry.objects.exists()


def test_it_is_done_once() -> None:
    person, by = make_reporter(make_department()), make_officer()
    leave(person, successors={}, by=by, on=TODAY)

    with pytest.raises(NotPossible, match="没有重复办理"):
        leave(person, successors={}, by=by, on=TODAY)
    reopen(person, by=by)
    with pytest.raises(NotPossible, match="不需要恢复"):
        reopen(person, by=by)


Act = Callable[[User, User], object]
ACTS: list[Act] = [
    lambda person, by: leave(person, successors={}, by=by, on=TODAY),
    lambda person, by: reset_password(person, by=by),
    lambda person, by: edit_person(person, full_name="甲", contact=Contact(), by=by),
]


@pytest.mark.parametrize("act", ACTS)
def test_it_refuses_ones_own_account_and_those_of_administrators(act: Act) -> None:
    office, system = make_officer(), make_officer(Post.Role.SYSTEM_ADMIN)
    with pytest.raises(Refused, match="自己的账号"):
        act(office, office)
    for other in (Post.Role.SYSTEM_ADMIN, Post.Role.SECURITY_ADMIN, Post.Role.AUDITOR):
        with pytest.raises(Refused, match="管理员的账号"):
            act(make_officer(other), system)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Post.Role.LEADER, Post.Role.SECURITY_ADMIN, Post.Role.AUDITOR])
def test_it_refuses_whoever_keeps_no_accounts(act: Act, role: Post.Role) -> None:
    with pytest.raises(Refused, match="维护账号"):
        act(make_reporter(make_department()), make_officer(role))


@pytest.mark.parametrize("act", ACTS)
def test_it_refuses_the_office_its_own_officers_and_people_of_elsewhere(act: Act) -> None:
    with pytest.raises(Refused, match="由系统管理员维护"):
        act(make_officer(Post.Role.LEADER), make_officer())
    person = make_reporter(make_department())
    sibling = make_jurisdiction("130100", "石家庄市")
    with pytest.raises(Refused, match="其他行政区域"):
        act(person, make_officer(jurisdiction=sibling))
    person.memberships.create(department=make_department("市教育局", sibling), role="reporter")
    with pytest.raises(Refused, match="其他行政区域"):
        act(User.objects.get(pk=person.pk), make_officer())


def test_it_resets_the_password_and_ends_the_sessions(sign_in: SignIn) -> None:
    person = make_reporter(make_department())
    client = sign_in(person)

    password = reset_password(person, by=make_officer())

    fresh = User.objects.get(pk=person.pk)
    assert fresh.check_password(password)
    assert fresh.must_change_password
    assert client.get("/")["Location"].startswith("/signin/")
    entry = Entry.objects.get(act="user.reset_password")
    assert password not in str(entry.before) + str(entry.after)


def test_it_edits_and_tells_only_what_changed() -> None:
    person = make_reporter(make_department())

    edit_person(
        person, full_name=person.full_name, contact=Contact("0933-8200000", person.email), by=make_officer()
    )

    entry = Entry.objects.get(act="user.edit")
    assert (entry.before, entry.after) == ({"office_phone": ""}, {"office_phone": "0933-8200000"})
