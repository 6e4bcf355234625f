"""Numbers as people type them."""

from decimal import Decimal

import pytest

from progress.numbers import NotANumber, read_number


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("63.5", "%", "63.5"),
        ("６３．５", "%", "63.5"),
        ("63,5", "%", "63.5"),
        ("63。5", "%", "63.5"),
        ("63.5%", "%", "63.5"),
        (" 63.5 ％ ", "%", "63.5"),
        ("10%", "个百分点", "10"),
        ("526个", "个", "526"),
        ("1,234", "人", "1234"),
        ("1，234，567.5", "元", "1234567.5"),
        ("-3.2", "%", "-3.2"),
        ("－3", "%", "-3"),
        ("0.0001", "", "0.0001"),
        ("9999999999", "元", "9999999999"),
    ],
)
def test_it_reads_what_is_meant(text: str, unit: str, number: str) -> None:
    assert read_number(text, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("", "%", "请填数字，如63.5。"),
        ("约63", "%", "请填数字，如63.5。"),
        ("63.5.1", "%", "请填数字，如63.5。"),
        ("1e5", "", "请填数字，如63.5。"),
        ("NaN", "", "请填数字，如63.5。"),
        ("526%", "个", "请填数字，如63.5。"),
        ("63.50001", "%", "最多保留4位小数。"),
        ("10000000000", "元", "数字过大，请核对单位。"),
    ],
)
def test_it_says_what_is_wrong(text: str, unit: str, sentence: str) -> None:
    with pytest.raises(NotANumber, match=sentence):
        read_number(text, unit)
