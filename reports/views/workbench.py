"""工作台: the first page after signing in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.middleware import person
from departments.models import User
from departments.permissions import add_account, coordinate, grant_posts, oversee
from documents.models import Draft
from documents.permissions import upload
from progress.contributing.shown import shown
from progress.models import Contribution, ProgressReport, ReportingPeriod
from progress.oversight.desk import count_to_verify, to_rectify
from progress.periods import current_period
from progress.requests.desk import waiting_count
from progress.reviewing import corrections_of
from reports.ledger_page import total_filing
from reports.models import Bulletin
from reports.periods import short_name
from reports.permissions import read_trail
from reports.rows import TaskRow, task_rows
from reports.urging import may_be_urged, urge_text
from reports.workbench_page import Waiting, coming, department_lines, light_shares, others, owed
from tasks.current import current_ledger
from tasks.lights import Colour
from tasks.models import Ledger, Task
from timekeeping import clock


@require_safe
def workbench(request: HttpRequest) -> HttpResponse:
    """The page of the person's role in the current ledger: office, leader or department."""
    user, ledger = person(request), current_ledger(request)
    if ledger is None:
        return render(request, "reports/workbench_empty.html", _without_ledger(user))
    place = ledger.jurisdiction_id
    if coordinate(user, place):
        return render(request, "reports/workbench_office.html", _office(user, ledger))
    if oversee(user, place):
        return render(request, "reports/workbench_leader.html", _leader(user, ledger))
    return render(request, "reports/workbench_department.html", _department(user, ledger))


def _without_ledger(user: User) -> dict[str, Any]:
    return {
        "on": clock.today(),
        "may_upload": upload(user),
        "may_keep_people": add_account(user),
        "may_grant": grant_posts(user),
        "may_read_trail": read_trail(user),
    }


def _common(user: User, ledger: Ledger) -> dict[str, Any]:
    on, period = clock.today(), current_period(ledger)
    rows = task_rows(Task.objects.visible_to(user).filter(ledger=ledger), period=period, on=on)
    return {
        "ledger": ledger,
        "on": on,
        "period": period,
        "period_name": short_name(period) if period else "",
        "period_day": (on - period.opens_on).days + 1 if period else None,
        "rows": rows,
    }


def _overseen(user: User, ledger: Ledger) -> dict[str, Any]:
    """What office and leader both see: the lights and the filings of all departments."""
    context = _common(user, ledger)
    rows: list[TaskRow] = context["rows"]
    lines = department_lines((one for row in rows for one in row.reports), context["on"])
    return context | {
        "lights": light_shares(rows),
        "red": [row for row in rows if row.colour == Colour.RED],
        "yellow": [row for row in rows if row.colour == Colour.YELLOW],
        "lines": lines,
        "owing": [line for line in lines if line.waiting],
        "complete": [line.department for line in lines if not line.waiting],
        "filing": total_filing(rows, None),
        "waiting": Waiting.of(lines),
        "coming": coming(rows, context["period"], context["on"]),
        "days_left": _days_left(context["period"], context["on"]),
    }


def _office(user: User, ledger: Ledger) -> dict[str, Any]:
    context = _overseen(user, ledger)
    waiting = ProgressReport.objects.visible_to(user).filter(period__ledger=ledger).waiting_for_office()
    return context | {
        "to_review": waiting.count(),
        "corrections": corrections_of(user, ledger),
        "requests_waiting": waiting_count(user, ledger),
        "to_verify": count_to_verify(user, ledger),
        "oldest": waiting.select_related("department", "task").first(),
        "drafts": Draft.objects.visible_to(user).open().select_related("document"),
        "bulletins": Bulletin.objects.visible_to(user).filter(ledger=ledger, state=Bulletin.State.DRAFT),
        "urge_text": _urge_text(context),
        "may_urge": any(line.may_be_urged for line in context["lines"]),
    }


def _urge_text(context: dict[str, Any]) -> str:
    period, on = context["period"], context["on"]
    reports = (one for row in context["rows"] for one in row.reports)
    return urge_text(period, [one for one in reports if may_be_urged(one, on)], on) if period else ""


def _leader(user: User, ledger: Ledger) -> dict[str, Any]:
    return _overseen(user, ledger)


def _department(user: User, ledger: Ledger) -> dict[str, Any]:
    context, mine = _common(user, ledger), user.scope.departments
    lines = owed(context["rows"], user.scope.reports_for, user.scope.heads)
    notes = Contribution.objects.waiting_for(user, on=context["on"]).filter(report__period__ledger=ledger)
    return context | {
        "owed": lines,
        "notes": list(shown(notes)),
        "others": others(context["rows"], mine),
        "returned": [line for line in lines if line.report.state == "returned"],
        "left": sum(line.report.state in ("expected", "draft", "returned") for line in lines),
        "filed": sum(line.report.state in ("submitted", "signed", "accepted") for line in lines),
        "to_sign": sum(line.signs for line in lines),
        "requests_waiting": waiting_count(user, ledger),
        "findings": to_rectify(user, ledger, context["on"]),
        "reports_for": bool(user.scope.reports_for),
        "days_left": _days_left(context["period"], context["on"]),
    }


def _days_left(period: ReportingPeriod | None, on: date) -> int | None:
    return (period.due_on - on).days if period else None
