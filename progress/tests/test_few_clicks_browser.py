"""How little a report costs, counted in a real browser by what the hands do; and all of it from the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from progress.models import ProgressReport
from progress.tests.at_the_form import at_the_form, make_cast_with_last
from progress.tests.cast import Cast
from reformtracker.tests.chromium import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]

# A press of the mouse anywhere but in a text field is one interaction, a text field that is filled another.
COUNTER = """
() => {
  const filled = new Set();
  const field = node => node.closest("textarea, input[type=number], input[type=text]");
  addEventListener("mousedown", event => { if (event.isTrusted && !field(event.target)) counted("press"); }, true);
  addEventListener("input", event => {
    const found = field(event.target);
    if (found && !filled.has(found)) { filled.add(found); counted("fill " + found.name); }
  }, true);
}
"""
STOPS = """
card => {
  const all = [...card.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const seen = one => one.offsetParent && one.tabIndex >= 0 && !one.closest("details:not([open]) > :not(summary)");
  const stops = all.filter(one => seen(one) && !one.disabled && (one.type !== "radio" || one.checked));
  stops.forEach((one, index) => one.setAttribute("data-stop", index));
  stops[0].focus();
  return stops.length;
}
"""
HERE = """
() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return [Number(one.getAttribute("data-stop") || -1), style.outlineStyle !== "none" && style.outlineWidth !== "0px"];
}
"""


@pytest.fixture
def cast(committed_db: None) -> Cast:
    return make_cast_with_last()


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, cast: Cast) -> Person:
    return at_the_form(browser, live_server, cast)


def count_in(page: Page) -> list[str]:
    """What the hands do from now on."""
    done = list[str]()
    page.expose_function("counted", lambda what: done.append(what))
    page.evaluate(COUNTER)
    return done


def test_an_unchanged_task_takes_two_clicks(reporter: Person, cast: Cast) -> None:
    page, done = reporter.page, count_in(reporter.page)
    card = page.locator(f"#task-{cast.task.pk}")
    card.locator("[name=no_change]").click()
    reason = card.get_by_label("无变化的原因")
    assert reason.is_visible()
    assert reason.input_value() == "按计划推进中，本季没有新的节点"
    reporter.press("提交", card)
    report = ProgressReport.objects.get(pk=cast.report.pk)
    assert (report.state, report.no_change_reason) == ("signed", "按计划推进中，本季没有新的节点")
    assert reporter.sees("已提交")
    print(f"unchanged task: {len(done)} interactions {done}")  # the measurement
    assert len(done) <= 2


def test_a_changed_task_takes_at_most_six(reporter: Person, cast: Cast) -> None:
    page, done = reporter.page, count_in(reporter.page)
    card = page.locator(f"#task-{cast.task.pk}")
    card.locator("[name=text]").fill("化债办法已经印发。")
    card.locator("[name=said_percent]").fill("60")
    card.get_by_text("超前", exact=True).click()
    reporter.press("提交", card)
    report = ProgressReport.objects.get(pk=cast.report.pk)
    assert (report.state, report.text, report.said_percent, report.said_status) == (
        "signed",
        "化债办法已经印发。",
        60,
        "ahead",
    )
    print(f"changed task: {len(done)} interactions {done}")  # the measurement
    assert 4 <= len(done) <= 6


def test_the_keyboard_reaches_everything_in_order_and_lands_on_the_fault(
    reporter: Person, cast: Cast
) -> None:
    page = reporter.page
    card = page.locator(f"#task-{cast.task.pk}")
    count = card.evaluate(STOPS)
    seen = [page.evaluate(HERE)]
    for _ in range(count - 1):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(HERE))
    assert seen == [[index, True] for index in range(count)]
    card.locator("[name=text]").fill("")
    card.locator("[name=said_percent]").fill("40")
    card.locator("[name=problems]").focus()
    for _ in range(count):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "提交":
            break
    assert page.evaluate("document.activeElement.textContent") == "提交"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "text"
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('report-copy|'))")
    draft = ProgressReport.objects.get(pk=cast.report.pk)
    assert (draft.state, draft.said_percent) == ("draft", 40)
