"""录入和删除节假日: days that differ from the plain week, with the notice that says so."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from audit.record import record
from departments.afresh import afresh
from departments.holidays.permissions import keep_holidays
from departments.models import User
from departments.permissions import require
from timekeeping.models import Holiday

LONGEST = 31  # days in one entry: a slip of the year would fill the table


class NotPossible(Exception):
    """The days cannot be entered; `reason` is the sentence, `field` where it stands."""

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


def add_holidays(
    *, first: date, last: date, is_workday: bool, name: str, source: str, by: User
) -> list[Holiday]:
    """Enter the days from `first` to `last` that differ from the plain week: Saturdays of a holiday do not.

    Raises Refused, NotPossible (dates out of order, a day known already, nothing that differs).
    """
    require(keep_holidays(by))
    days = _differing(first, last, is_workday=is_workday)
    new = [Holiday(day=day, is_workday=is_workday, name=name, source=source) for day in days]
    with transaction.atomic():
        require(keep_holidays(afresh(by)))
        _refuse_known(days)
        made = _store(new)
        entered = {"day": days, "is_workday": is_workday, "name": name, "source": source}
        record("holiday.add", actor=by, target=made[0], jurisdiction_id=place_of(by), after=entered)
    return made


def remove_holiday(holiday: Holiday, *, by: User) -> None:
    """Let a day be a plain day of the week again; raises Refused."""
    require(keep_holidays(by))
    with transaction.atomic():
        require(keep_holidays(afresh(by)))
        deleted, _ = Holiday.objects.filter(pk=holiday.pk).delete()
        if not deleted:
            return  # somebody else removed it; the page shows it gone
        before = {
            "day": holiday.day,
            "is_workday": holiday.is_workday,
            "name": holiday.name,
            "source": holiday.source,
        }
        record(
            "holiday.remove",
            actor=by,
            target=holiday,
            jurisdiction_id=place_of(by),
            before=before,
        )


def place_of(user: User) -> int | None:
    """The place in whose trail the entry stands."""
    return min(user.scope.coordinates | user.scope.administers, default=None)


def _differing(first: date, last: date, *, is_workday: bool) -> list[date]:
    if last < first:
        raise NotPossible("结束日期不能早于开始日期。", "last")
    if (last - first).days >= LONGEST:
        raise NotPossible(f"一次最多录入{LONGEST}天，请核对起止日期。", "last")
    span = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    days = [day for day in span if (day.weekday() < 5) != is_workday]
    if not days:
        usual = "星期一至星期五，本来就上班" if is_workday else "星期六、星期日，本来就不上班"
        raise NotPossible(f"这几天都是{usual}，不用录入。", "first")
    return days


def _store(new: Sequence[Holiday]) -> list[Holiday]:
    """Insert the days; the constraint decides between two people at the same moment."""
    try:
        with transaction.atomic():
            return Holiday.objects.bulk_create(new)
    except IntegrityError as refused:
        raise NotPossible("这几天里有一天刚刚由他人录入，请刷新页面后再看。", "first") from refused


def _refuse_known(days: Sequence[date]) -> None:
    known = Holiday.objects.filter(day__in=days).order_by("day").first()
    if known:
        raise NotPossible(
            f"{known.day.month}月{known.day.day}日已经录入（{known.name}），需要更正的请先删除。", "first"
        )
