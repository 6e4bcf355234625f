"""动态口令: enrolling, signing in with it, replay, recovery codes, who takes it off."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from audit.models import Entry
from departments.models import Post, SecondFactor, User, UserSession
from departments.signin import second_factor
from departments.tests.factories import (
    PASSWORD,
    make_department,
    make_jurisdiction,
    make_officer,
    make_reporter,
)

SignIn = Callable[[User], Client]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
# What RFC 6238 gives in its appendix B for this secret, cut to six digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(username="lijing")


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


def enrol(user: User, moment: datetime) -> tuple[str, list[str]]:
    secret = second_factor.propose(user)
    return secret, second_factor.turn_on(user=user, code=code_at(secret, moment), at=moment, keep=None)


def first_step(client: Client, password: str = PASSWORD) -> str:
    response = client.post("/signin/", {"username": "lijing", "password": password})
    return response.headers.get("Location", "")


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]
)
def test_it_makes_the_codes_of_the_standard(officer: User, seconds: int, code: str) -> None:
    factor = SecondFactor.objects.create(user=officer, secret=second_factor._sealed(RFC_SECRET))
    SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=NOON)
    assert second_factor.check(user=officer, code=code, at=datetime.fromtimestamp(seconds, UTC))


def test_it_is_enrolled_on_its_page(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    page = client.get("/account/second-factor/").content.decode()
    secret = second_factor.propose(officer)
    assert "<svg" in page
    assert f"secret={secret}" in page
    assert client.post("/account/second-factor/", {"code": "000000"}).status_code == 400
    shown = client.post("/account/second-factor/", {"code": code_at(secret, timezone.now())})
    assert len(shown.context["codes"]) == second_factor.RECOVERY_CODES
    assert all(code in shown.content.decode() for code in shown.context["codes"])
    assert second_factor.has_second_factor(officer)
    assert Entry.objects.filter(act="user.second_factor_on").count() == 1
    assert client.get("/account/second-factor/")["Location"] == "/account/"  # the secret is shown no more


def test_it_asks_for_a_code_after_the_password(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret, _ = enrol(officer, timezone.now())
        clock.shift(timedelta(seconds=60))
        client = Client()
        assert first_step(client) == "/signin/code/"
        assert client.get("/departments/").status_code == 302  # the password alone opens nothing
        answer = client.post("/signin/code/", {"code": code_at(secret, timezone.now())})
        assert answer["Location"] == "/"
        assert client.get("/departments/").status_code == 200


def test_it_takes_no_code_twice(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret, _ = enrol(officer, timezone.now())
        clock.shift(timedelta(seconds=60))
        code = code_at(secret, timezone.now())
        assert second_factor.check(user=officer, code=code, at=timezone.now())
        assert not second_factor.check(user=officer, code=code, at=timezone.now())
        earlier = code_at(secret, timezone.now() - timedelta(seconds=30))
        assert not second_factor.check(user=officer, code=earlier, at=timezone.now())


def test_it_forgives_a_clock_that_is_half_a_minute_off_and_no_more(officer: User) -> None:
    secret, _ = enrol(officer, NOON)
    late = NOON + timedelta(minutes=10)
    assert not second_factor.check(user=officer, code=code_at(secret, late - timedelta(seconds=60)), at=late)
    assert second_factor.check(user=officer, code=code_at(secret, late - timedelta(seconds=30)), at=late)


def test_it_locks_after_five_wrong_codes(officer: User) -> None:
    enrol(officer, timezone.now())
    client = Client()
    first_step(client)
    statuses = [client.post("/signin/code/", {"code": "000000"}).status_code for _ in range(6)]
    assert statuses == [400, 400, 400, 400, 429, 429]
    assert first_step(Client()) == ""


def test_it_does_not_forget_wrong_codes_for_a_right_password(officer: User) -> None:
    enrol(officer, timezone.now())
    for _ in range(5):
        client = Client()
        first_step(client)
        client.post("/signin/code/", {"code": "000000"})
    assert first_step(Client()) == ""


def test_it_waits_five_minutes_for_the_code(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret, _ = enrol(officer, timezone.now())
        client = Client()
        first_step(client)
        clock.shift(timedelta(minutes=6))
        assert (
            client.post("/signin/code/", {"code": code_at(secret, timezone.now())})["Location"] == "/signin/"
        )
        assert client.get("/departments/").status_code == 302


def test_it_takes_each_recovery_code_once(officer: User) -> None:
    _, codes = enrol(officer, timezone.now())
    client = Client()
    first_step(client)
    assert client.post("/signin/code/", {"code": codes[0].upper()})["Location"] == "/"
    assert not second_factor.check(user=officer, code=codes[0], at=timezone.now())
    assert second_factor.codes_left(officer) == second_factor.RECOVERY_CODES - 1


def test_it_keeps_neither_secret_nor_codes_in_plain(officer: User) -> None:
    secret, codes = enrol(officer, timezone.now())
    stored = str(list(SecondFactor.objects.values())) + str(list(Entry.objects.values()))
    digests = str([one.digest for one in SecondFactor.objects.get().recovery_codes.all()])
    assert secret not in stored
    assert not any(code in digests + stored for code in codes)


def test_it_opens_to_nobody_after_the_key_was_changed(officer: User, settings: Settings) -> None:
    secret, codes = enrol(officer, NOON)
    settings.SECRET_KEY = "another-key-of-a-test-" * 3
    later = NOON + timedelta(minutes=5)
    assert not second_factor.check(user=officer, code=code_at(secret, later), at=later)
    assert not second_factor.check(user=officer, code=codes[0], at=later)


def test_it_comes_before_every_page_where_it_is_demanded(
    officer: User, sign_in: SignIn, settings: Settings
) -> None:
    settings.REQUIRE_TOTP_FOR = ["coordinator"]
    client = sign_in(officer)
    assert client.get("/departments/")["Location"] == "/account/second-factor/"
    secret = second_factor.propose(officer)
    client.post("/account/second-factor/", {"code": code_at(secret, timezone.now())})
    assert client.get("/departments/").status_code == 200
    refused = client.post("/account/second-factor/change/", {"password": PASSWORD, "act": "off"})
    assert "不能停用" in refused.content.decode()
    reporter = sign_in(make_reporter(make_department()))
    assert reporter.get("/account/").status_code == 200


def test_it_ends_the_sittings_that_were_begun_without_it(officer: User, sign_in: SignIn) -> None:
    here, elsewhere = sign_in(officer), sign_in(officer)
    here.post("/account/second-factor/", {"code": code_at(second_factor.propose(officer), timezone.now())})
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_it_is_given_up_with_the_password_only(officer: User, sign_in: SignIn) -> None:
    enrol(officer, timezone.now())
    client = sign_in(officer)
    wrong = client.post("/account/second-factor/change/", {"password": "nonsense", "act": "off"})
    assert "密码不正确" in wrong.content.decode()
    assert second_factor.has_second_factor(officer)
    client.post("/account/second-factor/change/", {"password": PASSWORD, "act": "off"})
    assert not second_factor.has_second_factor(officer)
    assert Entry.objects.filter(act="user.second_factor_off").count() == 1


def test_it_makes_new_recovery_codes(officer: User, sign_in: SignIn) -> None:
    _, old = enrol(officer, timezone.now())
    page = sign_in(officer).post("/account/second-factor/change/", {"password": PASSWORD, "act": "codes"})
    assert len(page.context["codes"]) == second_factor.RECOVERY_CODES
    assert not second_factor.check(user=officer, code=old[0], at=timezone.now())
    assert Entry.objects.filter(act="user.recovery_codes").count() == 1


def test_it_is_reset_by_the_security_administrator(officer: User, sign_in: SignIn) -> None:
    guardian = make_officer(Post.Role.SECURITY_ADMIN, full_name="孙平")
    enrol(officer, timezone.now())
    client, theirs = sign_in(guardian), sign_in(officer)
    unreasoned = client.post("/guard/second-factor/", {"user": officer.pk})
    assert unreasoned.status_code == 400
    assert second_factor.has_second_factor(officer)
    client.post("/guard/second-factor/", {"user": officer.pk, "reason": "更换手机"})
    assert not second_factor.has_second_factor(officer)
    entry = Entry.objects.get(act="user.second_factor_reset")
    assert (entry.actor_id, entry.target_id, entry.reason) == (guardian.pk, officer.pk, "更换手机")
    assert theirs.get("/account/").status_code == 302


def test_it_is_not_reset_by_anybody_else(officer: User, sign_in: SignIn) -> None:
    enrol(officer, timezone.now())
    far = make_officer(Post.Role.SECURITY_ADMIN, make_jurisdiction("130100", "石家庄市"), full_name="郑言")
    keeper = make_officer(Post.Role.SYSTEM_ADMIN, full_name="冯凯")
    fields = {"user": officer.pk, "reason": "更换手机"}
    assert sign_in(far).post("/guard/second-factor/", fields).status_code == 404
    assert sign_in(keeper).post("/guard/second-factor/", fields).status_code == 403
    assert second_factor.has_second_factor(officer)


def test_it_is_not_reset_by_the_person_alone(sign_in: SignIn, db: None) -> None:
    guardian = make_officer(Post.Role.SECURITY_ADMIN, full_name="孙平")
    enrol(guardian, timezone.now())
    fields = {"user": guardian.pk, "reason": "更换手机"}
    assert sign_in(guardian).post("/guard/second-factor/", fields).status_code == 403


def test_it_is_reset_on_the_server(officer: User, capsys: pytest.CaptureFixture[str]) -> None:
    enrol(officer, timezone.now())
    call_command("unlock_person", "lijing", "--second-factor")
    assert "动态口令已重置" in capsys.readouterr().out
    assert not UserSession.objects.filter(user=officer).exists()
    assert Entry.objects.get(act="user.second_factor_reset").actor_id is None
