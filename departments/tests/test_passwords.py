"""密码规则: length, classes, common ones, likeness, history, expiry."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from departments.models import PasswordHistory, User
from departments.people.passwords import reset_password
from departments.signin.passwords import change_password
from departments.tests.factories import PASSWORD, make_department, make_officer, make_reporter

SignIn = Callable[[User], Client]


def refusals(password: str, user: User | None = None) -> str:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return "".join(refused.messages)
    return ""


@pytest.mark.parametrize("password", ["Gb-47-lanzhou", "xiaolongxia_K", "Qingyuan7ye"])
def test_it_takes_a_good_one(password: str) -> None:
    assert refusals(password) == ""


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Gb-47la", "至少8位，现在是7位"),
        ("xiaolongxia8", "三种"),
        ("XIAOLONGXIA8", "三种"),
        ("7493-2058", "三种"),
        ("Password1", "常见"),
        ("P@ssw0rd!", "常见"),
        ("Woaini1314!", "常见"),
        ("Wjw@2020", "常见"),
        ("Yigai@2025", "常见"),
        ("1qaz@WSX", "常见"),
        ("Aa12345678", "常见"),
    ],
)
def test_it_refuses(password: str, words: str) -> None:
    assert words in refusals(password)


def test_it_refuses_one_like_the_user_name(db: None) -> None:
    user = make_reporter(make_department(), username="wangtao1985")
    assert "用户名" in refusals("Wangtao1985", user)


def test_it_speaks_chinese_only(db: None) -> None:
    user = make_reporter(make_department(), username="wangtao1985")
    words = refusals("wangtao", user) + refusals("12345678", user) + refusals("password", user)
    assert not any(letter.isascii() and letter.isalpha() for letter in words), words


def test_it_asks_more_of_people_with_a_post(db: None) -> None:
    assert "至少12位" in refusals("Qingyuan7ye", make_officer())
    assert refusals("Qingyuan7ye", make_reporter(make_department())) == ""


def test_it_remembers_the_last_five(db: None) -> None:
    user = make_reporter(make_department())
    chosen = [f"Qingyuan-{number}-ye" for number in range(6)]
    for new in chosen:
        change_password(user=user, new=new, at=timezone.now(), keep=None)
    assert "不能与现密码相同" in refusals(chosen[5], user)
    assert all("不能与现密码相同" in refusals(old, user) for old in chosen[:5])
    assert refusals(PASSWORD, user) == ""  # the sixth from the end
    assert PasswordHistory.objects.filter(user=user).count() == 5


def test_it_keeps_old_ones_as_hashes(db: None) -> None:
    user = make_reporter(make_department())
    change_password(user=user, new="Qingyuan-7-ye", at=timezone.now(), keep=None)
    assert PASSWORD not in PasswordHistory.objects.get().password


def test_it_asks_for_a_new_one_after_ninety_days(sign_in: SignIn, db: None) -> None:
    user = make_reporter(make_department())
    change_password(user=user, new="Qingyuan-7-ye", at=timezone.now() - timedelta(days=89), keep=None)
    assert sign_in(user).get("/account/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        client = sign_in(user)
        assert client.get("/account/")["Location"] == "/password/"
        assert "密码已到期" in client.get("/password/").content.decode()
        fields = {"current": "Qingyuan-7-ye", "new": "Baiyin-8-shan", "again": "Baiyin-8-shan"}
        client.post("/password/", fields)
        assert client.get("/account/").status_code == 200


def test_it_never_asks_where_expiry_is_off(sign_in: SignIn, db: None, settings: Settings) -> None:
    settings.PASSWORD_DAYS = 0
    user = make_reporter(make_department())
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=4000))
    assert sign_in(user).get("/account/").status_code == 200


def test_it_tells_the_rules_before_one_is_chosen(sign_in: SignIn, db: None) -> None:
    page = sign_in(make_officer()).get("/password/").content.decode()
    assert "至少12位" in page
    assert "90天更换一次" in page


def test_it_remembers_one_that_was_taken_away(db: None) -> None:
    user = make_reporter(make_department())
    reset_password(user, by=None)
    user.refresh_from_db()
    assert "不能与现密码相同" in refusals(PASSWORD, user)
