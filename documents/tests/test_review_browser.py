"""The review page in a real browser: in place, from the keyboard, with the original beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from departments.tests.factories import make_officer
from documents.models import Draft, PolicyDocument
from documents.reading import draft_problems, draft_tasks
from documents.tests.factories import make_offices, make_text_paper
from documents.tests.test_rearrange import PAPER
from reformtracker.tests.chromium import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]


@pytest.fixture
def paper(committed_db: None) -> PolicyDocument:
    return make_text_paper(PAPER, make_offices())


@pytest.fixture
def officer(browser: Browser, live_server: LiveServer, paper: PolicyDocument) -> Person:
    person = Person(browser, live_server.url, make_officer())
    person.page.set_viewport_size({"width": 1366, "height": 768})
    person.open(f"/documents/{paper.pk}/")
    return person


def refs() -> list[str]:
    return [one.ref for one in draft_tasks(Draft.objects.get())]


def test_it_saves_a_field_in_place_and_marks_its_source(officer: Person) -> None:
    page = officer.page
    page.locator("#row1").focus()
    page.keyboard.press("e")
    page.locator("#edit1 [name=participants]").focus()
    assert page.locator("[data-source] .is-focus").all_inner_texts() == ["市卫健委"]
    page.locator("#edit1 [name=participants]").fill("市卫健委\n市教育局")
    page.locator("#edit1 [name=title]").focus()
    page.locator("#save1").get_by_text("已自动保存").wait_for()
    page.locator("#edit1 [name=title]").fill("储备应急物资")
    page.keyboard.press("Enter")
    page.locator("#row1").get_by_text("储备应急物资").wait_for()
    task = draft_tasks(Draft.objects.get())[1]
    assert (task.title, task.participants) == ("储备应急物资", ("市卫健委", "市教育局"))
    page.locator("#edit1 [name=responsible]").fill("市民政局")
    page.keyboard.press("Tab")
    page.locator("#row1").get_by_text("市民政局").wait_for()
    assert "没有保存" not in page.locator("#save1").inner_text()
    officer.look()
    page.keyboard.press("Escape")
    assert page.locator("#edit1").is_hidden()
    assert officer.faults == []


def test_it_opens_the_field_that_a_mark_was_read_into(officer: Person) -> None:
    officer.page.locator("[data-source] mark[data-field~=leads]").first.click()
    officer.page.locator("#edit0 [name=leads]:focus").wait_for()
    assert officer.faults == []


def hold(page: Page, button: Locator) -> None:
    """Press the mouse on a button and keep it down until the field that was left for it is stored."""
    button.scroll_into_view_if_needed()
    button.hover()
    with page.expect_response("**/tasks/0/"):
        page.mouse.down()


def test_it_presses_what_was_pressed_while_a_field_was_saved(officer: Person) -> None:
    page = officer.page
    page.locator("#row0 [data-key=e]").click()
    page.locator("#edit0 [name=participants]").fill("市教育局")
    hold(page, page.locator("#issue-rule_inferred-leads-0 [value=accept]"))
    assert not page.locator("#save0").inner_text()
    with page.expect_navigation():
        page.mouse.up()
    draft = Draft.objects.get()
    assert draft_tasks(draft)[0].participants == ("市教育局",)
    assert not [one for one in draft_problems(draft) if one.open and one.kind == "rule_inferred"]
    assert officer.faults == []


def test_it_saves_a_field_that_is_folded_from_the_keyboard(officer: Person) -> None:
    page = officer.page
    page.locator("#row0 [data-key=e]").click()
    page.locator("#edit0 [name=participants]").fill(page.locator("#edit0 [name=leads]").input_value())
    page.keyboard.press("Escape")
    page.locator("#save0").get_by_text("没有保存").wait_for()
    page.locator("#edit0 [name=participants]").fill("市教育局")
    page.keyboard.press("Escape")
    page.locator("#edit0").wait_for(state="hidden")
    assert draft_tasks(Draft.objects.get())[0].participants == ("市教育局",)
    assert page.evaluate("document.activeElement.id") == "row0"


def test_it_presses_nothing_when_the_field_was_refused(officer: Person) -> None:
    page = officer.page
    page.locator("#row0 [data-key=e]").click()
    twice = page.locator("#edit0 [name=leads]").input_value()
    page.locator("#edit0 [name=participants]").fill(twice)
    hold(page, page.locator("#edit0 [data-close]"))
    page.mouse.up()
    page.locator("#save0").get_by_text("没有保存").wait_for()
    assert page.locator("#edit0 [name=participants]").input_value() == twice
    page.locator("#edit0 [data-close]").click()
    assert page.locator("#edit0").is_hidden()


def test_it_shows_both_texts_when_somebody_changed_the_task(officer: Person, paper: PolicyDocument) -> None:
    page = officer.page
    page.locator("#row0 [data-key=e]").click()
    page.locator("#edit0 [name=title]").wait_for()
    draft = Draft.objects.get()
    draft.content["tasks"][0]["title"] = "别人的标题"
    draft.version += 1
    draft.save()
    page.locator("#edit0 [name=title]").fill("我的标题")
    page.keyboard.press("Tab")
    page.locator("#save0").get_by_text("别人的标题").wait_for()
    assert page.locator("#edit0 [name=title]").input_value() == "我的标题"
    assert draft_tasks(Draft.objects.get())[0].title == "别人的标题"
    page.get_by_role("button", name="用我填写的保存").click()
    page.locator("#save0").get_by_text("已自动保存").wait_for()
    assert draft_tasks(Draft.objects.get())[0].title == "我的标题"


def test_it_is_worked_from_the_keyboard(officer: Person) -> None:
    page = officer.page
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    second = page.evaluate("document.activeElement.id")
    assert first.startswith("issue-")
    assert second.startswith("issue-")
    assert first != second
    page.locator("#issue-rule_inferred-leads-0").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert not [
        one for one in draft_problems(Draft.objects.get()) if one.open and one.kind == "rule_inferred"
    ]
    page.locator("#row1").focus()
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowUp")
    assert refs()[:2] == ["一/（二）", "一/（一）"]
    assert page.evaluate("document.activeElement.id") == "row1"
    with page.expect_navigation():
        page.keyboard.press("u")
    assert refs()[:2] == ["一/（一）", "一/（二）"]
    page.locator("#row0").focus()
    with page.expect_navigation():
        page.keyboard.press("s")
    officer.look()
    page.locator("#split [type=radio]").last.check()
    officer.press("拆分")
    assert refs()[:2] == ["一/（一）", "一/（一）-2"]
    page.keyboard.press("?")
    assert page.get_by_text("下一处、上一处需要核对的地方").is_visible()
    assert officer.faults == []


def test_it_merges_what_is_ticked(officer: Person) -> None:
    page = officer.page
    for key in ("0", "1"):
        page.locator(f"#row{key}").focus()
        page.keyboard.press("x")
    assert "已勾选2项" in page.locator("#several").inner_text()
    page.locator("#several [name=act]").select_option("merge")
    with page.expect_navigation():
        page.locator("#several [type=submit]").click()
    assert refs() == ["一/（一）", "一/（三）", "二/（四）"]
    assert officer.faults == []
