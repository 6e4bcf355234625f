"""完成进度 in a cell: whole points, however office programs and people write them."""

from datetime import date

import pytest

from sheets.values import NotAPercent, read_percent

GENERAL = "General"


@pytest.mark.parametrize(
    ("value", "shown_as", "points"),
    [
        (None, GENERAL, None),
        ("", GENERAL, None),
        (70, GENERAL, 70),
        (70.0, GENERAL, 70),
        (0, GENERAL, 0),
        ("70", "@", 70),
        (" 70 % ", "@", 70),
        ("７０％", "@", 70),
        ("70.0", "@", 70),
        (0.7, "0%", 70),
        (0.29, "0.00%", 29),
        (1, "0%", 100),
        (70, '0"%"', 70),
    ],
)
def test_it_is_read_however_it_is_written(value: object, shown_as: str, points: int | None) -> None:
    assert read_percent(value, shown_as) == points


@pytest.mark.parametrize(
    ("value", "shown_as", "told"),
    [
        (0.7, GENERAL, "0.7"),
        (101, GENERAL, "101"),
        (-1, GENERAL, "-1"),
        (70.5, GENERAL, "70.5"),
        (0.705, "0%", "70.5%"),
        (70, "0%", "7000%"),
        ("七成", "@", "七成"),
        ("约70%", "@", "约70%"),
        (True, GENERAL, "True"),
        (date(2020, 12, 31), GENERAL, "2020年12月31日"),
    ],
)
def test_what_is_no_whole_point_is_told_as_it_stands(value: object, shown_as: str, told: str) -> None:
    with pytest.raises(NotAPercent) as wrong:
        read_percent(value, shown_as)
    assert str(wrong.value) == told
