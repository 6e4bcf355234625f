"""延长报送: the office gives one department a later day for what it has not handed in yet.

Whether a report is on time is decided by its own `due_on`; the period's stays and is shown beside it (原截止日).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, When

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import coordinate, require
from progress.models import ProgressReport, ReportingPeriod
from progress.moves import NotPossible
from timekeeping.clock import day_of

LONGEST = timedelta(days=30)  # after the period has closed; by then the circular of the quarter is out
NONE_LEFT = "选中的报告都已提交或者有变动，没有延长。请核对现在的内容后再办理。"


def extend_filing(
    reports: Sequence[ProgressReport],
    *,
    period: ReportingPeriod,
    to: date,
    reason: str,
    by: User,
    at: datetime,
) -> list[ProgressReport]:
    """Move the deadline of some reports of a period, as a rule those of one department; returns those moved.

    What was handed in meanwhile is left alone. The version is not raised: it guards the text, and whoever is
    writing is not disturbed. Raises Refused (not the office), NotPossible (dates, no reason, nothing left).
    """
    require(coordinate(by, period.jurisdiction_id))
    unsent = [one for one in reports if one.is_unsent]
    refusals = [why_not_until(one, to, day_of(at)) for one in unsent]
    if why := next(filter(None, refusals), "" if reason.strip() else "延长报送须写明理由。"):
        raise NotPossible(why)
    with transaction.atomic():
        require(coordinate(afresh(by), period.jurisdiction_id))
        moved = [one for one in unsent if _move(one, to, reason.strip(), by)]
        if not moved:
            raise NotPossible(NONE_LEFT)
    return moved


def extendable(report: ProgressReport, on: date) -> bool:
    """Whether a later day can still be agreed to: the report was never handed in and is not locked yet."""
    return report.is_unsent and on <= report.last_day


def why_not_until(report: ProgressReport, to: date, on: date) -> str:
    """Why the deadline of a report that was not handed in cannot be moved to a day, or ""."""
    latest = report.period.closes_on + LONGEST
    if not extendable(report, on):
        return f"这份报告已于{_day(report.last_day)}关闭，不能延长。需要补报的，请重新开放。"
    if to < on:
        return "新的截止日不能早于今天。"
    if to <= report.due_on:
        return f"新的截止日须晚于现截止日{_day(report.due_on)}。"
    if to > latest:
        return f"最迟延长到{_day(latest)}，即本期关闭后{LONGEST.days}天。"
    return ""


def _move(report: ProgressReport, to: date, reason: str, by: User) -> bool:
    """Move one deadline unless the report was handed in or moved meanwhile; an earlier 修改期限 gives way."""
    seen = ProgressReport.objects.unsent().filter(pk=report.pk, due_on=report.due_on)
    later = Case(When(Q(revise_by__gt=to), then=F("revise_by")), default=None)
    if seen.update(due_on=to, due_reason=reason, revise_by=later) != 1:
        return False
    record(
        "report.extend",
        actor=by,
        target=report,
        jurisdiction_id=report.jurisdiction_id,
        before={"due_on": report.due_on},
        after={"due_on": to},
        reason=reason,
    )
    return True


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
