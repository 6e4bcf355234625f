"""指标: what a number to reach asks for, in the words of a paper, and how a value stands to it."""

from decimal import Decimal

from tasks.models import Indicator

_SIGNS: dict[str, str] = {Indicator.Comparator.AT_LEAST: "≥", Indicator.Comparator.AT_MOST: "≤"}


def wanted(indicator: Indicator) -> str:
    """What an indicator asks for, as a paper writes it: ≥90%, ≤30%, 526个, 35%至50%."""
    low, high = plain(indicator.low), plain(indicator.high)
    unit = indicator.unit
    if indicator.comparator == Indicator.Comparator.BETWEEN:
        return f"{low}{unit}至{high}{unit}"
    return f"{_SIGNS.get(indicator.comparator, '')}{low or high}{unit}"


def plain(value: Decimal | None) -> str:
    """A number without the zeros that the column adds; nothing for nothing."""
    return "" if value is None else f"{value.normalize():f}"


def reaches(indicator: Indicator, value: Decimal) -> bool:
    """Whether a value is what the paper asks for; 达到 is also met by more."""
    low, high = indicator.low, indicator.high
    if indicator.comparator in (Indicator.Comparator.AT_MOST, Indicator.Comparator.BETWEEN):
        return (low is None or value >= low) and (high is None or value <= high)
    least = high if low is None else low
    return least is None or value >= least


def worse(indicator: Indicator, before: Decimal, now: Decimal) -> str:
    """Which way a value went, when it went the wrong way: 下降, or 上升 where less is wanted; else nothing."""
    if indicator.comparator == Indicator.Comparator.AT_MOST:
        return "上升" if now > before else ""
    return "下降" if now < before else ""
