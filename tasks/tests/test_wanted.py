"""指标 in the words of a paper, and how a value stands to them."""

from decimal import Decimal

import pytest

from tasks.models import Indicator
from tasks.wanted import reaches, wanted, worse


def make(comparator: str, low: str | None, high: str | None, unit: str = "%") -> Indicator:
    bounds = (Decimal(bound) if bound else None for bound in (low, high))
    return Indicator(comparator=comparator, unit=unit, **dict(zip(("low", "high"), bounds, strict=True)))


@pytest.mark.parametrize(
    ("comparator", "low", "high", "unit", "words"),
    [
        (">=", "65", None, "%", "≥65%"),
        ("<=", None, "30", "%", "≤30%"),
        ("=", "526", None, "个", "526个"),
        ("between", "35", "50", "%", "35%至50%"),
        (">=", "0.5", None, "张", "≥0.5张"),
    ],
)
def test_it_writes_targets_as_papers_do(
    comparator: str, low: str | None, high: str | None, unit: str, words: str
) -> None:
    assert wanted(make(comparator, low, high, unit)) == words


@pytest.mark.parametrize(
    ("comparator", "low", "high", "met", "missed"),
    [
        (">=", "65", None, ["65", "80"], ["64.9"]),
        ("<=", None, "30", ["30", "12"], ["30.01"]),
        ("=", "526", "526", ["526", "530"], ["525"]),
        ("between", "35", "50", ["35", "50"], ["34", "51"]),
        ("=", None, None, ["0"], []),
    ],
)
def test_it_knows_what_is_reached(
    comparator: str, low: str | None, high: str | None, met: list[str], missed: list[str]
) -> None:
    indicator = make(comparator, low, high)
    assert all(reaches(indicator, Decimal(value)) for value in met)
    assert not any(reaches(indicator, Decimal(value)) for value in missed)


def test_it_names_the_wrong_way_only() -> None:
    more, less = make(">=", "65", None), make("<=", None, "30")
    assert (worse(more, Decimal(60), Decimal(59)), worse(more, Decimal(60), Decimal(61))) == ("下降", "")
    assert (worse(less, Decimal(30), Decimal(31)), worse(less, Decimal(30), Decimal(29))) == ("上升", "")
    assert worse(more, Decimal(60), Decimal(60)) == ""
