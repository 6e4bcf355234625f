"""Lights, states, figures, dates and names: what each must never lose when drawn."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from lxml.html import HtmlElement

from departments.models import Department
from departments.templatetags import face
from departments.tests.drawing import draw, words

DAY = date(2020, 12, 10)


@dataclass(frozen=True)
class Lamp:
    """A light as the light rule returns it."""

    colour: str = "red"
    word: str = "红 滞后"
    reasons: tuple[str, ...] = ("超过完成时限10天", "静宁县第三季度未报")


def test_it_draws_a_light_with_shape_word_and_reasons() -> None:
    drawn = draw("{% light lamp %}", lamp=Lamp())
    assert drawn.find_class("is-red")[0].text_content() == "红 滞后"
    assert [reason.text for reason in drawn.find_class("rt-reasons")[0]] == list(Lamp().reasons)


@pytest.mark.parametrize("colour", ["red", "yellow", "green", "done", "idle", "stop"])
def test_it_has_a_shape_of_its_own_for_every_colour(colour: str) -> None:
    sheet = Path(settings.BASE_DIR, "static/css/tokens.css").read_text(encoding="utf-8")
    assert f".rt-light.is-{colour}" in sheet
    assert draw("{% light lamp %}", lamp=Lamp(colour)).find_class(f"is-{colour}")


def test_it_leaves_the_reasons_out_when_asked() -> None:
    assert not draw("{% light lamp reasons=False %}", lamp=Lamp()).find_class("rt-reasons")


def test_it_leaves_no_empty_reasons() -> None:
    assert not draw("{% light lamp %}", lamp=Lamp("idle", "未到期", ())).find_class("rt-reasons")


def test_it_escapes_what_a_reason_says() -> None:
    drawn = draw("{% light lamp %}", lamp=Lamp(reasons=("<b>静宁县</b>未报",)))
    assert drawn.find_class("rt-reasons")[0][0].text == "<b>静宁县</b>未报"


def test_it_reads_out_the_word_of_a_counted_light() -> None:
    drawn = draw('{% light_count "red" "红 滞后" 3 %}')
    assert words(drawn) == "红滞后3"
    assert drawn.find_class("visually-hidden")[0].text == "红 滞后 "


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("draft", ""),
        ("submitted", "is-lead"),
        ("signed", "is-lead"),
        ("returned", "is-warn"),
        ("accepted", ""),
    ],
)
def test_it_gives_a_state_its_tone(state: str, tone: str) -> None:
    tag = draw('{% status state "退回修改" "12月9日退回" %}', state=state)[0]
    assert tag.get("class").split()[1:] == ([tone] if tone else [])
    assert tag.text == "退回修改"
    assert tag.getnext().text == "12月9日退回"


def share(bar: HtmlElement) -> tuple[str | None, str | None]:
    """How long a meter's bar is, and where its stroke stands."""
    stroke = bar.find("line")
    return bar.find("rect").get("width"), None if stroke is None else stroke.get("x1")


def test_it_draws_a_meter_that_can_be_heard() -> None:
    bar = draw("{% meter 45 expected %}", expected=Decimal("59.50"))[0]
    assert share(bar) == ("45%", "59.5%")
    assert bar.get("aria-label") == "确认45%，序时进度59.5%"


def test_it_draws_no_expected_line_before_there_is_one() -> None:
    bar = draw("{% meter None %}")[0]
    assert (share(bar), bar.get("aria-label")) == (("0%", None), "尚未确认")


def test_it_draws_an_expected_line_at_nought() -> None:
    assert share(draw("{% meter 0 0 %}")[0]) == ("0%", "0%")


def test_it_keeps_a_meter_inside_its_frame() -> None:
    assert share(draw("{% meter 120 -4 %}")[0]) == ("100%", "0%")


def test_it_shows_a_rate_with_its_two_numbers() -> None:
    assert words(draw("{% rate 63 66 %}")) == "63/6695.5%"


def test_it_shows_no_percentage_where_nothing_is_owed() -> None:
    assert words(draw("{% rate 0 0 %}")) == "0/0无应报"


def test_it_writes_dates_for_tables_and_sentences() -> None:
    assert face.iso(DAY) == "2020-12-10"
    assert face.zh_date(DAY) == "2020年12月10日"
    assert face.zh_date(DAY, "short") == "12月10日"
    assert face.weekday(DAY) == "星期四"


def test_it_names_the_year_only_where_it_differs() -> None:
    assert face.zh_date(DAY, date(2020, 1, 1)) == "12月10日"
    assert face.zh_date(DAY, date(2021, 1, 1)) == "2020年12月10日"


def test_it_tells_the_office_time_of_a_moment() -> None:
    moment = datetime(2020, 12, 9, 16, 20, tzinfo=UTC)  # past midnight in the office
    assert face.zh_time(moment, DAY) == "12月10日 00:20"
    assert face.iso(moment) == "2020-12-10"
    assert face.clock(moment) == "00:20"
    assert face.clock(time(8, 5)) == "08:05"


def test_it_puts_a_dash_where_nothing_is_known() -> None:
    shown = [face.iso(None), face.zh_date(None), face.zh_time(None), face.clock(None), face.percent(None)]
    assert {*shown, face.names([])} == {"—"}


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (85, None, "85%"),
        (Decimal("85.00"), None, "85%"),
        (88.65, None, "88.7%"),
        (100, 1, "100.0%"),
        (12.5, 0, "13%"),
        (0, None, "0%"),
    ],
)
def test_it_rounds_percentages_half_up(value: float | Decimal, places: int | None, shown: str) -> None:
    assert face.percent(value, places) == shown


def test_it_never_breaks_a_line_inside_a_name() -> None:
    drawn = draw(
        "{{ bodies|names }}", bodies=[Department(name="平凉市财政局", short_name="市财政局"), "静宁县"]
    )
    assert [one.text for one in drawn.find_class("rt-nowrap")] == ["市财政局、", "静宁县"]


def test_it_escapes_names() -> None:
    assert draw("{{ bodies|names }}", bodies=["<i>局"]).find_class("rt-nowrap")[0].text == "<i>局"
