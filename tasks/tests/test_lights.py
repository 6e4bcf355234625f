"""灯: the rule with its defaults, one line a case."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tasks.lights import Colour, Facts, Thresholds, expected_percent, lag, light

ON = date(2020, 12, 10)
DEFAULTS = Thresholds()


def facts(**known: Any) -> Facts:
    """An open task of the second half of 2020, 80% confirmed, judged on 10 December (line 88.6%)."""
    usual: dict[str, Any] = {
        "state": "open",
        "starts_on": date(2020, 7, 1),
        "line_end": date(2020, 12, 31),
        "due_on": date(2020, 12, 31),
        "percent": Decimal(80),
        "line_day": ON,
        "owed": True,
    }
    return Facts(**usual | known)


def test_it_is_green_near_the_line() -> None:
    assert light(facts(), ON, DEFAULTS).colour is Colour.GREEN
    assert light(facts(), ON, DEFAULTS).reasons == ("接近序时进度（差8.6个百分点）",)
    assert light(facts(percent=Decimal(89)), ON, DEFAULTS).reasons == ("达到序时进度",)


@pytest.mark.parametrize(
    ("percent", "colour", "reason"),
    [
        ("78.7", Colour.GREEN, "接近序时进度（差9.9个百分点）"),
        ("78.6", Colour.YELLOW, "低于序时进度10个百分点"),
        ("58.6", Colour.YELLOW, "低于序时进度30个百分点"),
        ("58.5", Colour.RED, "低于序时进度30.1个百分点"),
    ],
)
def test_it_judges_the_gap_to_the_line(percent: str, colour: Colour, reason: str) -> None:
    found = light(facts(percent=Decimal(percent)), ON, DEFAULTS)

    assert (found.colour, found.reasons) == (colour, (reason,))


@pytest.mark.parametrize(
    ("due_on", "colour", "reason"),
    [
        (date(2020, 12, 9), Colour.RED, "已超过完成时限1天"),
        (date(2020, 12, 10), Colour.YELLOW, "今天是完成时限"),
        (date(2020, 12, 25), Colour.YELLOW, "距完成时限还有15天"),
        (date(2020, 12, 26), Colour.GREEN, "达到序时进度"),
    ],
)
def test_it_judges_the_deadline_to_the_day(due_on: date, colour: Colour, reason: str) -> None:
    found = light(facts(due_on=due_on, percent=Decimal(100)), ON, DEFAULTS)

    assert (found.colour, found.reasons[0]) == (colour, reason)


def test_it_is_red_when_a_report_is_missing_for_good() -> None:
    found = light(facts(missing=("市卫健委第三季度未报",)), ON, DEFAULTS)

    assert (found.colour, found.reasons) == (Colour.RED, ("市卫健委第三季度未报",))


@pytest.mark.parametrize(
    "known",
    [
        {"missing_members": ("静宁县第三季度未报",)},
        {"late": ("市卫健委第三季度报送逾期3天",)},
        {"lagging": ("市工信局",)},
    ],
)
def test_it_is_yellow_for_what_is_late_or_lagging(known: dict[str, Any]) -> None:
    found = light(facts(**known), ON, DEFAULTS)

    assert found.colour is Colour.YELLOW
    assert len(found.reasons) == 1


def test_it_counts_many_lagging_departments_in_one_sentence() -> None:
    three, four = ("甲局", "乙局", "丙局"), ("甲局", "乙局", "丙局", "丁局")

    assert light(facts(lagging=three), ON, DEFAULTS).reasons == ("甲局、乙局、丙局自报滞后",)
    assert light(facts(lagging=four), ON, DEFAULTS).reasons == ("甲局、乙局等4个单位自报滞后",)


def test_it_tells_every_reason_the_worst_first() -> None:
    found = light(facts(due_on=date(2020, 12, 1), percent=Decimal(70), lagging=("市工信局",)), ON, DEFAULTS)

    assert found.reasons == ("已超过完成时限9天", "低于序时进度18.6个百分点", "市工信局自报滞后")


def test_it_is_grey_before_anything_is_owed() -> None:
    found = light(facts(percent=None, line_day=None, owed=False), ON, DEFAULTS)

    assert (found.colour, found.word) == (Colour.IDLE, "未到期")


def test_it_judges_no_lag_before_there_is_a_line_day() -> None:
    assert lag(facts(line_day=None)) is None
    assert light(facts(line_day=None, percent=Decimal(0)), ON, DEFAULTS).colour is Colour.GREEN


@pytest.mark.parametrize(("state", "colour"), [("completed", Colour.DONE), ("terminated", Colour.STOPPED)])
def test_it_shows_a_closed_task_as_closed_whatever_else(state: str, colour: Colour) -> None:
    found = light(facts(state=state, closing_reason="验收合格", due_on=date(2020, 9, 1)), ON, DEFAULTS)

    assert (found.colour, found.reasons) == (colour, ("验收合格",))


def test_it_takes_the_ledgers_own_thresholds() -> None:
    strict = Thresholds(due_soon_days=30, yellow_points=5, red_points=8)

    assert light(facts(), ON, strict).colour is Colour.RED


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2020, 12, 31), "100.0"),
        (date(2021, 3, 1), "100.0"),
        (date(2020, 3, 31), "24.9"),
        (date(2020, 6, 30), "49.7"),
        (date(2020, 9, 30), "74.9"),
        (date(2019, 12, 1), "0.0"),
    ],
)
def test_it_draws_the_line_over_the_whole_year(day: date, percent: str) -> None:
    assert expected_percent(date(2020, 1, 1), date(2020, 12, 31), day) == Decimal(percent)
