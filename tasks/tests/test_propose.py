"""What the adoption page proposes, and how numbers and dates of a text are taken over."""

from datetime import date
from decimal import Decimal

import pytest

from tasks.measures import bounds, words_around
from tasks.propose import ledger_name, propose

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("title", "year", "starts_on", "ends_on"),
    [
        ("某市2020年下半年重点工作任务", 2020, date(2020, 7, 1), date(2020, 12, 31)),
        ("某市2021年上半年重点工作任务", 2021, date(2021, 1, 1), date(2021, 6, 30)),
        ("某市2022年重点工作任务", 2022, date(2022, 1, 1), date(2022, 12, 31)),
        ("某市三年行动方案（2021—2023年）", 2021, date(2021, 1, 1), date(2023, 12, 31)),
        ("某市三年行动方案（2021年至2023年）", 2021, date(2021, 1, 1), date(2023, 12, 31)),
    ],
)
def test_it_takes_the_period_from_the_title(title: str, year: int, starts_on: date, ends_on: date) -> None:
    found = propose(title, "", date(2020, 9, 7), [], TODAY)
    assert (found.year, found.starts_on, found.ends_on) == (year, starts_on, ends_on)


def test_it_runs_from_the_papers_date_to_the_last_deadline() -> None:
    found = propose("实施方案", "", date(2020, 12, 14), [date(2020, 11, 30), date(2021, 12, 31)], TODAY)
    assert (found.year, found.starts_on, found.ends_on) == (2020, date(2020, 12, 14), date(2021, 12, 31))


def test_it_takes_the_year_of_the_number_where_there_is_no_date() -> None:
    found = propose("实施方案", "某医改发〔2020〕1号", None, [], TODAY)
    assert (found.year, found.starts_on, found.ends_on) == (2020, date(2020, 1, 1), date(2020, 12, 31))


def test_it_starts_today_where_the_paper_says_nothing() -> None:
    found = propose("实施方案", "", None, [], TODAY)
    assert (found.year, found.starts_on, found.ends_on) == (2026, TODAY, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("某市人民政府办公室关于印发某市2020年任务及分工的通知", "某市2020年任务及分工"),
        ("某市人民政府关于印发《某市实施方案》的通知", "某市实施方案"),
        ("某市2020年任务", "某市2020年任务"),
        ("某" * 200, "某" * 120),
    ],
)
def test_it_takes_the_plans_own_name(title: str, name: str) -> None:
    assert ledger_name(title) == name


@pytest.mark.parametrize(
    ("comparator", "value", "expected"),
    [
        (">=", 65, (Decimal(65), None)),
        ("<=", 2, (None, Decimal(2))),
        ("=", 526, (Decimal(526), Decimal(526))),
        ("between", [50, 35], (Decimal(35), Decimal(50))),
        ("between", ["很多", 3], (None, None)),
        (">=", None, (None, None)),
        (">=", 1e30, (None, None)),
        (">=", "NaN", (None, None)),
    ],
)
def test_it_takes_bounds_over(comparator: str, value: object, expected: tuple[object, object]) -> None:
    assert bounds(comparator, value) == expected


def test_it_names_a_milestone_by_the_words_around_its_date() -> None:
    assert words_around("2020年底", "推进建设。到2020年底，取得成效；再推进。") == "到2020年底，取得成效"
    assert words_around("年内", "没有") == "年内"
