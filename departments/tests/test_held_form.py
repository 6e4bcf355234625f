"""A form that finds its session over: kept for its writer, for an hour, and for nobody else; and signing in in place."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from departments.models import User, UserSession
from departments.signin import second_factor
from departments.tests.factories import PASSWORD, make_officer

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TEXT = "完成公立医院债务摸底。\n第二行"
FORM = "/documents/upload/"


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(username="lijing")


def sign_in(client: Client, username: str = "lijing", **more: str) -> str:
    answer = client.post("/signin/", {"username": username, "password": PASSWORD, **more})
    return answer.headers.get("Location", "")


def expired(client: Client) -> Client:
    """End the client's session as the server would."""
    sign_in(client)
    client.get("/account/")
    UserSession.objects.all().delete()
    return client


def test_it_keeps_what_was_written_and_sends_it_on(officer: User) -> None:
    client = expired(Client())
    sent = client.post(FORM + "?a=1", {"text": TEXT, "tick": ["x", "y"]})
    assert sent["Location"] == "/signin/?next=/signin/held/"
    assert sign_in(client, next="/signin/held/") == "/signin/held/"
    answer = client.get("/signin/held/")
    page = answer.content.decode()
    assert answer.context["held"].path == FORM + "?a=1"
    assert answer.context["held"].fields == [("text", TEXT), ("tick", "x"), ("tick", "y")]
    assert f'action="{FORM}?a=1"' in page
    assert "完成公立医院债务摸底。" in page


def test_it_gives_nothing_to_somebody_else(officer: User) -> None:
    make_officer(username="zhaoxing", full_name="赵兴国")
    client = expired(Client())
    client.post(FORM, {"text": TEXT})
    assert sign_in(client, "zhaoxing", next="/signin/held/") == "/"
    assert client.get("/signin/held/")["Location"] == "/"
    assert "摸底" not in str(dict(client.session))


def test_it_keeps_nothing_of_a_stranger(officer: User) -> None:
    client = Client()
    assert client.post(FORM, {"text": TEXT})["Location"] == "/signin/?next=/"
    assert "held" not in client.session


def test_it_believes_no_forged_name(officer: User) -> None:
    client = Client()
    client.cookies["reformtracker_person"] = f"{officer.pk}:forged"
    client.post(FORM, {"text": TEXT})
    assert "held" not in client.session


def test_it_keeps_no_password(officer: User) -> None:
    client = expired(Client())
    client.post("/password/", {"current": PASSWORD, "new": "Qingyuan-7-ye"})
    assert "held" not in client.session


def test_it_keeps_no_file_and_says_so(officer: User) -> None:
    client = expired(Client())
    client.post(FORM, {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"secret-bytes")})
    sign_in(client)
    page = client.get("/signin/held/").content.decode()
    assert "附件没有保留" in page
    assert "secret-bytes" not in str(dict(client.session))


def test_it_forgets_after_an_hour(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = expired(Client())
        client.post(FORM, {"text": TEXT})
        clock.shift(timedelta(minutes=61))
        assert sign_in(client, next="/signin/held/") == "/"


def test_it_is_thrown_away_on_request(officer: User) -> None:
    client = expired(Client())
    client.post(FORM, {"text": TEXT})
    sign_in(client)
    client.post("/signin/held/")
    assert "held" not in client.session


def test_it_escapes_what_was_written(officer: User) -> None:
    client = expired(Client())
    client.post(FORM, {"text": '"><script>文字</script>'})
    sign_in(client)
    assert "<script>文" not in client.get("/signin/held/").content.decode()


@pytest.mark.parametrize("header", ["HX-Request", "X-Requested-With"])
def test_it_tells_a_script_that_the_session_is_over(officer: User, header: str) -> None:
    client = expired(Client())
    assert client.post(FORM, {"text": TEXT}, headers={header: "true"}).status_code == 401


@pytest.mark.parametrize("way", ["header", "field"])
def test_it_refuses_the_text_of_a_page_that_somebody_else_opened(officer: User, way: str) -> None:
    client = Client()
    sign_in(client)
    other = str(officer.pk + 1)
    if way == "header":
        answer = client.post(FORM, {"text": TEXT}, headers={"X-Person": other})
    else:
        answer = client.post(FORM, {"text": TEXT, "page_person": other})
    assert answer.status_code == 403
    assert "另一账号" in answer.content.decode()
    assert client.post(FORM, {"text": TEXT, "page_person": str(officer.pk)}).status_code != 403


def again(client: Client, **fields: str) -> tuple[int, dict[str, object]]:
    given = {"username": "lijing", "password": PASSWORD, **fields}
    answer = client.post("/signin/again/", given)
    return answer.status_code, answer.json()


def test_it_signs_in_in_place(officer: User) -> None:
    client = expired(Client())
    assert again(client) == (200, {"person": str(officer.pk)})
    assert client.get("/account/").status_code == 200


def test_it_refuses_in_place_as_at_the_door(officer: User) -> None:
    client = expired(Client())
    answers = [again(client, password="nonsense") for _ in range(5)]
    assert [status for status, _ in answers] == [400, 400, 400, 400, 429]
    assert "已锁定" in str(answers[-1][1]["message"])
    assert again(client)[0] == 429


def test_it_asks_for_the_code_in_place(officer: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret = second_factor.propose(officer)
        code = pyotp.TOTP(secret).at(timezone.now())
        second_factor.turn_on(user=officer, code=code, at=timezone.now(), keep=None)
        clock.shift(timedelta(minutes=1))
        client = Client()
        status, answer = again(client)
        assert (status, answer["code_wanted"]) == (400, True)
        assert client.get("/account/").status_code == 302
        assert again(client, code="000000")[0] == 400
        assert again(client, code=pyotp.TOTP(secret).at(timezone.now()))[0] == 200


def test_it_wants_the_token_in_place(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/signin/again/", {"username": "lijing", "password": PASSWORD}).status_code == 403
