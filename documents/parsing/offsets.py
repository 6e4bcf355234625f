"""Spans of time counted from an event: 省级文件印发后1个月内 is one month after 省级文件印发.

The paper does not say when the event is; once somebody knows, ``due_after`` gives the date.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from documents.parsing.script import fold, number

Unit = Literal["day", "workday", "week", "month", "quarter", "year"]

_UNITS: tuple[tuple[str, Unit], ...] = (
    ("工作日", "workday"),
    ("季度", "quarter"),
    ("星期", "week"),
    ("周年", "year"),
    ("周", "week"),
    ("年", "year"),
    ("月", "month"),
    ("天", "day"),
    ("日", "day"),
)
_HALVES: dict[str, tuple[int, Unit]] = {"半年": (6, "month"), "半个月": (15, "day")}
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_DAYS: dict[Unit, int] = {"day": 1, "week": 7}
_SPAN = re.compile(
    r"(?P<half>半年|半个月)|(?P<count>\d{1,4}|[一二三四五六七八九十百两]{1,5})\s*个?\s*(?P<unit>"
    + "|".join(word for word, _ in _UNITS)
    + r")(?=\s*(?:之内|以内|内|后|$))"
)
_LEAD_IN = re.compile(r"^(?:自|在|从|于|力争|确保|，|、)+")
_AFTER = re.compile(r"(?:之日起|之日|之后|以后|后|起)?(?:的)?，?(?:，|不超过|最迟|力争|在)*$")
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Offset:
    """A number of days, working days, weeks, months, quarters or years."""

    count: int
    unit: Unit

    def as_dict(self) -> dict[str, int | str]:
        """Count and unit, as the draft is stored."""
        return {"count": self.count, "unit": self.unit}


class Relative(NamedTuple):
    """What a relative time limit is counted from, and how far; either may be missing."""

    event: str | None
    offset: Offset | None


def split_relative(raw: str) -> Relative:
    """Event and span of a relative time limit as printed; 两年内 names no event, 每季度末 neither."""
    key = re.sub(r"\s+", "", fold(raw))
    match = None if key.startswith("每") else _SPAN.search(key)
    if not match:
        return Relative(None, None)
    return Relative(_event(re.sub(r"\s+", "", raw)[: match.start()]), _offset(match))


def _event(before: str) -> str | None:
    start = _LEAD_IN.match(fold(before))
    before = before[start.end() if start else 0 :]
    end = _AFTER.search(fold(before))
    return before[: end.start() if end else None] or None


def _offset(match: re.Match[str]) -> Offset | None:
    if match["half"]:
        return Offset(*_HALVES[match["half"]])
    count = number(match["count"])
    return Offset(count, dict(_UNITS)[match["unit"]]) if count else None


def due_after(happened_on: datetime.date, offset: Offset) -> datetime.date | None:
    """The last day of the span that begins with the event's day.

    Months end with the month (31 January and one month is the last of February). None for working days,
    which need the table of holidays, and for what lies beyond the calendar.
    """
    try:
        if offset.unit in _DAYS:
            return happened_on + datetime.timedelta(days=offset.count * _DAYS[offset.unit])
        if offset.unit in _MONTHS:
            return _months_later(happened_on, offset.count * _MONTHS[offset.unit])
    except OverflowError:
        return None
    return None


def _months_later(day: datetime.date, months: int) -> datetime.date | None:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > _LAST_YEAR:
        return None
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
