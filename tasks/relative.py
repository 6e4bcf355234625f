"""A relative deadline's day: so long after the day of its event (省政策文件印发后1个月内)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from tasks.models import Task
from timekeeping.workdays import exceptions_between, workdays_after

_UNIT = Task.OffsetUnit
_MONTHS = {_UNIT.MONTH: 1, _UNIT.QUARTER: 3, _UNIT.YEAR: 12}
_DAYS = {_UNIT.DAY: 1, _UNIT.WEEK: 7}


def day_after(event_on: date, count: int, unit: str) -> date:
    """The last day allowed: `count` units after the event, clipped to the end of a shorter month.

    Working days follow the holiday table; the event's own day does not count.
    """
    if unit == _UNIT.WORKDAY:
        # Twice the days and a month more hold the longest holidays.
        days = exceptions_between(event_on, event_on + timedelta(days=2 * count + 31))
        return workdays_after(event_on, count, days)
    if unit in _DAYS:
        return event_on + timedelta(days=_DAYS[_UNIT(unit)] * count)
    return _months_after(event_on, _MONTHS[_UNIT(unit)] * count)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
