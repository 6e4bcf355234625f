"""报送期, and what departments and the office did with the reports of a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from departments.models import User
from progress.models import Correction, ReportingPeriod, Revision
from progress.workflow import Act
from reports.periods import short_name
from reports.permissions import follow_inside
from reports.timeline.event import Event, Kind, on_day, said
from tasks.lights import Light
from tasks.models import Task

# Drafts are nobody's business; what goes on inside a department is its own and the office's.
_WORDS = {
    Act.SUBMIT: "提交",
    Act.WITHDRAW: "撤回",
    Act.SIGN: "审签",
    Act.SEND_BACK: "由单位审核人退回",
    Act.ACCEPT: "确认",
    Act.RETURN: "退回修改",
    Act.REOPEN: "重新打开",
    Act.EXEMPT: "准予免报",
}
_OPEN_TO_ALL = (Act.SUBMIT, Act.ACCEPT)
_REVIEW = (Act.SIGN, Act.SEND_BACK, Act.ACCEPT, Act.RETURN, Act.REOPEN, Act.EXEMPT)


def of_periods(periods: Iterable[ReportingPeriod], lights: Mapping[int, Light], on: date) -> Iterator[Event]:
    """Opening and closing of each period that has come so far, with the task's light at its end."""
    for period in periods:
        name = short_name(period)
        if period.opens_on <= on:
            yield on_day(period.opens_on, Kind.FILING, f"{name}报送开始")
        if period.closes_on < on:
            yield on_day(period.closes_on, Kind.FILING, f"{name}报送关闭", light=lights.get(period.pk))


def of_corrections(user: User, task: Task) -> Iterator[Event]:
    """申请更正, and what the office declined; what it granted shows as the report's reopening (one query)."""
    rows = Correction.objects.visible_to(user).filter(report__task=task)
    for one in rows.select_related("asked_by", "decided_by", "report__department", "report__period"):
        report = f"{one.report.department.short_name}{short_name(one.report.period)}报告"
        yield Event(one.asked_at, Kind.REVIEW, said(f"{report}申请更正", one.asked_by), one.reason)
        if one.decided_at and one.state == Correction.State.DECLINED:
            yield Event(
                one.decided_at, Kind.REVIEW, said(f"{report}更正未同意", one.decided_by), one.decision
            )


def of_reports(user: User, task: Task) -> Iterator[Event]:
    """The acts on the reports that the person may see (one query); of others' only sending and confirming."""
    rows = Revision.objects.filter(report__in=task.reports.visible_to(user), act__in=_WORDS).select_related(
        "by", "report__department", "report__period"
    )
    for row in rows:
        own = follow_inside(user, task.jurisdiction_id, row.report.department_id)
        if not own and row.act not in _OPEN_TO_ALL:
            continue
        kind = Kind.REVIEW if row.act in _REVIEW else Kind.FILING
        what = f"{row.report.department.short_name}{short_name(row.report.period)}报告{_WORDS[Act(row.act)]}"
        yield Event(row.at, kind, said(what, row.by), row.note if own else "")
