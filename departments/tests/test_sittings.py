"""登录会话: idle time, what counts as an act, the own list, ending from afar."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from audit.models import Entry
from departments.models import User, UserSession
from departments.signin.browsers import browser_in_words
from departments.tests.factories import PASSWORD, make_officer

SignIn = Callable[[User], Client]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(username="lijing")


def arrive(**headers: str) -> Client:
    client = Client(headers=headers)
    client.post("/signin/", {"username": "lijing", "password": PASSWORD})
    return client


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_it_is_over_after_half_an_hour_without_an_act(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = arrive()
        clock.shift(timedelta(minutes=29))
        assert signed_in(client)
        clock.shift(timedelta(minutes=29))
        assert signed_in(client)
        clock.shift(timedelta(minutes=32))
        assert not signed_in(client)


@pytest.mark.parametrize(
    ("address", "headers"),
    [("/session/", {}), ("/notices/", {"X-Background": "1"}), ("/departments/", {"X-Background": "1"})],
)
def test_it_is_not_lengthened_by_what_a_page_asks_by_itself(
    officer: User, address: str, headers: dict[str, str]
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = arrive()
        for _ in range(4):
            clock.shift(timedelta(minutes=7))
            client.get(address, headers=headers)
        clock.shift(timedelta(minutes=4))
        assert not signed_in(client)


def test_it_goes_on_when_the_person_wants(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = arrive()
        clock.shift(timedelta(minutes=29))
        assert client.get("/session/").json() == {"left": 60, "person": str(officer.pk)}
        assert client.post("/session/").json()["left"] == 1800
        clock.shift(timedelta(minutes=29))
        assert signed_in(client)


def test_it_lasts_twelve_hours_at_most(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = arrive()
        for _ in range(24):
            clock.shift(timedelta(minutes=29))
            assert signed_in(client)
        clock.shift(timedelta(minutes=25))
        assert not signed_in(client)


def test_it_tells_a_stranger_nothing(db: None) -> None:
    assert Client().get("/session/").json() == {"left": 0}


def test_it_lists_the_own_sittings_only(officer: User, sign_in: SignIn) -> None:
    arrive(**{"User-Agent": EDGE})
    sign_in(make_officer(full_name="赵兴国"))
    page = sign_in(officer).get("/account/").content.decode()
    assert "2处" in page
    assert "Windows，Edge浏览器" in page
    assert "当前这一处" in page


def test_it_ends_one_from_afar(officer: User, sign_in: SignIn) -> None:
    here, there = sign_in(officer), arrive()
    away = UserSession.objects.order_by("-pk").first()
    assert away
    here.post("/account/sessions/", {"sitting": away.pk})
    assert signed_in(here)
    assert not signed_in(there)
    assert Entry.objects.filter(act="user.end_session", actor_id=officer.pk).count() == 1


def test_it_ends_all_others(officer: User, sign_in: SignIn) -> None:
    here, there, elsewhere = sign_in(officer), arrive(), arrive()
    here.post("/account/sessions/", {"sitting": "others"})
    assert [signed_in(one) for one in (here, there, elsewhere)] == [True, False, False]


def test_it_ends_nobody_elses(officer: User, sign_in: SignIn) -> None:
    other = sign_in(make_officer(full_name="赵兴国"))
    theirs = UserSession.objects.get()
    sign_in(officer).post("/account/sessions/", {"sitting": theirs.pk})
    assert signed_in(other)


@pytest.mark.parametrize("sitting", ["", "x", "-1", "9" * 30])
def test_it_bears_nonsense(officer: User, sign_in: SignIn, sitting: str) -> None:
    assert sign_in(officer).post("/account/sessions/", {"sitting": sitting}).status_code == 302


def test_it_ends_the_others_when_the_password_changes(officer: User, sign_in: SignIn) -> None:
    here, there = sign_in(officer), arrive()
    here.post("/password/", {"current": PASSWORD, "new": "Qingyuan-7-yebai", "again": "Qingyuan-7-yebai"})
    assert signed_in(here)
    assert not signed_in(there)
    assert UserSession.objects.count() == 1


def test_it_ends_when_the_account_is_closed(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not signed_in(client)


def test_it_ends_with_signing_out(officer: User) -> None:
    client = arrive()
    client.post("/signout/")
    assert not UserSession.objects.exists()


def test_it_keeps_no_key_of_a_session(officer: User) -> None:
    arrive()
    key = Session.objects.get().session_key
    assert key not in str(list(UserSession.objects.values()))


def test_it_does_not_serve_a_session_that_names_no_sitting(officer: User) -> None:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert not signed_in(client)


def test_it_tidies_up_what_ended_by_itself(officer: User, settings: Settings) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        arrive()
        clock.shift(timedelta(hours=2))
        arrive()
        assert UserSession.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Windows，Edge浏览器"),
        ("Mozilla/5.0 (X11; Linux x86_64; UOS) Chrome/78 Safari/537.36", "统信，Chrome浏览器"),
        ("curl/8", "未知浏览器"),
        ("", "未知浏览器"),
    ],
)
def test_it_names_browsers_in_words(agent: str, words: str) -> None:
    assert browser_in_words(agent) == words
