"""The shell, the pages that refuse, the sign-in page, and the parts every page is made of."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from departments.models import Department, User
from departments.templatetags import face
from departments.tests.drawing import draw, partial, whole, words

DAY = date(2020, 12, 10)
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
SCRIPTS = sorted(path.name for path in Path(settings.BASE_DIR, "static/js").glob("*.js"))
BOOTSTRAP_5_3_8 = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"
NEWER_STYLE = (":is(", ":has(", "inset:", "aspect-ratio", "clamp(", "//fonts.")
NEWER_SCRIPT = ("?.", "=>", "const ", "let ", "async ")


def shell(template: str = "403.html", **context: object) -> Any:
    """A whole page as a signed-in coordinator sees it."""
    user = User(username="lijing", full_name="李静")
    request = RequestFactory().get("/tasks/?light=red")
    given: dict[str, object] = {
        "user": user,
        "user_post": "市医改办",
        "user_role": "协调员",
        "request": request,
        **context,
    }
    return whole(template, **given)


def test_it_says_why_a_form_is_locked() -> None:
    drawn = partial("note", tone="strong", lock=True, title="不能修改：已提交。", text="可在审核前撤回。")
    assert drawn.find_class("rt-lock")[0].find("svg") is not None
    assert words(drawn) == "不能修改：已提交。可在审核前撤回。"


@pytest.mark.parametrize(
    ("level", "tone"), [("success", "info"), ("warning", "warn"), ("error", "error"), ("", "info")]
)
def test_it_gives_a_message_its_tone(level: str, tone: str) -> None:
    assert face.note_tone(level) == tone


@pytest.mark.parametrize(
    ("state", "role", "said"),
    [
        ("saving", "status", "正在保存"),
        ("saved", "status", "已自动保存10:42"),
        ("offline", "alert", "网络断开，文字留在本页，恢复后自动保存"),
        ("expired", "alert", "！登录已过期，文字留在本页。在新窗口登录后回到本页，自动保存"),
        ("failed", "alert", "！没有保存成功，文字留在本页再试一次"),
    ],
)
def test_it_says_how_the_saving_stands(state: str, role: str, said: str) -> None:
    drawn = partial("save_state", state=state, at=datetime(2020, 12, 10, 2, 42, tzinfo=UTC), near=DAY)
    assert drawn[0].get("role") == role
    assert words(drawn) == said


def test_it_offers_one_way_on_from_an_empty_list() -> None:
    drawn = partial("empty", title="没有待审核的报告", text="已确认65份。", url="/board", action="查看看板")
    assert drawn.find(".//b").text == "没有待审核的报告"
    assert [one.get("href") for one in drawn.findall(".//a")] == ["/board"]


def test_it_shows_where_the_page_stands() -> None:
    drawn = draw('{% breadcrumb "平凉市" "" "台账" "/ledger" "（二十四）" "" nothing "" %}', nothing="")
    items = drawn.findall(".//li")
    assert [words(one) for one in items] == ["平凉市", "台账", "（二十四）"]
    assert [one.get("aria-current") for one in items] == [None, None, "page"]
    assert drawn.find(".//a").get("href") == "/ledger"


def test_it_keeps_the_filter_when_turning_pages() -> None:
    drawn = partial(
        "pagination",
        page=Paginator(range(64), 25).page(2),
        unit="项",
        request=RequestFactory().get("/?light=red"),
    )
    assert [one.get("href") for one in drawn.findall(".//a")] == ["?light=red&page=1", "?light=red&page=3"]
    assert "共64项，第2/3页" in words(drawn)


def test_it_draws_no_pages_for_a_short_list() -> None:
    assert len(partial("pagination", page=Paginator(range(3), 25).page(1))) == 0


def test_it_marks_the_current_place_and_what_waits() -> None:
    places = [
        {"label": "工作台", "url": "/", "count": 0, "current": False},
        {"label": "审核", "url": "/review", "count": 15, "current": True, "divider_before": True},
    ]
    nav = shell(navigation=places).get_element_by_id("nav")
    assert [words(one) for one in nav.findall(".//a[@aria-current='page']")] == ["审核待办15"]
    assert len(nav.findall(".//hr")) == 1
    assert len(nav.find_class("rt-count")) == 1


def test_it_signs_out_by_a_form_only() -> None:
    page = shell()
    assert {one.get("method") for one in page.findall(".//form[@action='/signout/']")} == {"post"}
    assert page.findall(".//a[@href='/signout/']") == []


def test_it_shows_the_day_of_a_demonstration() -> None:
    assert "系统日期设为2020年12月10日" in words(shell(demo_today=DAY))
    assert "系统日期设为" not in words(shell())


def test_it_gives_the_reason_of_a_refusal() -> None:
    page = shell(reason="只有市医改办<协调员>可以确认。")
    assert page.find(".//h1").text == "不能办理这一项"
    assert "只有市医改办<协调员>可以确认。" in words(page)


def test_it_does_not_say_whether_a_missing_page_exists() -> None:
    assert "地址有误，或不在您的查看范围内。" in words(shell("404.html"))


def test_it_hides_the_shell_from_strangers() -> None:
    page = whole("404.html")
    assert page.find(".//nav") is None
    assert page.find(".//h1").text == "没有找到这一页"


def test_it_says_sorry_without_any_context() -> None:
    page = whole("500.html")
    assert page.find(".//h1").text == "系统出错，这一步没有完成"
    assert page.findall(".//script") == []


def test_it_has_no_two_equal_ids_on_a_page() -> None:
    ids = shell(ledgers=[Department(pk=1, name="台账")], navigation=[]).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_it_warns_at_the_door_that_nothing_secret_belongs_here() -> None:
    class SignIn(forms.Form):
        username = forms.CharField(label="用户名")
        password = forms.CharField(label="密码", widget=forms.PasswordInput)

    form = SignIn({"username": "lijing", "password": "wrong"})
    form.add_error(None, "用户名或密码不正确。")
    page = whole("departments/signin.html", form=form, next="/x")
    assert "本系统为非涉密系统" in words(page)
    assert page.find(".//*[@role='alert']").text == "用户名或密码不正确。"
    assert page.find(".//input[@name='next']").get("value") == "/x"
    assert page.find(".//input[@name='password']").get("value") is None


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_keeps_script_and_style_out_of_the_templates(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "<style" not in text
    assert "<script>" not in text
    assert 'style="' not in text.replace('style="--', "")
    assert " onclick=" not in text


@pytest.mark.parametrize(
    ("name", "newer"),
    [
        *((f"css/{name}", NEWER_STYLE) for name in ("tokens.css", "face.css")),
        *((f"js/{name}", NEWER_SCRIPT) for name in SCRIPTS),
    ],
)
def test_it_asks_nothing_that_old_browsers_lack(name: str, newer: tuple[str, ...]) -> None:
    text = Path(settings.BASE_DIR, "static", name).read_text(encoding="utf-8")
    assert [word for word in newer if word in text] == []


def test_it_reads_the_token_from_the_cookie_that_the_settings_name() -> None:
    script = Path(settings.BASE_DIR, "static/js/app.js").read_text(encoding="utf-8")
    assert f"{settings.CSRF_COOKIE_NAME}=" in script


@pytest.mark.parametrize("state", ["saving", "offline", "expired", "failed"])
def test_it_hands_the_script_every_state_of_saving(state: str) -> None:
    assert f'id="save-{state}"' in render_to_string("partials/save_templates.html")


def test_it_loads_the_bootstrap_that_the_look_was_tuned_over() -> None:
    sheet = finders.find("bootstrap/css/bootstrap.min.css")
    assert sheet
    assert sha256(Path(str(sheet)).read_bytes()).hexdigest() == BOOTSTRAP_5_3_8


def test_it_lets_htmx_neither_evaluate_nor_remember() -> None:
    config = json.loads(whole("404.html").find(".//meta[@name='htmx-config']").get("content"))
    assert not config["allowEval"]
    assert not config["includeIndicatorStyles"]
    assert config["historyCacheSize"] == 0
    assert {rule["code"] for rule in config["responseHandling"] if rule["swap"]} == {"[23]..", "409", "422"}
