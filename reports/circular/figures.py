"""Figures and dates as a circular prints them."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NO_RATE = "—"
_TENTH = Decimal("0.1")


def shares(counts: Sequence[int]) -> list[Decimal]:
    """Percentages with one decimal that add to exactly 100.0, by the largest remainder.

    Of equal remainders the earlier count is raised first. All are 0.0 when the total is zero; a negative count
    is a ValueError.
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count cannot be negative")
    total = sum(counts)
    if not total:
        return [Decimal("0.0") for _ in counts]
    tenths = [count * 1000 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: -(counts[at] * 1000 % total))
    for at in by_remainder[: 1000 - sum(tenths)]:
        tenths[at] += 1
    return [Decimal(tenth) * _TENTH for tenth in tenths]


def rate(numerator: int, denominator: int) -> str:
    """A rate such as 95.5%, rounded half up; a dash when there is nothing to divide by."""
    if not denominator:
        return NO_RATE
    percent = Decimal(numerator * 100) / Decimal(denominator)
    return f"{percent.quantize(_TENTH, ROUND_HALF_UP)}%"


def official_date(day: date) -> str:
    """成文日期 as the standard writes it: Arabic figures, all three parts, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
