"""重新开放报送期: after it has closed, everybody may file again until a new date; what is late stays late."""

from datetime import date, datetime

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.models import ReportingPeriod
from progress.moves import NotPossible
from progress.permissions import open_period as may_open
from timekeeping.clock import day_of

State = ReportingPeriod.State


def why_not_reopen(period: ReportingPeriod, on: date) -> str:
    """Why a period cannot be reopened on a day, or ""."""
    if period.state == State.PLANNED:
        return f"{period}还没有开启。"
    if not period.locked(on):
        return f"{period}到{_day(period.closes_on)}都可以填报，不需要重新开放。"
    return ""


def reopen_period(
    period: ReportingPeriod, *, closes_on: date, reason: str, by: User, at: datetime
) -> ReportingPeriod:
    """Take reports of a closed period until `closes_on`; `due_on` stays, so that lateness does.

    A single report is reopened by `progress.review.reopen`. Raises Refused (not the office), NotPossible
    (not closed, no reason, a date that has passed, somebody else was first).
    """
    require(may_open(by, period.ledger))
    on = day_of(at)
    if refusal := why_not_reopen(period, on) or _why_bad(closes_on, reason, on):
        raise NotPossible(refusal)
    with transaction.atomic():
        require(may_open(afresh(by), period.ledger))
        rows = ReportingPeriod.objects.filter(pk=period.pk, state=period.state, closes_on=period.closes_on)
        if not rows.update(closes_on=closes_on, state=State.OPEN):
            raise NotPossible("这个报送期刚刚有变动，没有办理。请刷新页面后再看。")
        reopened = ReportingPeriod.objects.get(pk=period.pk)
        record(
            "period.reopen",
            actor=by,
            target=reopened,
            jurisdiction_id=period.jurisdiction_id,
            before={"closes_on": period.closes_on, "state": period.state},
            after={"closes_on": closes_on, "state": reopened.state},
            reason=reason.strip(),
        )
    return reopened


def _why_bad(closes_on: date, reason: str, on: date) -> str:
    if closes_on < on:
        return "新的关闭日期不能早于今天。"
    return "" if reason.strip() else "重新开放须写明理由。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
