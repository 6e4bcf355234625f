"""The filing page in a real browser: it saves by itself, is never in conflict with itself, loses no click."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator
from pytest_django.live_server_helper import LiveServer

from progress.models import Contribution, ProgressReport
from progress.tests.at_the_form import at_the_form, make_cast_with_last
from progress.tests.cast import Cast
from progress.tests.contributions import make_note, make_partner
from progress.tests.evidence import PDF, PNG
from reformtracker.tests.chromium import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]


@pytest.fixture
def cast(committed_db: None) -> Cast:
    return make_cast_with_last()


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, cast: Cast) -> Person:
    return at_the_form(browser, live_server, cast)


def card_of(person: Person, cast: Cast) -> Locator:
    return person.page.locator(f"#task-{cast.task.pk}")


def write(person: Person, card: Locator, text: str) -> None:
    """Write, and wait until the page has saved it by itself and shows the new version."""
    saves(person, card, lambda: card.locator("[name=text]").fill(text))


def saves(person: Person, card: Locator, act: Callable[[], None]) -> None:
    """Do something on a card, and wait until the page has saved it by itself."""
    before = card.locator("[name=version]").input_value()
    act()
    person.page.wait_for_function(
        "([id, before]) => document.querySelector(`#${id} [name=version]`).value !== before",
        arg=[card.get_attribute("id"), before],
    )


def stored(cast: Cast) -> ProgressReport:
    return ProgressReport.objects.get(pk=cast.report.pk)


def test_it_saves_by_itself_and_goes_on_from_there(reporter: Person, cast: Cast) -> None:
    card = card_of(reporter, cast)
    write(reporter, card, "第一稿")
    write(reporter, card, "第二稿")
    report = stored(cast)
    assert (report.text, report.state, report.version) == ("第二稿", "draft", 2)
    assert "已自动保存" in card.inner_text()
    assert "草稿" in card.inner_text()
    assert reporter.faults == []


def test_it_takes_the_press_that_ends_the_writing(reporter: Person, cast: Cast) -> None:
    card = card_of(reporter, cast)
    card.locator("[name=text]").fill("写完就提交。")
    card.locator("[name=said_percent]").fill("60")
    reporter.press("提交", card)
    report = stored(cast)
    assert (report.state, report.text, report.said_percent) == ("signed", "写完就提交。", 60)
    assert reporter.faults == []


def test_it_asks_only_for_the_reason_when_nothing_changed(reporter: Person, cast: Cast) -> None:
    card = card_of(reporter, cast)
    card.locator("[name=no_change]").check()
    assert not card.locator("[name=text]").is_visible()
    assert not card.locator("[name=other_reason]").is_visible()
    card.locator("[name=no_change_reason]").select_option("等待上级部署或资金")
    reporter.press("提交", card)
    report = stored(cast)
    assert (report.state, report.no_change, report.said_percent) == ("signed", True, 45)


def test_it_asks_for_cause_and_remedy_of_what_lags_and_counts_what_is_written(
    reporter: Person, cast: Cast
) -> None:
    card = card_of(reporter, cast)
    assert not card.locator("[name=cause]").is_visible()
    card.get_by_text("滞后", exact=True).click()
    card.locator("[name=cause]").select_option("资金未到位")
    card.locator("[name=remedy]").select_option("争取资金")
    card.locator("[name=problems]").fill("资金尚缺。")
    assert card.get_by_text("5/1000字", exact=True).is_visible()
    card.locator("[name=problems]").fill("字" * 1001)
    assert card.get_by_text("1001/1000字，超过1字", exact=True).is_visible()
    card.locator("[name=problems]").fill("资金尚缺。")
    card.locator("[name=next_steps]").fill("年底前落实。")
    reporter.press("提交", card)
    report = stored(cast)
    assert (report.state, report.cause, report.remedy) == ("signed", "资金未到位", "争取资金")
    assert reporter.faults == []


def test_it_shows_both_texts_to_the_second_of_two_tabs(reporter: Person, cast: Cast) -> None:
    address = reporter.page.url
    second = reporter.page.context.new_page()
    second.goto(address)
    write(reporter, card_of(reporter, cast), "第一页写的")
    card = second.locator(f"#task-{cast.task.pk}")
    card.locator("[name=text]").fill("第二页写的")
    card.get_by_text("已在别处改动").wait_for()
    with second.expect_navigation():
        card.get_by_role("button", name="存草稿").click()
    assert "这份报告在另一页改动过" in second.inner_text("body")
    assert second.locator("[name=text]").input_value() == "第二页写的"
    with second.expect_navigation():
        second.get_by_role("button", name="用这一份存草稿").click()
    assert stored(cast).text == "第二页写的"


def test_it_takes_a_note_over_in_place_and_asks_without_making_a_draft(reporter: Person, cast: Cast) -> None:
    partner, other = make_partner(cast), make_partner(cast, "市医保局")
    make_note(cast, partner, "given")
    reporter.open(f"/ledgers/{cast.ledger.pk}/filing/")
    card = card_of(reporter, cast)
    card.get_by_text("请其他参与单位提供情况").click()
    card.locator("[name=ask-request]").fill("医保支付情况")
    reporter.press("请所选单位提供", card)
    assert stored(cast).state == "expected"
    assert Contribution.objects.get(department=other.department).request == "医保支付情况"
    write(reporter, card, "系统已建成。")
    saves(reporter, card, card.get_by_role("button", name="采用市民政局提供的情况").click)
    assert stored(cast).text == "系统已建成。\n市民政局：已拨付资金200万元。"
    assert reporter.faults == []


def test_it_does_not_count_with_the_wheel_of_the_mouse(reporter: Person, cast: Cast) -> None:
    percent = reporter.page.locator(f"#task-{cast.task.pk} [name=said_percent]")
    percent.fill("60")
    percent.hover()
    reporter.page.mouse.wheel(0, 240)
    reporter.page.wait_for_function("() => window.scrollY > 0")
    assert percent.input_value() == "60"


def test_it_sends_a_file_when_it_is_chosen_and_submits_after_it(reporter: Person, cast: Cast) -> None:
    card = card_of(reporter, cast)
    card.locator("[name=text]").fill("写到一半。")
    card.locator("[name=files]").set_input_files({"name": "现场.png", "mimeType": "image/png", "buffer": PNG})
    card.locator(".rt-file", has_text="现场.png").wait_for()
    assert "没有选择文件" in card.locator(".rt-picked").inner_text()
    card.locator(".rt-files button").click()
    card.locator(".rt-file").wait_for(state="detached")
    card.locator("[name=said_percent]").fill("60")
    card.locator("[name=files]").set_input_files({"name": "方案.pdf", "mimeType": "", "buffer": PDF})
    reporter.press("提交", card)
    report = stored(cast)
    assert (report.state, report.text) == ("signed", "写到一半。")
    assert [file.name for file in report.evidence.present()] == ["方案.pdf"]
    assert reporter.faults == []
