"""What every page promises the browser, and how much and how often anybody may ask."""

import logging
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import timezone
from lxml import html
from pytest_django import Settings

from departments.models import RateWindow, User
from departments.rates import count_call
from departments.tests.factories import PASSWORD, make_officer
from reformtracker import limits
from reformtracker.tests.crawl import addresses, read, shown_to
from reformtracker.tests.test_access import names
from reformtracker.tests.world import World, make_world

# Walks all pages: what they run is tested and held on every database where they are tested.
pytestmark = [pytest.mark.once, pytest.mark.long]
SignIn = Callable[[User], Client]
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "MADEUP")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def wanting(response: Any) -> list[str]:
    """Which promise of the headers an answer breaks."""
    policy = response.headers.get("Content-Security-Policy", "")
    held = {
        "policy": "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy,
        "frames": "frame-ancestors 'none'" in policy and response.headers.get("X-Frame-Options") == "DENY",
        "sniffing": response.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": response.headers.get("Referrer-Policy") == "same-origin",
        "opener": response.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "features": "camera=()" in response.headers.get("Permissions-Policy", ""),
        "cache": "no-store" in response.headers.get("Cache-Control", ""),
    }
    return [name for name, kept in held.items() if not kept]


def inline(body: bytes) -> list[str]:
    """What of a page the policy would not run or draw."""
    page: Any = html.document_fromstring(body)
    found = page.xpath("//*[@style] | //style | //script[not(@src)] | //*[starts-with(@href, 'javascript:')]")
    handlers = page.xpath("//@*[starts-with(name(), 'on') or starts-with(name(), 'hx-on')]")
    return [html.tostring(one, encoding="unicode")[:80] for one in found] + [str(one) for one in handlers]


def test_it_sends_the_headers_with_every_address(world: World, sign_in: SignIn) -> None:
    coordinator, stranger = sign_in(world.people["coordinator"]), Client()
    for shown in shown_to("coordinator", world, sign_in):
        asked = (coordinator.post(shown.url), stranger.get(shown.url), stranger.post(shown.url))
        for answer in (shown, *asked):
            assert wanting(answer) == [], shown.name
        for response in asked:
            read(response)


def test_it_draws_no_page_that_needs_what_the_policy_forbids(world: World, sign_in: SignIn) -> None:
    drawn = [shown for shown in shown_to("coordinator", world, sign_in) if shown.is_page]
    assert len(drawn) > 15
    for shown in drawn:
        assert inline(shown.body) == [], shown.name


def test_it_keeps_the_cookies_from_scripts_and_other_sites(world: World, client: Client) -> None:
    make_officer(username="lijing")
    client.post("/signin/", {"username": "lijing", "password": PASSWORD})

    cookies = [cookie for name, cookie in client.cookies.items() if "session" in name]

    assert [(one["httponly"], one["samesite"], one["path"]) for one in cookies] == [(True, "Lax", "/")]


@pytest.mark.parametrize("method", METHODS)
def test_it_answers_no_method_but_those_of_pages(world: World, sign_in: SignIn, method: str) -> None:
    client = sign_in(world.people["coordinator"])
    for name, url in addresses(world):
        response = client.generic(method, url)
        assert response.status_code == 405, name
        assert "这个地址不能这样打开" in response.content.decode(), name


def test_it_says_in_words_that_a_host_is_unknown(client: Client) -> None:
    response = client.get("/signin/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "系统没有看懂这次请求" in response.content.decode()
    assert wanting(response) == []


def test_it_shows_no_inside_of_a_fault(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(**_: object) -> None:
        raise RuntimeError("the inside of a fault")

    monkeypatch.setattr("reformtracker.limits.count_call", break_down)
    with caplog.at_level(logging.CRITICAL):
        response = Client(raise_request_exception=False).post("/signin/", {"username": "a", "password": "b"})

    body = response.content.decode()
    assert (response.status_code, wanting(response)) == (500, [])
    assert "系统出错" in body
    assert "inside of a fault" not in body
    assert "Traceback" not in body


def test_it_writes_no_password_into_the_log(db: None, caplog: pytest.LogCaptureFixture) -> None:
    make_officer(username="lijing")
    with caplog.at_level(logging.DEBUG):
        for password in ("a-wrong-secret", PASSWORD):
            Client().post("/signin/", {"username": "lijing", "password": password})

    assert "a-wrong-secret" not in caplog.text
    assert PASSWORD not in caplog.text


# How much


def test_it_does_not_read_what_is_too_large(world: World, sign_in: SignIn, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    client = sign_in(world.people["coordinator"])
    large = SimpleUploadedFile("任务.txt", b"x" * (2 * limits.MB + 1))

    response = client.post("/documents/upload/", {"file": large})

    assert (response.status_code, wanting(response)) == (413, [])
    assert "单个文件不能超过1MB" in response.content.decode()


def test_it_takes_a_file_where_one_is_asked_for_only(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.people["coordinator"])
    body = SimpleUploadedFile("任务.txt", b"x" * (6 * limits.MB))

    assert client.post("/ledgers/choose/", {"ledger": "1", "file": body}).status_code == 413


def test_it_leaves_a_body_that_is_too_large_unread() -> None:
    class Unreadable(BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

    request = RequestFactory().post("/signin/")
    request.META |= {"CONTENT_LENGTH": str(limits.STRANGER_BYTES + 1), "wsgi.input": Unreadable()}
    response = Client().request(**request.environ)

    assert response.status_code == 413
    assert "请重新登录" in response.content.decode()


@pytest.mark.parametrize(("length", "bytes_"), [("", 0), ("12", 12), ("-1", 0), ("a", 0), ("+7", 7)])
def test_it_takes_a_length_that_is_no_number_for_none(length: str, bytes_: int) -> None:
    assert limits.sent(RequestFactory().post("/", CONTENT_LENGTH=length)) == bytes_


# How often


def test_it_counts_up_to_the_limit_and_says_when_the_next_is_taken(db: None) -> None:
    at = timezone.now().replace(second=20)

    assert [count_call("a", limit=2, at=at) for _ in range(2)] == [None, None]
    assert count_call("a", limit=2, at=at) == at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    assert count_call("b", limit=2, at=at) is None
    assert count_call("a", limit=2, at=at + timedelta(minutes=1)) is None
    assert RateWindow.objects.count() == 1, "earlier minutes are forgotten"


@pytest.mark.django_db
def test_it_slows_down_guessing_by_address(settings: Settings) -> None:
    settings.RATES = settings.RATES | {"signin": 2}
    with time_machine.travel("2026-03-02T09:00:15+08:00", tick=False):
        answers = [Client().post("/signin/", {"username": f"p{n}", "password": "x"}) for n in range(3)]
        elsewhere = Client(REMOTE_ADDR="10.0.0.9").post("/signin/", {"username": "p", "password": "x"})
        page = Client().get("/signin/")

    assert [one.status_code for one in answers] == [400, 400, 429]
    assert answers[2].headers["Retry-After"] == "46"
    assert "请在46秒后再试" in answers[2].content.decode()
    assert (elsewhere.status_code, page.status_code) == (400, 200)


def test_it_counts_exports_by_person(world: World, sign_in: SignIn, settings: Settings) -> None:
    settings.RATES = settings.RATES | {"export": 1}
    clients = [sign_in(world.people[name]) for name in ("coordinator", "coordinator", "leader")]
    url = f"/ledgers/{world.ledger.pk}/ledger.xlsx"
    with time_machine.travel("2026-03-02T09:00:15+08:00", tick=False):
        answers = [client.get(url) for client in clients]

    assert [(one.status_code, bool(read(one))) for one in answers] == [(200, True), (429, True), (200, True)]


def test_it_counts_every_page_that_gives_or_takes_a_file(world: World, sign_in: SignIn) -> None:
    giving, taking = set(), set()
    for role in ("coordinator", "system_admin", "auditor"):
        for shown in shown_to(role, world, sign_in):
            if shown.headers.get("Content-Disposition"):
                giving.add(shown.name)
            elif b'type="file"' in shown.body:
                taking.add(shown.name)

    assert giving <= limits.EXPORTS
    assert set(names(get_resolver())) >= limits.EXPORTS | limits.UPLOADS
    assert taking - {"documents:list"} <= limits.UPLOADS
    assert len(giving) > 3
    assert taking
