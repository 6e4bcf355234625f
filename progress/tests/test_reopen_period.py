"""重新开放报送期: after the closing date the office takes reports again; what is late stays late."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audit.models import Entry
from departments.models import User
from departments.permissions import Refused
from departments.tests.factories import make_jurisdiction, make_officer
from progress.close_period import close_periods
from progress.models import ReportingPeriod
from progress.moves import NotPossible, fresh
from progress.reopen_period import reopen_period
from progress.submit import submit
from progress.tests.cast import CONTENT, Cast, make_cast
from progress.tests.factories import at

SignIn = Callable[[User], Client]
AFTER, UNTIL = date(2020, 12, 24), date(2020, 12, 31)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    close_periods(AFTER)
    cast.period.refresh_from_db()
    return cast


def reopen(cast: Cast, *, by: User | None = None, until: date = UNTIL, why: str = "系统停用两天。") -> None:
    reopen_period(cast.period, closes_on=until, reason=why, by=by or cast.coordinator, at=at(AFTER))


def test_it_takes_reports_until_the_new_day_and_keeps_them_late(cast: Cast) -> None:
    reopen(cast)

    sent = submit(fresh(cast.report), content=CONTENT, version=0, by=cast.reporter, at=at(UNTIL, 23))
    assert (sent.on_time, sent.late_days) == (False, 16)
    period = ReportingPeriod.objects.get()
    assert (period.state, period.due_on, period.closes_on) == ("open", date(2020, 12, 15), UNTIL)


def test_it_closes_again_after_the_new_day(cast: Cast) -> None:
    reopen(cast)

    assert close_periods(UNTIL) == 0
    assert close_periods(date(2021, 1, 1)) == 1
    with pytest.raises(NotPossible, match="已于12月31日关闭"):
        submit(fresh(cast.report), content=CONTENT, version=0, by=cast.reporter, at=at(date(2021, 1, 1)))


def test_it_leaves_an_entry_with_the_reason(cast: Cast) -> None:
    reopen(cast)

    entry = Entry.objects.get(act="period.reopen")
    assert (entry.actor_name, entry.reason) == (cast.coordinator.full_name, "系统停用两天。")
    assert entry.before == {"closes_on": "2020-12-22", "state": "closed"}
    assert entry.after == {"closes_on": "2020-12-31", "state": "open"}


def test_it_reopens_what_has_passed_and_is_not_marked_closed_yet(cast: Cast) -> None:
    ReportingPeriod.objects.update(state="open")
    cast.period.refresh_from_db()

    reopen(cast)

    assert ReportingPeriod.objects.get().closes_on == UNTIL


@pytest.mark.parametrize(
    ("until", "why", "words"),
    [
        (UNTIL, " ", "重新开放须写明理由。"),
        (date(2020, 12, 23), "系统停用两天。", "新的关闭日期不能早于今天。"),
    ],
)
def test_it_refuses_a_bad_date_or_no_reason(cast: Cast, until: date, why: str, words: str) -> None:
    with pytest.raises(NotPossible) as refused:
        reopen(cast, until=until, why=why)
    assert refused.value.reason == words
    assert ReportingPeriod.objects.get().closes_on == date(2020, 12, 22)


def test_it_refuses_a_period_that_takes_reports_anyway(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        reopen_period(
            cast.period, closes_on=UNTIL, reason="补报。", by=cast.coordinator, at=at(date(2020, 12, 22), 23)
        )
    assert refused.value.reason == "2020年第四季度到12月22日都可以填报，不需要重新开放。"


def test_it_refuses_a_period_that_was_never_opened(cast: Cast) -> None:
    ReportingPeriod.objects.update(state="planned")
    cast.period.refresh_from_db()
    with pytest.raises(NotPossible, match="还没有开启"):
        reopen(cast)


def test_it_has_one_winner_of_two_coordinators(cast: Cast) -> None:
    seen = ReportingPeriod.objects.get()
    reopen(cast)
    with pytest.raises(NotPossible, match="刚刚有变动"):
        reopen_period(seen, closes_on=date(2021, 1, 8), reason="补报。", by=make_officer(), at=at(AFTER))
    assert ReportingPeriod.objects.get().closes_on == UNTIL


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "stranger"])
def test_it_refuses_everybody_but_the_office(cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match="只有本地医改办的协调员"):
        reopen(cast, by=getattr(cast, who))
    assert ReportingPeriod.objects.get().state == "closed"


def test_it_is_reached_from_the_list_and_says_what_stays(
    cast: Cast, sign_in: SignIn, settings: Settings
) -> None:
    settings.DEMO_TODAY = AFTER.isoformat()
    client, page = sign_in(cast.coordinator), reverse("progress:reopen_period", args=[cast.period.pk])
    assert page in client.get(reverse("progress:periods", args=[cast.ledger.pk])).content.decode()

    shown = client.get(page).content.decode()
    assert "不改变；之后首次提交的按逾期计" in shown
    assert 'value="2020-12-31"' in shown  # five working days from today
    answer = client.post(page, {"closes_on": "2020-12-31", "reason": "系统停用两天。"})

    assert answer["Location"] == reverse("progress:periods", args=[cast.ledger.pk])
    assert ReportingPeriod.objects.get().closes_on == UNTIL


def test_it_shows_the_refusal_and_keeps_what_was_written(
    cast: Cast, sign_in: SignIn, settings: Settings
) -> None:
    settings.DEMO_TODAY = AFTER.isoformat()
    page = reverse("progress:reopen_period", args=[cast.period.pk])

    answer = sign_in(cast.coordinator).post(page, {"closes_on": "2020-12-01", "reason": "系统停用两天。"})

    assert answer.status_code == 400
    assert "新的关闭日期不能早于今天。" in answer.content.decode()
    assert "系统停用两天。" in answer.content.decode()


def test_it_offers_nothing_for_a_period_that_is_open(cast: Cast, sign_in: SignIn) -> None:
    client, page = sign_in(cast.coordinator), reverse("progress:reopen_period", args=[cast.period.pk])
    ReportingPeriod.objects.update(state="open")
    assert page not in client.get(reverse("progress:periods", args=[cast.ledger.pk])).content.decode()
    assert "不需要重新开放" in client.get(page).content.decode()


@pytest.mark.parametrize("who", ["reporter", "leader"])
def test_its_page_is_refused_to_others(cast: Cast, sign_in: SignIn, who: str) -> None:
    page = reverse("progress:reopen_period", args=[cast.period.pk])
    assert sign_in(getattr(cast, who)).get(page).status_code == 403


def test_its_page_is_missing_for_another_place(cast: Cast, sign_in: SignIn) -> None:
    outsider = make_officer(jurisdiction=make_jurisdiction("640400", "固原市"))
    page = reverse("progress:reopen_period", args=[cast.period.pk])
    assert sign_in(outsider).get(page).status_code == 404
