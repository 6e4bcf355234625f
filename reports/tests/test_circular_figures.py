from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.circular.figures import official_date, rate, shares


def test_it_shares_out_the_lights_of_a_ledger() -> None:
    assert [str(share) for share in shares([2, 11, 8, 3, 1])] == ["8.0", "44.0", "32.0", "12.0", "4.0"]


def test_it_raises_the_largest_remainder() -> None:
    assert shares([1, 1, 1]) == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]
    assert shares([2, 1]) == [Decimal("66.7"), Decimal("33.3")]


def test_it_adds_to_one_hundred_where_plain_rounding_would_not() -> None:
    parts = shares([17, 10, 24, 9, 162])
    assert sum(parts) == Decimal("100.0")
    assert parts[-1] in (Decimal("72.9"), Decimal("73.0"))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_it_always_adds_to_exactly_one_hundred(counts: list[int]) -> None:
    parts = shares(counts)
    assert sum(parts) == Decimal("100.0")
    assert all(
        abs(part - Decimal(count * 100) / sum(counts)) < Decimal("0.1")
        for part, count in zip(parts, counts, strict=True)
    )
    assert all(part == 0 for part, count in zip(parts, counts, strict=True) if not count)


def test_it_shares_nothing_out_of_nothing() -> None:
    assert shares([]) == []
    assert [str(share) for share in shares([0, 0])] == ["0.0", "0.0"]


def test_it_refuses_a_negative_count() -> None:
    with pytest.raises(ValueError, match="negative"):
        shares([3, -1])


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(63, 66, "95.5%"), (16, 17, "94.1%"), (3, 3, "100.0%"), (0, 4, "0.0%"), (1, 2000, "0.1%"), (0, 0, "—")],
)
def test_it_writes_a_rate(numerator: int, denominator: int, text: str) -> None:
    assert rate(numerator, denominator) == text


def test_it_writes_dates_without_leading_zeros() -> None:
    assert official_date(date(2020, 12, 10)) == "2020年12月10日"
    assert official_date(date(2021, 1, 5)) == "2021年1月5日"
