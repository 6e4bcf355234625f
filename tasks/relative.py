"""A relative deadline's day: so long after the day of its event (省政策文件印发后1个月内)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from documents.parsing.offsets import Offset, Unit, due_after
from tasks.models import Task
from timekeeping.workdays import exceptions_between, workdays_after


def day_after(event_on: date, count: int, unit: str) -> date | None:
    """The last day allowed, `count` units after the event; None beyond the calendar.

    Working days follow the holiday table; the event's own day does not count.
    """
    if unit == Task.OffsetUnit.WORKDAY:
        # Twice the days and a month more hold the longest holidays.
        days = exceptions_between(event_on, event_on + timedelta(days=2 * count + 31))
        return workdays_after(event_on, count, days)
    return due_after(event_on, Offset(count, cast(Unit, unit)))
