"""Two quarters of sample progress, made by the same acts that the screens use, on plausible days.

The third quarter is confirmed but for one missing report, with two filed late and two returned once. The
fourth is running: confirmed, waiting for review, waiting for sign-off, returned, in draft, not begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from departments.models import Department, User
from progress.content import NO_CHANGE_REASONS, ReportContent
from progress.demo.contributions import make_contributions
from progress.demo.oversight import make_oversight
from progress.demo.requests import make_requests
from progress.demo.sources import Sample
from progress.models import ProgressReport, ReportingPeriod
from progress.moves import fresh
from progress.open_period import open_period
from progress.review import accept, return_report
from progress.save import save
from progress.sign_off import sign
from progress.submit import submit
from tasks.models import Ledger

MARK = "【示例】"
SHANGHAI = ZoneInfo("Asia/Shanghai")
THIRD = {"opens_on": date(2020, 11, 2), "due_on": date(2020, 11, 10), "closes_on": date(2020, 11, 17)}
FOURTH = {"opens_on": date(2020, 12, 1), "due_on": date(2020, 12, 15), "closes_on": date(2020, 12, 22)}
_RETURN_REASON = "只写了总体进度，请补充本单位负责部分的具体数据。"


@dataclass
class Cast:
    """Who acts: the coordinator, and by department the reporter and the head."""

    coordinator: User
    reporters: dict[int, User]
    heads: dict[int, User]


def make_quarters(ledger: Ledger, coordinator: User, samples: dict[str, Sample]) -> None:
    """Open both quarters of a ledger and let its departments report; nothing when they are there."""
    if ledger.periods.exists():
        return
    cast = _cast(ledger, coordinator)
    _third(_open(ledger, 3, "2020年第三季度", THIRD, coordinator), cast, samples)
    fourth = _open(ledger, 4, "2020年第四季度", FOURTH, coordinator)
    _fourth(fourth, cast, samples)
    ProgressReport.objects.filter(period__ledger=ledger).update(is_sample=True)
    make_contributions(fourth, cast.reporters)
    make_oversight(ledger, coordinator, cast.reporters)
    make_requests(ledger, coordinator, {"reporter": cast.reporters, "head": cast.heads})


def _cast(ledger: Ledger, coordinator: User) -> Cast:
    departments = Department.objects.filter(jurisdiction=ledger.jurisdiction).prefetch_related(
        "memberships__user"
    )
    by_role: dict[str, dict[int, User]] = {"reporter": {}, "head": {}}
    for department in departments:
        for membership in department.memberships.all():
            by_role[membership.role][department.pk] = membership.user
    return Cast(coordinator, by_role["reporter"], by_role["head"])


def _open(
    ledger: Ledger, number: int, name: str, dates: dict[str, date], coordinator: User
) -> ReportingPeriod:
    return open_period(
        ledger,
        kind="quarter",
        year=2020,
        number=number,
        name=name,
        by=coordinator,
        at=_at(dates["opens_on"], 9),
        **dates,
    )


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def _reports(period: ReportingPeriod, cast: Cast) -> list[ProgressReport]:
    """The expected reports of departments that have somebody to write and to sign, in ledger order."""
    rows = period.reports.select_related("period", "department", "task__ledger", "task__section")
    return [row for row in rows if row.department_id in cast.reporters and row.department_id in cast.heads]


def _third(period: ReportingPeriod, cast: Cast, samples: dict[str, Sample]) -> None:
    days = [date(2020, 11, day) for day in (4, 5, 6, 9, 10)]
    for place, report in enumerate(_reports(period, cast)):
        if _is(report, "静宁县", "十三"):
            continue  # 未报
        late = _is(report, "市卫健委", "五") or _is(report, "庄浪县", "十八")
        day = date(2020, 11, 13) if late else days[place % len(days)]
        content = _content(report, samples, "third")
        if place % 29 == 7:
            report = _give_back(report, cast, content, day - timedelta(days=1), _at(day, 9))
        report = _hand_in(report, cast, content, day)
        _confirm(report, cast, date(2020, 11, 16))


def _fourth(period: ReportingPeriod, cast: Cast, samples: dict[str, Sample]) -> None:
    for place, report in enumerate(_reports(period, cast)):
        content = _content(report, samples, "fourth")
        day = date(2020, 12, 3) + timedelta(days=place % 2)
        # So that the head whose account is printed has something to sign.
        if _is(report, "市卫健委", "二十四"):
            _submit(report, cast, content, date(2020, 12, 9))
            continue
        match place * 7 % 20:
            case 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7:
                _confirm(_hand_in(report, cast, content, day), cast, date(2020, 12, 8))
            case 8:
                unchanged = ReportContent(no_change=True, no_change_reason=NO_CHANGE_REASONS[0])
                _hand_in(report, cast, unchanged, date(2020, 12, 8))
            case 9:
                _revise(report, cast, content)
            case 10 | 11:
                _hand_in(report, cast, content, date(2020, 12, 8) + timedelta(days=place % 2))
            case 12:
                _submit(report, cast, content, date(2020, 12, 9))
            case 13:
                _give_back(report, cast, content, date(2020, 12, 7), _at(date(2020, 12, 9), 16, 20))
            case 14 | 15:
                save(
                    report,
                    content=content,
                    version=report.version,
                    by=cast.reporters[report.department_id],
                    at=_at(date(2020, 12, 9), 10, 42),
                )
            case _:
                pass  # 未填报


def _give_back(
    report: ProgressReport, cast: Cast, content: ReportContent, day: date, at: datetime
) -> ProgressReport:
    report = _hand_in(report, cast, content, day)
    return return_report(report, version=report.version, reason=_RETURN_REASON, by=cast.coordinator, at=at)


def _revise(report: ProgressReport, cast: Cast, content: ReportContent) -> None:
    """Hand in only the beginning of a text; when it has come back, all of it."""
    first = replace(content, text=f"{content.text.partition('，')[0].rstrip('。')}。")
    report = _give_back(report, cast, first, date(2020, 12, 4), _at(date(2020, 12, 7), 9))
    _hand_in(report, cast, content, date(2020, 12, 9))


def _is(report: ProgressReport, department: str, number: str) -> bool:
    return report.department.short_name == department and _ordinal(report.task.number) == number


def _ordinal(number: str) -> str:
    return number.strip("()（）")


def _content(report: ProgressReport, samples: dict[str, Sample], quarter: str) -> ReportContent:
    sample: dict[str, Any] = dict(samples[_ordinal(report.task.number)])
    percent = min(100, sample[f"{quarter}_percent"] + report.department_id % 3)
    lagging = quarter == "fourth" and percent < 60
    noted = quarter == "fourth"
    return ReportContent(
        text=f"{MARK}{sample[quarter]}",
        problems=sample["problems"] if noted else "",
        next_steps=sample["next_steps"] if noted else "",
        said_percent=percent,
        said_status="lagging" if lagging else "normal",
        cause=sample["cause"] if lagging else "",
        remedy=sample["remedy"] if lagging else "",
        said_values=_values(report, sample.get(f"{quarter}_values", [])),
        is_practice=sample.get("practice", False),
    )


def _values(report: ProgressReport, values: list[str]) -> dict[str, str]:
    indicators = report.task.indicators.all() if values else ()
    return {str(one.pk): value for one, value in zip(indicators, values, strict=True)}


def _submit(report: ProgressReport, cast: Cast, content: ReportContent, day: date) -> ProgressReport:
    reporter = cast.reporters[report.department_id]
    return submit(report, content=content, version=report.version, by=reporter, at=_at(day, 11, 20))


def _hand_in(report: ProgressReport, cast: Cast, content: ReportContent, day: date) -> ProgressReport:
    report = _submit(report, cast, content, day)
    if report.state == ProgressReport.State.SUBMITTED:
        report = sign(report, version=report.version, by=cast.heads[report.department_id], at=_at(day, 15))
    return fresh(report)


def _confirm(report: ProgressReport, cast: Cast, day: date) -> None:
    accept(
        report,
        version=report.version,
        percent=report.said_percent or 0,
        status=report.said_status or "normal",
        note="",
        by=cast.coordinator,
        at=_at(day, 16),
    )
