"""What every page promises the browser."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from lxml import html

from departments.models import User
from departments.tests.factories import PASSWORD, make_officer
from reformtracker.tests.test_access import EXEMPT, address, names
from reformtracker.tests.world import World, make_world

SignIn = Callable[[User], Client]
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "MADEUP")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every address about the world's objects, with its name."""
    for name in sorted(set(names(get_resolver())) - EXEMPT.keys()):
        if name != "departments:signout":
            yield name, address(world, name)


def read(response: Any) -> bytes:
    """The body, also of a download, which is closed by it."""
    return b"".join(response)


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
    for client in (sign_in(world.people["coordinator"]), Client()):
        for name, url in addresses(world):
            for response in (client.get(url), client.post(url)):
                read(response)
                assert wanting(response) == [], (name, response.request["REQUEST_METHOD"])


def test_it_draws_no_page_that_needs_what_the_policy_forbids(world: World, sign_in: SignIn) -> None:
    client, drawn = sign_in(world.people["coordinator"]), 0
    for name, url in addresses(world):
        response = client.get(url)
        body = read(response)
        if "text/html" in response.headers["Content-Type"] and body:
            drawn += 1
            assert inline(body) == [], name
    assert drawn > 15


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
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("the inside of a fault")

    monkeypatch.setattr("departments.views.signin.prove_password", break_down)
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
