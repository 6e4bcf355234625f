"""Debian's Chromium, and a person at it whose every page is looked over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from departments.models import User
from departments.tests.signed_in import session_cookie

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FAILS = "() => fetch('/static/img/mark.svg', {cache: 'no-store'}).then(() => false, () => true)"
# What a page is made of, whatever its words and numbers: of each kind of element, and where it stands, one.
SHAPE = """
() => {
  const judged = /^(class|role|type|lang|hidden|disabled|aria-.*)$/;
  const told = ({name, value}) => name + (judged.test(name) ? value.replace(/\\d+/g, "") : value.trim() ? "+" : "-");
  const kind = one => [
    one.parentElement?.className, one.tagName, one.textContent.trim() ? "+" : "-", ...[...one.attributes].map(told),
  ].join(" ");
  return [...new Set([...document.querySelectorAll("*")].map(kind))].sort().join("\\n");
}
"""
_LOOKED_OVER: set[str] = set()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; the test is skipped, visibly, where it is not installed."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody at a browser of their own, signed in already or not: opens pages, presses what is written on them.

    `faults` collects what a user or an assessor would hold against a page: violations that axe finds,
    errors in the console, requests to another host.
    """

    def __init__(self, browser: Browser, base: str, user: User | None = None) -> None:
        self.base, self.faults = base, list[str]()
        window = browser.new_context(locale="zh-CN", accept_downloads=True)
        if user:
            name, value = settings.SESSION_COOKIE_NAME, session_cookie(user)
            window.add_cookies([{"name": name, "value": value, "url": base}])
        self.page: Page = window.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", lambda message: self._note_console(message.type, message.text))
        self.page.on("request", lambda request: self._note_request(request.url))

    def _note_console(self, kind: str, text: str) -> None:
        if kind == "error":
            self.faults.append(f"{self.page.url}: console: {text}")

    def _note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(self.base).netloc:
            self.faults.append(f"{self.page.url}: asked {url}")

    def sign_in(self, username: str, password: str) -> None:
        """Give name and password on the page that asks for them."""
        self.open("/signin/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.press("登录")

    def open(self, address: str) -> None:
        """Go to an address of the installation."""
        self.page.goto(self.base + address)
        self.look()

    def look(self) -> None:
        """Let axe look the present page over, unless it has seen one of this shape; pages are the same on every database."""
        shape = self.page.evaluate(SHAPE)
        if shape in _LOOKED_OVER or connection.vendor != "sqlite":
            return
        _LOOKED_OVER.add(shape)
        found = Axe().run(self.page)
        self.faults += [
            f"{self.page.url}: {one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in found.response["violations"]
        ]

    def cut_off(self) -> None:
        """Cut the line, and wait until it is cut: the browser takes its time while its pages go on asking."""
        self.page.context.set_offline(True)
        self.page.wait_for_function(FAILS)

    def follow(self, label: str) -> None:
        """Follow the first link that begins with this text (in the navigation a count may come after it)."""
        self.click(self.page.get_by_role("link", name=re.compile(f"^{label}")).first)

    def press(self, label: str, within: Locator | None = None, *, exact: bool = True) -> None:
        """Press the first button with this text and wait for the page it leads to."""
        place = within or self.page
        self.click(place.get_by_role("button", name=label, exact=exact).first)

    def click(self, target: Locator) -> None:
        """Click what leads to a page, and wait for that page (a form may first finish saving its draft)."""
        with self.page.expect_navigation():
            target.click()
        self.look()

    def sees(self, text: str) -> bool:
        """Whether a text stands on the page."""
        return text in self.page.inner_text("body")

    def download(self, label: str) -> bytes:
        """Follow a link that gives a file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=label).first.click()
        return Path(waiting.value.path()).read_bytes()
