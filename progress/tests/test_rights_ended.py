"""Rights that end while a form is open: the act asks the database, not the page, and ending waits its turn."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from audit.models import Entry
from departments.models import Membership, Post, User
from departments.people.appoint import end_membership
from departments.people.posts import revoke
from departments.permissions import Refused
from departments.tests.factories import make_officer
from progress.models import ProgressReport, Revision
from progress.moves import fresh
from progress.review import exempt
from progress.save import save
from progress.submit import submit
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast

TODAY = date(2020, 12, 10)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def hold_scope(user: User) -> User:
    """The person as a form of long ago has them: with the rights of then."""
    assert user.scope
    return user


def test_it_refuses_a_reporter_whose_part_ended_meanwhile(cast: Cast) -> None:
    stale = hold_scope(cast.reporter)
    Membership.objects.filter(user=stale).update(
        since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1)
    )
    with pytest.raises(Refused):
        save(cast.report, content=CONTENT, version=0, by=stale, at=MORNING)
    assert not Revision.objects.exists()
    assert not Entry.objects.filter(act__startswith="report.").exists()


def test_it_refuses_a_coordinator_whose_post_was_taken_away(cast: Cast) -> None:
    stale = hold_scope(cast.coordinator)
    Post.objects.filter(user=stale).delete()
    with pytest.raises(Refused):
        exempt(cast.report, version=0, reason="无此项职能", by=stale, at=MORNING)
    assert ProgressReport.objects.get().version == 0


def test_it_refuses_an_account_that_was_closed(cast: Cast) -> None:
    stale = hold_scope(cast.reporter)
    User.objects.filter(pk=stale.pk).update(is_active=False)
    with pytest.raises(Refused, match="停用"):
        submit(cast.report, content=CONTENT, version=0, by=stale, at=MORNING)


def in_a_thread(work: Callable[[], None], outcomes: list[str], name: str) -> Thread:
    """Start `work` on a connection of its own; what became of it is appended to `outcomes`."""

    def run() -> None:
        try:
            work()
            outcomes.append(f"{name} done")
        except Refused:
            outcomes.append(f"{name} refused")
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_it_waits_for_a_post_that_is_being_taken_away(committed_db: None) -> None:
    cast, security = make_cast(), make_officer(Post.Role.SECURITY_ADMIN, full_name="孙敏")
    stale, report = hold_scope(cast.coordinator), fresh(cast.report)
    post = Post.objects.get(user=stale)
    taken, outcomes = Event(), list[str]()

    def take_away() -> None:
        with transaction.atomic():
            revoke(post, by=security)
            taken.set()
            act.join(timeout=2)  # the act is under way, and must not get through
            assert outcomes == []

    def do() -> None:
        taken.wait(timeout=20)
        exempt(report, version=0, reason="无此项职能", by=stale, at=MORNING)

    act = in_a_thread(do, outcomes, "act")
    ending = in_a_thread(take_away, outcomes, "ending")
    act.join(timeout=60)
    ending.join(timeout=60)

    assert sorted(outcomes) == ["act refused", "ending done"]
    assert ProgressReport.objects.get().version == 0
    assert not Revision.objects.exists()


def test_it_lets_an_act_that_has_begun_come_before_the_end_of_the_part(committed_db: None) -> None:
    cast = make_cast()
    report, part = fresh(cast.report), Membership.objects.get(user=cast.reporter)
    begun, outcomes = Event(), list[str]()

    def do() -> None:
        with transaction.atomic():
            submit(report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
            begun.set()
            ending.join(timeout=2)  # it waits for the act
            outcomes.append("act under way")

    def end() -> None:
        begun.wait(timeout=20)
        end_membership(part, last_day=None, by=cast.coordinator, on=TODAY)

    ending = in_a_thread(end, outcomes, "ending")
    act = in_a_thread(do, outcomes, "act")
    act.join(timeout=60)
    ending.join(timeout=60)

    assert outcomes[0] == "act under way"
    assert sorted(outcomes) == ["act done", "act under way", "ending done"]
    order = Entry.objects.filter(act__in=("report.submit", "membership.end")).order_by("id")
    assert [one.act for one in order] == ["report.submit", "membership.end"]
