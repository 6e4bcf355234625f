"""代理: between two days only, and told in the trail."""

from datetime import date

import pytest
import time_machine
from pytest_django import Settings

from audit.models import Entry
from departments.models import User
from departments.people.appoint import end_membership
from departments.people.deputise import deputise
from departments.people.hold import NotPossible
from departments.permissions import Refused
from departments.tests.factories import make_department, make_head, make_officer, make_reporter

pytestmark = pytest.mark.django_db
TODAY, LAST = date(2020, 12, 10), date(2020, 12, 20)


def cast() -> tuple[User, User, User]:
    """陈处长 signs off for 市卫健委, 王涛 files there, 李静 coordinates."""
    department = make_department()
    return make_head(department), make_reporter(department), make_officer()


def test_it_lets_the_deputy_do_the_part_and_says_for_whom() -> None:
    head, deputy, by = cast()

    row = deputise(head.memberships.get(), deputy, since=TODAY, until=LAST, by=by, on=TODAY)

    scope = User.objects.get(pk=deputy.pk).scope
    assert scope.heads == {row.department_id}
    assert scope.stands_in_for("head", row.department_id) == "陈处长"
    assert scope.stands_in_for("reporter", row.department_id) == ""  # that part is the deputy's own
    assert Entry.objects.get(act="membership.deputise").after["deputy_for"] == "陈处长"


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2020-12-09", False), ("2020-12-10", True), ("2020-12-20", True), ("2020-12-21", False)],
)
def test_it_counts_between_its_days_only(settings: Settings, day: str, counts: bool) -> None:
    head, deputy, by = cast()
    deputise(head.memberships.get(), deputy, since=TODAY, until=LAST, by=by, on=TODAY)

    settings.DEMO_TODAY = day

    assert bool(User.objects.get(pk=deputy.pk).scope.heads) is counts


def test_it_reads_the_real_day_without_a_demonstration(settings: Settings) -> None:
    head, deputy, by = cast()
    deputise(head.memberships.get(), deputy, since=TODAY, until=LAST, by=by, on=TODAY)
    settings.DEMO_TODAY = ""

    with time_machine.travel("2020-12-20T23:30:00+08:00"):
        assert User.objects.get(pk=deputy.pk).scope.heads
    with time_machine.travel("2020-12-21T00:10:00+08:00"):
        assert not User.objects.get(pk=deputy.pk).scope.heads


def test_it_ends_with_the_part_it_stands_in_for() -> None:
    head, deputy, by = cast()
    deputise(head.memberships.get(), deputy, since=TODAY, until=LAST, by=by, on=TODAY)

    end_membership(head.memberships.get(), last_day=None, by=by, on=TODAY)

    assert not User.objects.get(pk=deputy.pk).scope.heads
    assert Entry.objects.filter(act="membership.end").count() == 2


def test_it_refuses_what_makes_no_sense() -> None:
    head, deputy, by = cast()
    part = head.memberships.get()
    with pytest.raises(NotPossible, match="本人代理本人"):
        deputise(part, head, since=TODAY, until=LAST, by=by, on=TODAY)
    with pytest.raises(NotPossible, match="结束日期"):
        deputise(part, deputy, since=LAST, until=TODAY, by=by, on=TODAY)
    row = deputise(part, deputy, since=TODAY, until=LAST, by=by, on=TODAY)
    with pytest.raises(NotPossible, match="已经承担"):
        deputise(part, deputy, since=LAST, until=LAST, by=by, on=TODAY)
    with pytest.raises(NotPossible, match="代理人不能再请别人代理"):
        deputise(row, make_reporter(make_department("市财政局")), since=TODAY, until=LAST, by=by, on=TODAY)


def test_it_keeps_within_the_days_of_the_part() -> None:
    head, deputy, by = cast()
    head.memberships.update(until=date(2020, 12, 15))

    with pytest.raises(NotPossible, match="超出了被代理人的任职时间"):
        deputise(head.memberships.get(), deputy, since=TODAY, until=LAST, by=by, on=TODAY)


def test_it_refuses_the_deputy_as_the_one_who_settles_it() -> None:
    head, _, by = cast()

    with pytest.raises(Refused, match="不能调整自己的任职"):
        deputise(head.memberships.get(), by, since=TODAY, until=LAST, by=by, on=TODAY)
    with pytest.raises(Refused, match="只有本地医改办"):
        deputise(head.memberships.get(), by, since=TODAY, until=LAST, by=head, on=TODAY)
