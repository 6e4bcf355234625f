"""任职: who may settle it, for whom, from when to when."""

from datetime import date

import pytest

from audit.models import Entry
from departments.models import Membership, Post, User
from departments.people.appoint import appoint_person, end_membership
from departments.people.hold import NotPossible
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
YESTERDAY = date(2020, 12, 9)


def appointed(person: User, by: User, **given: object) -> Membership:
    wanted = {
        "department": given.pop("department", None) or make_department("市财政局"),
        "role": "reporter",
        "since": TODAY,
        "until": None,
        **given,
    }
    return appoint_person(person, **wanted, by=by, on=TODAY)  # type: ignore[arg-type]  # a test's shorthand


def test_it_appoints_and_leaves_one_entry() -> None:
    person, by = make_reporter(make_department()), make_officer()

    row = appointed(person, by, role="head")

    assert User.objects.get(pk=person.pk).scope.heads == {row.department_id}
    entry = Entry.objects.get(act="membership.appoint")
    assert (entry.target_id, entry.actor_id) == (person.pk, by.pk)
    assert entry.after["department"] == "市财政局"


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (date(2020, 12, 11), None, False),
        (TODAY, TODAY, True),
        (date(2020, 12, 1), date(2020, 12, 31), True),
    ],
)
def test_it_counts_only_between_its_days(since: date, until: date | None, counts: bool) -> None:
    person = make_reporter(make_department())

    row = appointed(person, make_officer(), since=since, until=until)

    assert (row.department_id in User.objects.get(pk=person.pk).scope.reports_for) is counts


def test_it_refuses_ones_own_appointment() -> None:
    by = make_officer()

    with pytest.raises(Refused, match="不能调整自己的任职"):
        appointed(by, by)


@pytest.mark.parametrize("role", [Post.Role.LEADER, *Post.ADMINISTRATORS])
def test_it_refuses_everybody_but_the_office(role: Post.Role) -> None:
    with pytest.raises(Refused, match="只有本地医改办的协调员"):
        appointed(make_reporter(make_department()), make_officer(role))


def test_it_refuses_the_office_of_a_sibling() -> None:
    elsewhere = make_officer(jurisdiction=make_jurisdiction("130100", "石家庄市"))

    with pytest.raises(Refused, match="只有本地医改办"):
        appointed(make_reporter(make_department()), elsewhere)


def test_it_refuses_rights_that_were_taken_away_during_a_long_form() -> None:
    by = make_officer()
    assert by.scope.coordinates
    Post.objects.all().delete()

    with pytest.raises(Refused):
        appointed(make_reporter(make_department()), by)


def test_it_gives_administrators_no_business() -> None:
    with pytest.raises(NotPossible, match="不承担业务工作"):
        appointed(make_officer(Post.Role.AUDITOR), make_officer())


def test_it_refuses_the_same_part_twice() -> None:
    person, by = make_reporter(department := make_department()), make_officer()

    with pytest.raises(NotPossible, match="已经是市卫健委的填报员"):
        appointed(person, by, department=department)


def test_it_refuses_closed_accounts_departments_and_impossible_days() -> None:
    by, person = make_officer(), make_user()
    with pytest.raises(NotPossible, match="已停用"):
        appointed(make_user(is_active=False), by)
    with pytest.raises(NotPossible, match="市粮食局已停用"):
        appointed(person, by, department=make_department("市粮食局", active_until=YESTERDAY))
    with pytest.raises(NotPossible, match="结束日期"):
        appointed(person, by, department=make_department("市统计局"), until=YESTERDAY)


def test_it_ends_a_part_at_once_or_after_its_last_day() -> None:
    person, by = make_reporter(department := make_department()), make_officer()
    part = person.memberships.get()

    end_membership(part, last_day=date(2020, 12, 31), by=by, on=TODAY)
    assert department.pk in User.objects.get(pk=person.pk).scope.reports_for
    end_membership(part, last_day=None, by=by, on=TODAY)

    assert not User.objects.get(pk=person.pk).scope.reports_for
    assert Entry.objects.filter(act="membership.end", target_id=person.pk).count() == 2
    with pytest.raises(NotPossible, match="已经结束"):
        end_membership(part, last_day=None, by=by, on=TODAY)


def test_it_takes_a_part_away_that_never_had_a_day() -> None:
    person, by = make_reporter(make_department()), make_officer()
    part = appointed(person, by, since=date(2020, 12, 20))

    end_membership(part, last_day=None, by=by, on=TODAY)

    assert not Membership.objects.filter(pk=part.pk).exists()
    assert Entry.objects.get(act="membership.end").before["since"] == "2020-12-20"


def test_it_refuses_to_end_a_part_for_others() -> None:
    person = make_reporter(make_department())

    with pytest.raises(Refused):
        end_membership(person.memberships.get(), last_day=None, by=make_officer(Post.Role.LEADER), on=TODAY)
