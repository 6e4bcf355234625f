"""What is queued is asked again before it leaves: true goes out, untrue becomes void with its reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from notices import jobs, voiding
from notices.models import Notice
from notices.rules import Facts, Kind
from notices.tests.factories import COORDINATOR, HEAD, REPORTER, make_facts, make_notice, owe
from notices.write import void_before_sending, write_due
from progress.extend_filing import extend_filing
from progress.moves import fresh
from progress.reopen_period import reopen_period
from progress.review import exempt, reopen
from progress.submit import submit
from progress.tests.cast import CONTENT, DAY, MORNING, Cast, make_cast
from progress.tests.factories import at

SignIn = Callable[[User], Client]
NOON = at(DAY, 12)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    write_due(DAY, at(DAY, 8))
    return cast


def ask_again() -> list[tuple[str, str]]:
    """The last look before sending; then state and reason of each notice."""
    void_before_sending(DAY, NOON)
    return list(Notice.objects.order_by("pk").values_list("state", "error"))


def hand_in(cast: Cast) -> None:
    submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)


def release(cast: Cast) -> None:
    exempt(cast.report, version=0, reason="并入省级任务。", by=cast.coordinator, at=MORNING)


def move_on(cast: Cast) -> None:
    extend_filing(
        [fresh(cast.report)],
        period=cast.period,
        to=date(2020, 12, 24),
        reason="数据未齐。",
        by=cast.coordinator,
        at=MORNING,
    )


@pytest.mark.parametrize(
    ("act", "why"),
    [(hand_in, voiding.NOTHING_LEFT), (release, voiding.NOTHING_LEFT), (move_on, voiding.MOVED)],
)
def test_it_voids_what_an_act_has_made_untrue(cast: Cast, act: Callable[[Cast], None], why: str) -> None:
    act(cast)

    assert ask_again()[0] == ("void", why)
    assert ask_again()[0] == ("void", why)
    assert Entry.objects.filter(act="notice.void").count() == 1


def test_it_reminds_once_of_the_new_date(cast: Cast) -> None:
    Notice.objects.update(state="sent", sent_at=NOON)
    move_on(cast)

    days = [date(2020, 12, day) for day in (10, 11, 14, 15, 15, 16)]
    assert [dict(write_due(day, at(day, 8))) for day in days] == [{}, {}, {}, {"reminder": 1}, {}, {}]
    notice = Notice.objects.latest("pk")
    assert (notice.occurrence, notice.title) == (
        date(2020, 12, 15),
        "2020年第四季度进展报告12月24日截止，还有1份未提交",
    )


def test_it_lets_go_out_what_is_still_true(cast: Cast) -> None:
    jobs.deliver_waiting()

    assert Notice.objects.get().state == "sent"


def test_it_looks_again_in_the_very_run_that_sends(cast: Cast) -> None:
    hand_in(cast)
    jobs.deliver_waiting()

    assert set(Notice.objects.values_list("kind", "state")) == {("reminder", "void")}


def test_it_leaves_alone_what_is_being_sent(cast: Cast) -> None:
    Notice.objects.update(state="sending", claimed_at=NOON)
    hand_in(cast)

    assert ask_again() == [("sending", "")]


def test_it_leaves_alone_what_waits_for_a_later_attempt(cast: Cast) -> None:
    Notice.objects.update(next_try_at=at(DAY, 14))
    hand_in(cast)

    assert ask_again() == [("queued", "")]


def test_it_voids_an_urge_when_nothing_is_left_to_do(cast: Cast) -> None:
    Notice.objects.all().delete()
    make_notice(cast.reporter, cast.period, kind="urge", subject_type="notices.urge")
    assert ask_again() == [("queued", "")]

    hand_in(cast)
    assert ask_again() == [("void", voiding.NOTHING_LEFT)]


def test_it_voids_the_last_word_to_the_office_when_the_period_is_opened_again(cast: Cast) -> None:
    Notice.objects.all().delete()
    after = date(2020, 12, 23)
    write_due(after, at(after, 8))
    cast.period.refresh_from_db()
    reopen_period(
        cast.period, closes_on=date(2020, 12, 31), reason="系统停用。", by=cast.coordinator, at=at(after)
    )

    assert void_before_sending(after, at(after, 12)) == 2
    assert set(Notice.objects.values_list("kind", "error")) == {("escalation", voiding.MOVED)}


def test_it_voids_the_escalation_when_one_report_is_reopened(cast: Cast) -> None:
    Notice.objects.all().delete()
    after = date(2020, 12, 23)
    write_due(after, at(after, 8))
    reopen(cast.report, version=0, reason="补报。", by=cast.coordinator, at=at(after))

    assert void_before_sending(after, at(after, 12)) == 2


# The reason, as a pure rule


def why(kind: Kind, facts: Facts, on: date = DAY, recipient: int = REPORTER) -> str:
    return voiding.why_void(kind, recipient, DAY, facts, on, [])


@pytest.mark.parametrize("recipient", [REPORTER, HEAD, COORDINATOR])
def test_it_says_whether_the_dates_have_moved_or_nothing_is_left(recipient: int) -> None:
    facts = make_facts(owe())
    assert why(Kind.ESCALATION, facts, recipient=recipient) == voiding.MOVED
    assert why(Kind.ESCALATION, replace(facts, owed=()), recipient=recipient) == voiding.NOTHING_LEFT


def test_it_says_that_the_time_has_passed() -> None:
    assert why(Kind.REMINDER, make_facts(owe()), on=date(2020, 12, 23)) == voiding.CLOSED
    assert why(Kind.URGE, make_facts(owe()), on=date(2020, 12, 23)) == voiding.CLOSED
    assert why(Kind.URGE, make_facts(owe())) == ""


def test_it_says_what_became_of_a_return_and_of_a_sign_off() -> None:
    assert why(Kind.RETURNED, make_facts(owe())) == voiding.ANSWERED
    assert why(Kind.SIGN_OFF, make_facts(owe())) == voiding.SIGNED


def test_it_says_that_a_later_slot_has_come(cast: Cast) -> None:
    write_due(date(2020, 12, 14), at(date(2020, 12, 14), 8))

    assert Notice.objects.earliest("pk").error == voiding.LATER


# The page


def test_the_office_sees_what_was_not_sent_and_why(cast: Cast, sign_in: SignIn) -> None:
    hand_in(cast)
    ask_again()

    page = sign_in(cast.coordinator).get(reverse("notices:list")).content.decode()
    assert voiding.NOTHING_LEFT in page
    assert "已作废" in page
    for person in (cast.reporter, cast.leader, cast.stranger):
        assert voiding.NOTHING_LEFT not in sign_in(person).get(reverse("notices:list")).content.decode()
