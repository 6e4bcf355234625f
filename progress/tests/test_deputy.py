"""代理 in the work itself: a deputy does the part, the trail says for whom, and only within the days."""

from datetime import date, timedelta

import pytest

from audit.models import Entry
from departments.heads import signing_off
from departments.models import Membership, User
from departments.permissions import Refused
from departments.tests.factories import make_reporter
from progress.sign_off import sign
from progress.tests.cast import MORNING, Cast, make_cast

DAY = MORNING.date()


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast(needs_sign_off=True)
    cast.in_state("submitted")
    return cast


def deputy_of(cast: Cast, since: date, until: date) -> User:
    """刘洋 stands in for the head; read anew, as at the next click."""
    user = make_reporter(cast.department, "刘洋")
    Membership.objects.create(
        user=user, department=cast.department, role="head", since=since, until=until, deputy_for=cast.head
    )
    fresh: User = User.objects.get(pk=user.pk)
    return fresh


def test_it_lets_the_deputy_sign_and_names_both_in_the_trail(cast: Cast) -> None:
    deputy = deputy_of(cast, DAY, DAY)

    signed = sign(cast.report, version=0, by=deputy, at=MORNING)

    assert signed.signed_by == deputy
    assert Entry.objects.get(act="report.sign").actor_name == f"刘洋（代{cast.head}）"


def test_it_names_nobody_where_the_part_is_the_deputys_own(cast: Cast) -> None:
    sign(cast.report, version=0, by=cast.head, at=MORNING)

    assert Entry.objects.get(act="report.sign").actor_name == str(cast.head)


@pytest.mark.parametrize("shift", [-1, 1])
def test_it_refuses_the_deputy_outside_the_days(cast: Cast, shift: int) -> None:
    day = DAY + timedelta(days=shift)

    with pytest.raises(Refused, match="只有"):
        sign(cast.report, version=0, by=deputy_of(cast, day, day), at=MORNING)


def test_it_refuses_a_deputy_the_report_that_the_deputy_wrote(cast: Cast) -> None:
    deputy = deputy_of(cast, DAY, DAY)
    type(cast.report).objects.filter(pk=cast.report.pk).update(written_by=deputy)
    cast.report.refresh_from_db()

    with pytest.raises(Refused, match="不能审签自己填报的报告"):
        sign(cast.report, version=0, by=deputy, at=MORNING)


def test_it_counts_a_deputy_as_one_who_signs_off(cast: Cast) -> None:
    deputy_of(cast, DAY, DAY)

    assert signing_off([cast.department.pk], writer=cast.head, on=DAY) == {cast.department.pk}
    assert signing_off([cast.department.pk], writer=cast.head, on=DAY + timedelta(days=1)) == frozenset()
