"""登录: who comes in, who does not, and what five failures do."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from departments.models import User
from departments.tests.factories import PASSWORD, make_officer


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(username="lijing")


def attempt(client: Client, password: str = PASSWORD, username: str = "lijing", **fields: str) -> int:
    return client.post("/signin/", {"username": username, "password": password, **fields}).status_code


def test_it_lets_a_person_in_and_leaves_a_trace(client: Client, officer: User) -> None:
    response = client.post("/signin/", {"username": "lijing", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert Entry.objects.filter(act="user.sign_in", actor_id=officer.pk).count() == 1


def test_it_goes_where_the_person_wanted_to_go(client: Client, officer: User) -> None:
    response = client.post("/signin/", {"username": "lijing", "password": PASSWORD, "next": "/departments/"})

    assert response["Location"] == "/departments/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_it_never_leads_elsewhere(client: Client, officer: User, elsewhere: str) -> None:
    response = client.post("/signin/", {"username": "lijing", "password": PASSWORD, "next": elsewhere})

    assert response["Location"] == "/"


def test_it_says_that_classified_matters_must_not_be_entered(client: Client, db: None) -> None:
    assert "非涉密系统" in client.get("/signin/").content.decode()


def test_it_says_the_same_for_a_wrong_password_and_an_unknown_name(client: Client, officer: User) -> None:
    wrong = client.post("/signin/", {"username": "lijing", "password": "nonsense"})
    unknown = client.post("/signin/", {"username": "nobody", "password": "nonsense"})

    assert wrong.status_code == unknown.status_code == 400
    assert "用户名或密码不正确" in wrong.content.decode()
    assert "用户名或密码不正确" in unknown.content.decode()


def test_it_refuses_a_deactivated_account(client: Client, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert attempt(client) == 400


def test_it_locks_after_five_failures_for_fifteen_minutes(client: Client, officer: User) -> None:
    for _ in range(4):
        assert attempt(client, "nonsense") == 400
    assert attempt(client, "nonsense") == 429
    locked = client.post("/signin/", {"username": "lijing", "password": PASSWORD})
    assert locked.status_code == 429
    assert "已锁定。请在" in locked.content.decode()

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert attempt(client) == 302


def test_it_locks_one_account_and_not_its_neighbour(client: Client, officer: User) -> None:
    make_officer(username="zhaoxing")
    for _ in range(5):
        attempt(client, "nonsense")

    assert attempt(client, username="zhaoxing") == 302


def test_it_sends_strangers_to_the_sign_in_page(client: Client, db: None) -> None:
    response = client.get("/departments/")

    assert response["Location"] == "/signin/?next=/departments/"


def test_it_signs_out(client: Client, officer: User) -> None:
    attempt(client)

    assert client.get("/signout/").status_code == 405
    assert client.post("/signout/")["Location"] == "/signin/"
    assert client.get("/departments/").status_code == 302
    assert Entry.objects.filter(act="user.sign_out").count() == 1


def test_it_keeps_personal_pages_out_of_caches(client: Client, officer: User) -> None:
    attempt(client)

    assert "no-store" in client.get("/departments/")["Cache-Control"]
