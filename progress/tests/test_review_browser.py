"""The reviewer's desk in a real browser: a whole queue is reviewed from the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog, expect
from pytest_django.live_server_helper import LiveServer

from progress.models import ProgressReport
from progress.return_reasons import USUAL
from progress.tests.cast import DAY, Cast, make_cast
from progress.tests.factories import make_report
from reformtracker.tests.chromium import Person
from tasks.tests.factories import make_task

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]
ACCEPT, SKIP = ("a", "Enter"), ("j",)


@pytest.fixture
def cast(committed_db: None) -> Cast:
    cast = make_cast()
    cast.in_state("signed", said_percent=50)
    for percent in range(51, 60):
        task = make_task(cast.ledger, leads=(cast.department,))
        make_report(
            cast.period,
            task,
            cast.department,
            submitted_on=DAY,
            said_percent=percent,
            written_by=cast.reporter,
        )
    return cast


class Keyboard:
    """A person who never touches the mouse; `presses` counts the keys."""

    def __init__(self, person: Person) -> None:
        self.page, self.presses = person.page, 0

    def press(self, *keys: str) -> None:
        """Press keys that stay on the page."""
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def decide(self, *keys: str) -> None:
        """Press keys of which the last leads to the next report."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])


def without_keys(person: Person) -> None:
    """The keys can be switched off; the buttons stay."""
    person.page.get_by_label("使用单键操作").uncheck()
    person.page.keyboard.press("1")
    assert person.page.locator("[name=note]").input_value() == ""
    person.page.get_by_role("button", name="1 材料空泛").click()
    assert person.page.locator("[name=note]").input_value() == USUAL["vague"][1]


def test_it_reviews_ten_reports_from_the_keyboard_alone(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    person = Person(browser, live_server.url, cast.coordinator)
    person.open(f"/ledgers/{cast.ledger.pk}/review/")
    keyboard = Keyboard(person)

    for _ in range(3):
        keyboard.decide(*ACCEPT)
    expect(person.page.locator("h2:focus")).to_be_visible()
    keyboard.decide("1", "Enter")  # the fourth: too vague
    keyboard.decide(*SKIP)  # the fifth stays
    keyboard.press("4", "6")  # the sixth: two usual reasons
    expect(person.page.locator("[data-return]:focus")).to_be_visible()
    keyboard.decide("Enter")
    keyboard.press("r", "a", "1", "j")  # the seventh: written by hand, letters and digits are letters there
    assert person.page.locator("[name=note]").input_value() == "a1j"
    keyboard.decide("Escape", "Enter")
    for _ in range(2):
        keyboard.decide(*ACCEPT)
    keyboard.press("c", "4", "0", "Enter")  # Enter in a field decides nothing
    keyboard.decide("Escape", "Enter")  # the tenth with the office's own number

    reports = {one.said_percent: one for one in ProgressReport.objects.all()}
    accepted = {said: one.confirmed_percent for said, one in reports.items() if one.state == "accepted"}
    assert accepted == {50: 50, 51: 51, 52: 52, 57: 57, 58: 58, 59: 40}
    assert reports[53].return_reason == USUAL["vague"][1]
    assert reports[55].return_reason == USUAL["lagging"][1] + USUAL["form"][1]
    assert reports[56].return_reason == "a1j"
    assert reports[54].state == "signed"
    assert "待审核" in person.page.inner_text("#h-queue")
    assert person.faults == []
    without_keys(person)
    print(f"十份报告，按键{keyboard.presses}次")  # the figure that the test is about


def test_the_second_press_of_a_double_click_confirms_nothing_unseen(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    person = Person(browser, live_server.url, cast.coordinator)
    person.open(f"/ledgers/{cast.ledger.pk}/review/")
    page, accepted = person.page, ProgressReport.objects.filter(state="accepted")
    button = page.locator("[data-accept]")
    with page.expect_navigation():
        button.dblclick(no_wait_after=True)
    button.hover()  # the next report stands there already
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(300)
    assert accepted.count() == 1
    person.click(button)
    assert accepted.count() == 2


def test_the_second_press_of_a_double_click_steps_over_no_report(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    person = Person(browser, live_server.url, cast.coordinator)
    person.open(f"/ledgers/{cast.ledger.pk}/review/")
    page, link = person.page, person.page.get_by_role("link", name="跳过，看下一份")
    with page.expect_navigation():
        link.dblclick(no_wait_after=True)
    second = page.url
    link.hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(300)
    assert page.url == second
    person.click(link)
    assert page.url != second


def test_it_asks_before_a_written_opinion_is_left_behind(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    person = Person(browser, live_server.url, cast.coordinator)
    person.open(f"/ledgers/{cast.ledger.pk}/review/")
    page, asked = person.page, list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    def try_to_leave() -> None:
        with page.expect_event("dialog"):
            page.get_by_role("link", name="看板").click(no_wait_after=True)

    page.on("dialog", stay)
    page.locator("[name=note]").fill("请写明投入使用情况。")
    try_to_leave()
    assert asked == ["beforeunload"]
    page.locator("[name=percent]").fill("八十")
    person.click(page.locator("[data-accept]"))
    assert person.sees("请填0至100之间的整数。")
    try_to_leave()
    assert asked == ["beforeunload"] * 2
    assert page.locator("[name=note]").input_value() == "请写明投入使用情况。"
    person.press("退回修改")
    assert asked == ["beforeunload"] * 2
    assert ProgressReport.objects.get(state="returned").return_reason == "请写明投入使用情况。"
