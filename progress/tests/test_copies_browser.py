"""What is typed is never lost, in a real browser: a closed tab, a dead line, a lost answer, another's change, a shared computer."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Route
from pytest_django.live_server_helper import LiveServer

from departments.models import User
from departments.tests.factories import PASSWORD, make_reporter
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.save import save
from progress.tests.at_the_form import at_the_form, make_cast_with_last
from progress.tests.cast import MORNING, Cast
from reformtracker.tests.chromium import Person
from reformtracker.tests.processes import LONGEST_WAIT, environment, running, wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]
FIRST, SECOND, THEIRS = "七个县的设备已经采购。", "七个县的设备已经采购并配置到位。", "同事写的另一份。"
COPIES = "() => Object.keys(localStorage).filter(key => key.startsWith('report-copy|')).length"


@pytest.fixture
def cast(committed_db: None) -> Cast:
    return make_cast_with_last()


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, cast: Cast) -> Person:
    return at_the_form(browser, live_server, cast)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(port: int, folder: Path) -> Iterator[None]:
    """Run the installation as a process of its own on this test's database; at the end it is killed."""
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with running(command, environment(folder, DEMO_TODAY="2020-12-10")):
        wait_until(lambda: listens(port), "the server listens")
        yield


def card_in(page: Page, cast: Cast) -> Locator:
    return page.locator(f"#task-{cast.task.pk}")


def stored(cast: Cast) -> ProgressReport:
    return ProgressReport.objects.get(pk=cast.report.pk)


def write_and_save(page: Page, cast: Cast, text: str) -> None:
    card = card_in(page, cast)
    before = card.locator("[name=version]").input_value()
    card.locator("[name=text]").fill(text)
    page.wait_for_selector(f"#task-{cast.task.pk} [name=version]:not([value='{before}'])", state="attached")


def close_and_open(person: Person) -> Page:
    """Close the tab as it is, and open the same page in a new one.

    A tab that closes is on the line again before its scripts have stopped, so they are kept from sending.
    """
    address = person.page.url
    person.page.evaluate("XMLHttpRequest.prototype.send = () => undefined")
    context = person.page.context
    person.page.close()
    person.faults.clear()  # the console named the requests that were cut off
    context.set_offline(False)
    person.page = context.new_page()
    person.page.set_default_timeout(15_000)
    person.page.goto(address)
    return person.page


def colleague_saves(cast: Cast, by: User, text: str) -> None:
    save(stored(cast), content=ReportContent(text=text), version=stored(cast).version, by=by, at=MORNING)


def wait_for_no_copy(page: Page) -> None:
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('report-copy|'))")


def test_it_brings_back_what_a_closed_tab_had_not_saved(reporter: Person, cast: Cast) -> None:
    write_and_save(reporter.page, cast, FIRST)
    wait_for_no_copy(reporter.page)
    reporter.cut_off()
    card_in(reporter.page, cast).locator("[name=text]").fill(SECOND)
    card_in(reporter.page, cast).locator("[name=problems]").fill("静宁县进度偏慢。")
    card_in(reporter.page, cast).locator("[value=lagging]").check()
    page = close_and_open(reporter)
    card = card_in(page, cast)
    card.get_by_text("已恢复未保存的文字").wait_for()
    assert card.locator("[name=text]").input_value() == SECOND
    card.get_by_text("已自动保存").wait_for()
    wait_for_no_copy(page)
    report = stored(cast)
    assert (report.text, report.problems, report.said_status) == (SECOND, "静宁县进度偏慢。", "lagging")
    reporter.look()
    card.get_by_role("button", name="不用恢复的内容").click()
    assert card.locator("[name=text]").input_value() == FIRST
    wait_for_no_copy(page)
    assert (stored(cast).text, stored(cast).said_status) == (FIRST, "normal")
    assert reporter.faults == []


def test_it_waits_for_the_line_to_come_back(reporter: Person, cast: Cast) -> None:
    page, card = reporter.page, card_in(reporter.page, cast)
    reporter.cut_off()
    card.locator("[name=text]").fill(FIRST)
    card.get_by_text("网络断开，文字留在本机").wait_for()
    card.get_by_role("button", name="提交", exact=True).click()
    card.get_by_text("没有提交").wait_for()
    assert card.locator("[name=text]").input_value() == FIRST
    page.context.set_offline(False)
    card.get_by_text("已自动保存").wait_for()
    wait_for_no_copy(page)
    assert stored(cast).text == FIRST
    card.locator("[name=said_percent]").fill("60")
    reporter.press("提交", card)
    assert stored(cast).state == "signed"
    assert page.evaluate(COPIES) == 0
    assert "saved=" not in page.url


def test_it_is_not_in_conflict_with_an_answer_that_was_lost(reporter: Person, cast: Cast) -> None:
    page, card = reporter.page, card_in(reporter.page, cast)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/save/", lose)
    card.locator("[name=text]").fill(FIRST)
    card.get_by_text("网络断开").wait_for()
    assert (stored(cast).text, stored(cast).version) == (FIRST, 1)
    page.unroute("**/save/")
    card.locator("[name=said_percent]").fill("60")
    card.locator("[name=text]").fill(SECOND)
    reporter.press("提交", card)
    assert (stored(cast).state, stored(cast).text) == ("signed", SECOND)
    assert page.evaluate(COPIES) == 0


def test_it_offers_both_texts_when_a_colleague_has_moved_on(reporter: Person, cast: Cast) -> None:
    card_in(reporter.page, cast).locator("[name=text]").fill(FIRST)
    assert reporter.page.evaluate(COPIES) == 1
    address = reporter.page.url
    reporter.page.goto("about:blank")
    colleague_saves(cast, make_reporter(cast.department, "刘洋"), THEIRS)
    reporter.page.goto(address)
    card = card_in(reporter.page, cast)
    card.get_by_text("本机还有没有保存的文字").wait_for()
    assert card.locator("[name=text]").input_value() == THEIRS
    reporter.look()
    reporter.press("对照两份内容", card)
    assert stored(cast).text == THEIRS
    assert reporter.page.locator("[name=text]").input_value() == FIRST
    assert "刘洋" in reporter.page.inner_text("main")
    reporter.page.locator("[name=text]").fill(f"{FIRST}{THEIRS}")
    reporter.press("用这一份存草稿")
    assert stored(cast).text == f"{FIRST}{THEIRS}"
    assert reporter.page.evaluate(COPIES) == 0
    assert not reporter.sees("本机还有")


def test_it_leaves_nothing_to_the_next_person_at_the_computer(reporter: Person, cast: Cast) -> None:
    page = reporter.page
    page.context.route("**/save/", lambda route: route.abort())
    card_in(page, cast).locator("[name=text]").fill(FIRST)
    page.get_by_role("button", name="退出").click()
    page.get_by_text("本机还有1份没有保存的文字").wait_for()
    assert page.evaluate(COPIES) == 1
    reporter.press("仍要退出")
    assert page.evaluate(COPIES) == 0
    page.evaluate(
        "localStorage.setItem('report-copy|999999|1-x', JSON.stringify({at: Date.now(), fields: []}))"
    )
    old = "{at: Date.now() - 8 * 86400000, fields: []}"
    page.evaluate(f"localStorage.setItem('report-copy|{cast.reporter.pk}|1-x', JSON.stringify({old}))")
    page.fill("[name=username]", cast.reporter.username)
    page.fill("[name=password]", PASSWORD)
    reporter.press("登录")
    assert page.evaluate(COPIES) == 0
    page.context.unroute("**/save/")
    page.goto(f"{reporter.base}/ledgers/{cast.ledger.pk}/filing/")
    card_in(page, cast).locator("[name=text]").fill(SECOND)
    reporter.press("退出")  # what can be saved is saved on the way out, without a question
    assert stored(cast).text == SECOND
    assert page.evaluate(COPIES) == 0


def test_it_holds_the_page_only_while_nothing_else_has_the_text(reporter: Person, cast: Cast) -> None:
    page, asked = reporter.page, list[str]()

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    reporter.cut_off()
    card_in(page, cast).locator("[name=text]").fill(FIRST)
    page.goto("about:blank")
    assert asked == []
    page.context.set_offline(False)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.go_back()
    card_in(page, cast).locator("[name=problems]").fill(SECOND)
    page.goto("about:blank")
    assert asked == ["beforeunload"]


def test_it_survives_a_server_that_is_killed_and_started_again(
    browser: Browser, cast: Cast, tmp_path: Path
) -> None:
    port = free_port()
    with serving(port, tmp_path):
        page = Person(browser, f"http://127.0.0.1:{port}", cast.reporter).page
        page.goto(f"http://127.0.0.1:{port}/ledgers/{cast.ledger.pk}/filing/")
        write_and_save(page, cast, FIRST)
    card = card_in(page, cast)
    card.locator("[name=text]").fill(SECOND)
    card.get_by_text("网络断开，文字留在本机").wait_for()
    with serving(port, tmp_path):
        card.get_by_text("已自动保存").wait_for(timeout=LONGEST_WAIT * 1000)
        assert (stored(cast).text, stored(cast).state) == (SECOND, "draft")
        with page.expect_navigation():
            card.get_by_role("button", name="提交", exact=True).click()
        assert (stored(cast).text, stored(cast).state) == (SECOND, "signed")
        assert page.evaluate(COPIES) == 0
