"""The State Council's published holiday notices, as the calendar library holds them. No Django here."""

from datetime import date, timedelta

import chinese_calendar

_ONE_DAY = timedelta(days=1)
# The library's own names are English; people read these.
CHINESE: dict[str, str] = {one.value: one.chinese for one in chinese_calendar.Holiday}


def published_exceptions(year: int) -> dict[date, tuple[bool, str]]:
    """The days of `year` that the published notice makes differ from the plain week.

    Gives day -> (worked, name); empty for a year whose notice the calendar library does not hold.
    """
    found: dict[date, tuple[bool, str]] = {}
    day = date(year, 1, 1)
    while day.year == year:
        try:
            worked = bool(chinese_calendar.is_workday(day))
            _, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return {}
        if worked != (day.weekday() < 5):
            found[day] = (worked, CHINESE.get(name or "", name) or ("调休上班" if worked else "放假"))
        day += _ONE_DAY
    return found
