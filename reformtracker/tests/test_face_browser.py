"""The look in a real browser: accessible, free of the network, and losing no text. Drives Debian's Chromium.

Pages are rendered here and handed out by a small server, static files come from the finders, all under the
content policy of the settings. No database.
"""

import mimetypes
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, FilePayload, Page, Route

from departments.forms import SignInForm
from departments.models import Department, User
from reformtracker.design import SAMPLE_DAY, sample_context

pytestmark = [pytest.mark.browser]

PAGES: dict[str, str] = {}
COLOUR = "field => getComputedStyle(field).color"
IMPATIENT = """button => new Promise(done => {
  button.click();
  setTimeout(() => button.click(), 100);
  setTimeout(done, 200);
})"""
SIZES = [(1366, 768), (390, 844)]
DRAFT_FORM = """<form method="post" hx-post="/save/" hx-trigger="change, save" hx-target="#saved" data-save-state="saved">
<label for="text">进展</label><textarea class="form-control" id="text" name="text"></textarea><p id="saved"></p></form>"""


def pages() -> dict[str, str]:
    """The pages by address, as a signed-in coordinator (or a stranger) gets them."""
    ledger = Department(pk=1, name="平凉市2020年下半年医改重点工作任务")
    shell: dict[str, object] = {
        "user": User(username="lijing", full_name="李静"),
        "user_role": "协调员",
        "demo_today": SAMPLE_DAY,
        "navigation": [
            {"label": "工作台", "url": "/", "current": True},
            {"label": "审核", "url": "/r", "count": 15},
        ],
        "ledgers": [ledger],
        "current_ledger": ledger,
        "request": RequestFactory().get("/"),
    }
    refusal = render_to_string("403.html", {**shell, "reason": "只有市医改办协调员可以确认。"})
    return {
        "/living/": render_to_string("design/living.html", {**shell, **sample_context()}),
        "/signin/": render_to_string("departments/signin.html", {"form": SignInForm()}),
        "/refused/": refusal,
        "/draft/": refusal.replace('<section class="rt-panel">', f'{DRAFT_FORM}<section class="rt-panel">'),
        "/broken/": render_to_string("500.html"),
    }


def policy() -> str:
    """The content policy of the settings, as the header says it."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


class Office(BaseHTTPRequestHandler):
    """Hands out the pages and the static files; whatever is posted finds the session over."""

    def do_GET(self) -> None:  # the name that http.server calls
        path = urlsplit(self.path).path
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            self.reply(200 if found else 404, Path(str(found)).read_bytes() if found else b"", path)
        else:
            self.reply(200 if path in PAGES else 404, PAGES.get(path, "").encode(), "page.html")

    def do_POST(self) -> None:  # the name that http.server calls
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302)
        self.send_header("Location", "/signin/?next=/draft/")
        self.end_headers()

    def reply(self, status: int, body: bytes, name: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "text/plain")
        self.send_header("Content-Security-Policy", policy())
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the signature of http.server
        """Keep the output of the tests clean."""


class Server(ThreadingHTTPServer):
    """A page that is closed or goes on waits for no answer: that is no fault to tell."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="module")
def office() -> Iterator[str]:
    """The address of a server that stands in for the installation."""
    PAGES.update(pages())
    server = Server(("127.0.0.1", 0), Office)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def open_page(browser: Browser, address: str, size: tuple[int, int] = SIZES[0], scripts: bool = True) -> Page:
    """Open one of the pages."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    page.set_default_timeout(5000)
    page.goto(address)
    return page


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/living/", "/signin/", "/refused/", "/broken/"])
def test_it_has_no_barrier_and_fits_the_screen(
    browser: Browser, office: str, path: str, size: tuple[int, int]
) -> None:
    page = open_page(browser, office + path, size)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("path", ["/living/", "/signin/"])
def test_it_breaks_no_rule_of_the_content_policy(browser: Browser, office: str, path: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(office + path)
    assert page.evaluate("Boolean(window.htmx)")
    assert complaints == []


def test_it_names_chosen_files_in_chinese_whatever_the_browser_speaks(browser: Browser, office: str) -> None:
    page = open_page(browser, f"{office}/living/")
    field, words = page.locator("#id_good-evidence"), page.locator(".rt-picked").first
    assert words.inner_text().split() == ["选择文件", "没有选择文件"]
    field.set_input_files({"name": "现场1.pdf", "mimeType": "", "buffer": b"%PDF-"})
    assert "现场1.pdf" in words.inner_text()
    field.evaluate("field => { field.value = ''; field.dispatchEvent(new CustomEvent('files')); }")
    assert "没有选择文件" in words.inner_text()
    field.evaluate("field => { field.multiple = true; }")
    field.set_input_files(
        [FilePayload(name=name, mimeType="", buffer=b"%PDF-") for name in ("1.pdf", "2.pdf")]
    )
    assert "已选2个文件" in words.inner_text()
    with page.expect_file_chooser():
        field.click()
    assert field.evaluate(COLOUR) == "rgba(0, 0, 0, 0)"
    plain = open_page(browser, f"{office}/living/", scripts=False)
    assert plain.locator(".rt-picked").count() == 0
    assert plain.locator("#id_good-evidence").evaluate(COLOUR) != "rgba(0, 0, 0, 0)"


def test_it_writes_what_is_chosen_in_the_calendar_as_if_it_were_typed(browser: Browser, office: str) -> None:
    page = open_page(browser, f"{office}/living/")
    field, calendar = page.locator("#id_good-due_on"), page.locator("#id_good-due_on + [type=date]")
    page.evaluate(
        "window.heard = [];"
        "['input', 'change'].forEach(kind => document.addEventListener(kind, one => heard.push(one.target.name)))"
    )
    field.fill("2020年9月3日")
    calendar.dispatch_event("mousedown")
    assert calendar.input_value() == "2020-09-03"
    calendar.fill("2020-12-31")
    assert field.input_value() == "2020-12-31"
    assert field.evaluate("field => field === document.activeElement")
    assert set(page.evaluate("heard")) == {"good-due_on"}
    for typed, shown in (
        ("2021年3月1日", "2021-03-01"),
        ("20210301", "2021-03-01"),
        ("2021-2-30", "2021-2-30"),
        ("2021111", "2021111"),
    ):
        field.fill(typed)
        field.press("Tab")
        assert field.input_value() == shown
    box, holder = calendar.bounding_box(), field.bounding_box()
    assert box is not None
    assert holder is not None
    assert box["width"] < 40  # the rest of the field is for typing
    assert holder["x"] + holder["width"] - 2 <= box["x"] + box["width"] <= holder["x"] + holder["width"]
    assert open_page(browser, f"{office}/living/", scripts=False).locator("[type=date]").count() == 0


def test_it_calls_no_keyboard_of_a_telephone_after_the_calendar(browser: Browser, office: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.goto(f"{office}/living/")
    page.locator("#id_good-due_on + [type=date]").fill("2020-12-31")
    field = page.locator("#id_good-due_on")
    assert field.input_value() == "2020-12-31"
    assert not field.evaluate("field => field === document.activeElement")


def test_it_names_the_file_that_is_still_chosen_on_the_way_back(
    browser: Browser, office: str, tmp_path: Path
) -> None:
    paper = tmp_path / "方案.txt"
    paper.write_text("一、公共卫生")
    page = open_page(browser, f"{office}/living/")
    page.locator("#id_good-evidence").set_input_files(paper)
    page.goto(f"{office}/refused/")
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("#id_good-evidence").evaluate("field => field.files.length") == 1
    assert "方案.txt" in page.locator(".rt-picked").first.inner_text()


def test_it_jumps_to_a_place_instead_of_gliding(browser: Browser, office: str) -> None:
    page = open_page(browser, office + "/living/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_it_opens_the_menu_on_a_phone(browser: Browser, office: str, scripts: bool) -> None:
    page = open_page(browser, f"{office}/refused/", SIZES[1], scripts)
    assert not page.is_visible("#nav")
    page.click(".rt-menu-btn")
    assert page.is_visible("#nav a[aria-current=page]")
    page.click(".rt-menu-close")
    assert not page.is_visible("#nav")


def test_it_waits_for_the_button_when_the_choice_comes_from_the_keyboard(
    browser: Browser, office: str
) -> None:
    page = open_page(browser, f"{office}/living/")
    button = page.locator(".rt-topbar .rt-ledger-pick button")
    assert not button.is_visible()
    page.locator("#ledger").evaluate("list => list.add(new Option('另一台账', '2'))")
    page.focus("#ledger")
    page.keyboard.press("ArrowDown")
    assert button.is_visible()
    assert page.url == f"{office}/living/"


def save(page: Page, text: str) -> None:
    """Write into the draft and leave the field, which saves it."""
    page.fill("#text", text)
    page.locator("#text").dispatch_event("change")


def test_it_saves_again_when_the_line_is_back(browser: Browser, office: str) -> None:
    page = open_page(browser, f"{office}/draft/")
    page.route("**/save/", lambda route: route.abort())
    save(page, "完成摸底")
    page.wait_for_selector("#saved .is-offline")
    page.route("**/save/", lambda route: route.fulfill(body="<span>已自动保存 10:42</span>"))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("#saved :text('已自动保存')")
    assert page.input_value("#text") == "完成摸底"


def test_it_stands_still_under_a_held_button(browser: Browser, office: str) -> None:
    page = open_page(browser, f"{office}/draft/")
    page.route("**/save/", lambda route: route.fulfill(body="<span>已自动保存 10:42</span>"))
    page.hover("h1")
    page.mouse.down()
    with page.expect_response("**/save/"):
        save(page, "完成摸底")
    page.evaluate("() => new Promise(done => setTimeout(done, 50))")
    assert page.inner_text("#saved") == ""
    page.mouse.up()
    page.wait_for_selector("#saved :text('已自动保存')")


def test_it_sends_a_form_once_however_often_it_is_pressed(browser: Browser, office: str) -> None:
    page, sent = open_page(browser, f"{office}/signin/"), list[str]()

    def stay(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)  # the page stays, as while no answer comes

    page.route("**/signin/", stay)
    page.fill("[name=username]", "lijing")
    page.fill("[name=password]", "nonsense")
    for times in (1, 2):
        with page.expect_response("**/signin/"):
            page.get_by_role("button", name="登录").evaluate(IMPATIENT)
        assert sent == ["POST"] * times
        page.evaluate("window.dispatchEvent(new Event('pageshow'))")  # it came back: once more


def test_it_keeps_the_text_when_the_session_is_over(browser: Browser, office: str) -> None:
    page = open_page(browser, f"{office}/draft/")
    save(page, "完成摸底")
    page.wait_for_selector("#saved a[href='/signin/'][target=_blank]")
    assert page.input_value("#text") == "完成摸底"


def test_it_sends_the_token_of_the_cookie(browser: Browser, office: str) -> None:
    page = open_page(browser, f"{office}/draft/")
    page.context.add_cookies([{"name": settings.CSRF_COOKIE_NAME, "value": "fresh", "url": office}])
    with page.expect_request("**/save/") as sent:
        save(page, "完成摸底")
    assert sent.value.headers["x-csrftoken"] == "fresh"
