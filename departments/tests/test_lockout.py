"""锁定: by account, by address, the same for names that nobody has; and the security administrator's way out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from audit.models import Entry
from departments.models import Post, SignInFailure, User
from departments.signin import lockout
from departments.tests.factories import PASSWORD, make_jurisdiction, make_officer, make_user

SignIn = Callable[[User], Client]
WRONG = "nonsense"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def attempt(username: str = "lijing", password: str = WRONG, address: str = "10.0.0.1") -> tuple[int, str]:
    response = Client().post("/signin/", {"username": username, "password": password}, REMOTE_ADDR=address)
    return response.status_code, response.content.decode()


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(username="lijing")


@pytest.fixture
def guardian(db: None) -> User:
    return make_officer(Post.Role.SECURITY_ADMIN, full_name="孙平")


def test_it_counts_an_account_wherever_the_guesses_come_from(officer: User) -> None:
    for last in range(5):
        status, _ = attempt(address=f"10.0.0.{last}")
    assert status == 429
    assert attempt(password=PASSWORD, address="10.0.0.99")[0] == 429


def test_it_counts_an_address_whatever_names_are_guessed(officer: User, settings: Settings) -> None:
    for number in range(settings.LOCKOUT_ADDRESS_FAILURES):
        status, _ = attempt(f"guess{number}")
    assert status == 429
    assert attempt(password=PASSWORD)[0] == 429
    assert attempt(password=PASSWORD, address="10.0.0.2")[0] == 302


def test_it_reads_the_address_behind_our_own_proxy(officer: User, settings: Settings) -> None:
    settings.PROXY_COUNT = 1
    Client().post(
        "/signin/",
        {"username": "lijing", "password": "x"},
        REMOTE_ADDR="127.0.0.1",
        headers={"x-forwarded-for": "1.2.3.4, 10.9.8.7"},
    )
    assert SignInFailure.objects.get().address == "10.9.8.7"


def test_it_says_when_to_try_again(officer: User) -> None:
    with time_machine.travel(NOON, tick=False):
        page = [attempt() for _ in range(5)][-1][1]
    assert "请在12:15以后再试" in page


def test_it_does_not_lengthen_the_lock_by_trying(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            attempt()
        clock.shift(timedelta(minutes=14))
        assert attempt()[0] == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert attempt(password=PASSWORD)[0] == 302


def test_it_locks_a_whole_period_after_the_last_of_slow_guesses(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            attempt()
            clock.shift(timedelta(minutes=3))
        clock.shift(timedelta(minutes=11))
        assert attempt(password=PASSWORD)[0] == 429


def test_it_forgets_failures_after_a_success(officer: User) -> None:
    for _ in range(4):
        attempt()
    assert attempt(password=PASSWORD)[0] == 302
    assert attempt()[0] == 400


def test_it_answers_the_same_for_a_name_that_nobody_has(officer: User) -> None:
    with time_machine.travel(NOON, tick=False):
        known = [attempt("lijing", address="10.0.0.1") for _ in range(6)]
        unknown = [attempt("nobody", address="10.0.0.2") for _ in range(6)]
    words = [page.split("<form")[1].split("csrfmiddlewaretoken")[1][100:] for _, page in known]
    others = [page.split("<form")[1].split("csrfmiddlewaretoken")[1][100:] for _, page in unknown]
    assert [status for status, _ in known] == [status for status, _ in unknown] == [400] * 4 + [429] * 2
    assert [one.replace("lijing", "") for one in words] == [one.replace("nobody", "") for one in others]


def test_it_hashes_as_often_for_a_name_that_nobody_has(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of an answer is the time of the hash: one for either name, so neither tells."""
    from django.contrib.auth.hashers import MD5PasswordHasher  # the hasher of the tests

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    attempt("lijing", "first-guess")
    attempt("nobody", "other-guess")
    assert (hashed.count("first-guess"), hashed.count("other-guess")) == (1, 1)


def test_it_traces_failures_and_the_lock_without_the_password(officer: User) -> None:
    for _ in range(5):
        attempt(password="secret-guess")
    attempt("x" * 40, "other-guess")
    failed = Entry.objects.filter(act="user.sign_in_failed")
    assert failed.filter(target_id=officer.pk).count() == 5
    assert failed.filter(target_id=None, actor_name="x" * 40, actor_id=None).count() == 1
    assert Entry.objects.filter(act="user.lock", target_id=officer.pk).count() == 1
    assert "guess" not in str(list(Entry.objects.values()))


@pytest.mark.usefixtures("committed_db")
def test_it_looks_at_no_more_than_five_of_many_guesses_at_once() -> None:
    make_user(username="lijing")
    start, statuses = Barrier(12), list[int]()

    def guess() -> None:
        start.wait()
        try:
            statuses.append(attempt()[0])
        finally:
            connection.close()

    threads = [Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checked = Entry.objects.filter(act="user.sign_in_failed").exclude(reason="已锁定，未核对密码").count()
    assert len(statuses) == 12
    assert checked <= 5


def test_it_lists_and_unlocks_an_account(officer: User, guardian: User, sign_in: SignIn) -> None:
    for _ in range(5):
        attempt()
    client = sign_in(guardian)
    assert '锁定的账号和地址<span class="rt-count">1个' in client.get("/guard/").content.decode()
    assert "解除李静的锁定" in client.get("/guard/").content.decode()
    assert client.post("/guard/unlock/", {"user": officer.pk})["Location"] == "/guard/"
    assert Entry.objects.filter(act="user.unlock", actor_id=guardian.pk, target_id=officer.pk).count() == 1
    assert attempt(password=PASSWORD)[0] == 302


def test_it_lists_and_unlocks_an_address(guardian: User, sign_in: SignIn, settings: Settings) -> None:
    for number in range(settings.LOCKOUT_ADDRESS_FAILURES):
        attempt(f"guess{number}")
    client = sign_in(guardian)
    page = client.get("/guard/").content.decode()
    assert "解除10.0.0.1的锁定" in page
    assert "guess1" not in page
    client.post("/guard/unlock/", {"address": "10.0.0.1"})
    assert not lockout.locked_addresses(timezone.now())
    assert Entry.objects.filter(act="user.unlock_address", actor_id=guardian.pk).count() == 1


@pytest.mark.parametrize("role", [Post.Role.COORDINATOR, Post.Role.SYSTEM_ADMIN, Post.Role.AUDITOR])
def test_it_refuses_everybody_else(officer: User, sign_in: SignIn, role: Post.Role) -> None:
    client = sign_in(make_officer(role, full_name="他人"))
    assert client.get("/guard/").status_code == 403
    assert client.post("/guard/unlock/", {"address": "10.0.0.1"}).status_code == 403
    assert client.post("/guard/unlock/", {"user": officer.pk}).status_code == 403


def test_it_does_not_see_people_of_another_city(officer: User, sign_in: SignIn) -> None:
    other = make_officer(Post.Role.SECURITY_ADMIN, make_jurisdiction("130100", "石家庄市"), full_name="郑言")
    for _ in range(5):
        attempt()
    client = sign_in(other)
    assert "李静" not in client.get("/guard/").content.decode()
    assert client.post("/guard/unlock/", {"user": officer.pk}).status_code == 404
