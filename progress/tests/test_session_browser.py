"""A session that ends while somebody writes, in a real browser: warned in time, signed in again in place, nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from departments.models import UserSession
from departments.tests.factories import PASSWORD, make_reporter
from progress.models import ProgressReport
from progress.tests.at_the_form import at_the_form, make_cast_with_last
from progress.tests.cast import Cast
from reformtracker.tests.chromium import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]
TEXT = "七个县的设备已经配置到位。"


@pytest.fixture
def cast(committed_db: None) -> Cast:
    return make_cast_with_last()


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, cast: Cast) -> Person:
    return at_the_form(browser, live_server, cast)


def end_session() -> None:
    """The server forgets who was signed in."""
    Session.objects.all().delete()
    UserSession.objects.all().delete()


def stored(cast: Cast) -> ProgressReport:
    return ProgressReport.objects.get(pk=cast.report.pk)


def sign_in_again(person: Person, username: str = "", password: str = PASSWORD) -> None:
    person.page.wait_for_selector("#again [name=password]", state="visible")
    if username:
        person.page.fill("#again [name=username]", username)
    person.page.fill("#again [name=password]", password)
    person.page.click("#again form button")


def test_it_submits_what_was_written_after_signing_in_in_place(reporter: Person, cast: Cast) -> None:
    card = reporter.page.locator(f"#task-{cast.task.pk}")
    card.locator("[name=said_percent]").fill("60")
    card.locator("[name=text]").fill("第一稿")
    reporter.page.wait_for_selector(".rt-save:has-text('已自动保存')")
    end_session()
    card.locator("[name=text]").fill(TEXT)
    reporter.page.get_by_role("button", name="提交", exact=True).first.click()
    sign_in_again(reporter, password="nonsense")
    reporter.page.wait_for_selector("#again [data-again-fault]:has-text('密码不正确')")
    assert card.locator("[name=text]").input_value() == TEXT
    with reporter.page.expect_navigation():
        sign_in_again(reporter)
    report = stored(cast)
    assert (report.state, report.text, report.said_percent) == ("signed", TEXT, 60)


def test_it_saves_the_draft_that_could_not_be_saved(reporter: Person, cast: Cast) -> None:
    card = reporter.page.locator(f"#task-{cast.task.pk}")
    end_session()
    card.locator("[name=text]").fill(TEXT)
    sign_in_again(reporter)
    reporter.page.wait_for_selector(".rt-save:has-text('已自动保存')")
    assert (stored(cast).text, stored(cast).state) == (TEXT, "draft")
    assert not reporter.page.is_visible("#again")


def test_it_gives_nothing_to_another_who_signs_in_there(reporter: Person, cast: Cast) -> None:
    other = make_reporter(cast.department, "刘洋")
    end_session()
    reporter.page.locator(f"#task-{cast.task.pk} [name=text]").fill(TEXT)
    reporter.page.get_by_role("button", name="提交", exact=True).first.click()
    with reporter.page.expect_navigation():
        sign_in_again(reporter, other.username)
    assert reporter.page.url.removeprefix(reporter.base) == "/"
    assert TEXT not in reporter.page.content()
    assert stored(cast).text != TEXT


def test_it_does_not_send_a_page_under_the_name_of_another_tab(reporter: Person, cast: Cast) -> None:
    other = make_reporter(cast.department, "刘洋")
    tab = reporter.page.context.new_page()
    reporter.page.context.clear_cookies()
    tab.goto(f"{reporter.base}/signin/")
    tab.fill("[name=username]", other.username)
    tab.fill("[name=password]", PASSWORD)
    with tab.expect_navigation():
        tab.get_by_role("button", name="登录").click()
    reporter.page.locator(f"#task-{cast.task.pk} [name=text]").fill(TEXT)
    reporter.page.get_by_role("button", name="提交", exact=True).first.click()
    reporter.page.wait_for_selector("#again [name=password]", state="visible")
    assert stored(cast).text != TEXT


def test_it_warns_saves_and_goes_on(
    browser: Browser, live_server: LiveServer, cast: Cast, settings: Settings
) -> None:
    person = at_the_form(browser, live_server, cast)
    person.page.locator(f"#task-{cast.task.pk} [name=text]").fill(TEXT)
    person.page.wait_for_selector(".rt-save:has-text('已自动保存')")
    nearly = timezone.now() - timedelta(minutes=settings.IDLE_MINUTES) + timedelta(seconds=90)
    UserSession.objects.update(seen_at=nearly)
    with person.page.expect_response("**/session/"):
        person.page.evaluate("Date.now = ((now) => () => now() + 28.6 * 60000)(Date.now)")
    person.page.wait_for_selector("[data-again-keep]", state="visible")
    assert "秒" in person.page.inner_text("[data-again-left]")
    assert UserSession.objects.get().seen_at == nearly  # neither asking nor saving the draft was an act
    person.page.click("[data-again-keep]")
    person.page.wait_for_selector("#again", state="hidden")
    assert UserSession.objects.get().seen_at > nearly + timedelta(minutes=20)


def test_it_keeps_a_form_without_a_script(browser: Browser, live_server: LiveServer, cast: Cast) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/signin/")
    page.fill("[name=username]", cast.reporter.username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{live_server.url}/ledgers/{cast.ledger.pk}/filing/")
    end_session()
    page.locator(f"#task-{cast.task.pk} [name=text]").fill(TEXT)
    page.locator(f"#task-{cast.task.pk} [name=said_percent]").fill("60")
    page.get_by_role("button", name="提交", exact=True).first.click()
    page.fill("[name=username]", cast.reporter.username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    assert TEXT in page.inner_text("main")
    page.get_by_role("button", name="继续提交").click()
    report = stored(cast)
    assert (report.state, report.text, report.said_percent) == ("signed", TEXT, 60)


def test_it_leaves_the_cursor_to_somebody_who_is_typing(reporter: Person, cast: Cast) -> None:
    page, field = reporter.page, reporter.page.locator(f"#task-{cast.task.pk} [name=text]")
    field.fill("七个县")
    end_session()
    field.press("End")
    page.keyboard.type("的设备")
    page.wait_for_selector("#again [name=password]", state="visible")
    page.keyboard.type("已经配置到位。")
    assert (field.input_value(), page.input_value("#again [name=password]")) == (TEXT, "")
    assert "登录已过期" in page.inner_text("#again [role=alert][data-again-said]")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".rt-save:has-text('已自动保存')")
    assert stored(cast).text == TEXT
    assert page.evaluate("document.activeElement.name") == "text"


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_it_has_no_barrier_in_its_panel(reporter: Person, size: tuple[int, int]) -> None:
    reporter.page.set_viewport_size({"width": size[0], "height": size[1]})
    end_session()
    reporter.page.locator("[name=text]").first.fill(TEXT)
    reporter.page.get_by_role("button", name="提交", exact=True).first.click()
    reporter.page.wait_for_selector("#again [name=password]", state="visible")
    assert reporter.page.evaluate("document.activeElement.name") == "password"
    for _ in range(4):
        reporter.page.keyboard.press("Tab")
        assert reporter.page.evaluate("document.getElementById('again').contains(document.activeElement)")
    assert reporter.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    reporter.faults.clear()  # 401 is an error in the console of the browser, and meant to be
    reporter.look()
    assert reporter.faults == []
