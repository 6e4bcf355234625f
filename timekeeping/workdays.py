"""Working days by the State Council's yearly holiday notices (国务院办公厅节假日安排).

`exceptions` maps a day to whether it is worked, and holds only the days that differ from the plain week;
a year without entries therefore falls back to Saturdays and Sundays.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from timekeeping.models import Holiday
from timekeeping.published import published_exceptions

Exceptions = Mapping[date, bool]
_ONE_DAY = timedelta(days=1)


def is_workday(day: date, exceptions: Exceptions) -> bool:
    """Whether offices are open on `day`."""
    return exceptions.get(day, day.weekday() < 5)


def workdays_before(day: date, count: int, exceptions: Exceptions) -> date:
    """The day `count` working days before `day` (count 0 gives the day itself)."""
    return _step(day, count, -_ONE_DAY, exceptions)


def workdays_after(day: date, count: int, exceptions: Exceptions) -> date:
    """The day `count` working days after `day`."""
    return _step(day, count, _ONE_DAY, exceptions)


def _step(day: date, count: int, step: timedelta, exceptions: Exceptions) -> date:
    while count:
        day += step
        count -= is_workday(day, exceptions)
    return day


def exceptions_between(first: date, last: date) -> dict[date, bool]:
    """The holiday table's days from `first` to `last`, both included (one query)."""
    return dict(Holiday.objects.filter(day__range=(first, last)).values_list("day", "is_workday"))


def unknown_years(first: date, last: date) -> tuple[int, ...]:
    """The years from `first` to `last` of which the table holds nothing: they count Saturdays and Sundays only."""
    days = Holiday.objects.filter(day__range=(date(first.year, 1, 1), date(last.year, 12, 31)))
    known = set(days.values_list("day__year", flat=True).distinct())
    return tuple(year for year in range(first.year, last.year + 1) if year not in known)


def seed_holidays(years: range) -> int:
    """Fill the holiday table for `years` from the published notices, leaving edited days alone.

    Returns how many days were added.
    """
    known = set(Holiday.objects.values_list("day", flat=True))
    new = [
        Holiday(day=day, is_workday=worked, name=name, source="国务院办公厅节假日安排")
        for year in years
        for day, (worked, name) in published_exceptions(year).items()
        if day not in known
    ]
    return len(Holiday.objects.bulk_create(new))
