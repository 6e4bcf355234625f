"""看板: where the ledger stands, for the office and the leaders."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.middleware import person
from departments.models import User
from departments.permissions import oversee, require
from progress.models import ProgressReport, ReportingPeriod
from progress.rates import filing_rates_by
from reports.dashboard_figures import (
    bullets,
    colours_of,
    department_lines,
    period_lines,
    red_lines,
    section_lines,
)
from reports.periods import chosen_period, short_name
from reports.rows import TaskRow, task_rows
from reports.workbench_page import light_shares
from tasks.current import ledger_or_404
from tasks.lights import WORDS, Colour, expected_percent
from tasks.models import Ledger, Task
from timekeeping import clock


@require_safe
def dashboard(request: HttpRequest, ledger: int) -> HttpResponse:
    """Lights, red tasks with their reasons, filings and departments, each number leading to its list."""
    user, found = person(request), ledger_or_404(request, ledger)
    require(oversee(user, found.jurisdiction_id))
    opened = list(found.periods.opened())
    context = _context(user, found, opened, chosen_period(opened, request.GET.get("period", "")))
    return render(request, "reports/dashboard.html", context)


def _context(
    user: User, ledger: Ledger, opened: list[ReportingPeriod], period: ReportingPeriod | None
) -> dict[str, Any]:
    on = clock.today()
    tasks = Task.objects.visible_to(user).filter(ledger=ledger)
    rows = task_rows(tasks, period=period, on=on, periods=opened)
    reports = ProgressReport.objects.visible_to(user).filter(period__ledger=ledger)
    return {
        "ledger": ledger,
        "on": on,
        "period": period,
        "period_name": short_name(period) if period else "",
        "rows": rows,
        "lights": light_shares(rows),
        "whole_line": expected_percent(ledger.starts_on, ledger.ends_on, on),
        "sections": section_lines(rows),
        "columns": [WORDS[one].split()[0] for one in colours_of(rows)],
        "red": red_lines(rows, _problems(reports, rows)),
        "bullets": bullets(rows),
        "periods": period_lines(opened, filing_rates_by(reports, "period_id")),
        "departments": department_lines(rows),
    }


def _problems(reports: Any, rows: list[TaskRow]) -> Any:
    """What departments said of the red tasks, newest first; only what has left its department."""
    red = [row.task.pk for row in rows if row.colour == Colour.RED]
    said = reports.filter(task__in=red, state__in=("signed", "accepted"))
    return said.order_by("-period__opens_on", "department__position")
