"""下级台账: the office of a province or city, and its leaders, read how lower places stand."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from departments.middleware import person
from departments.permissions import require
from reports.below import filings, lower_ledgers
from reports.dashboard_figures import PeriodLine, colours_of, red_lines, section_lines
from reports.forms import BelowForm
from reports.permissions import see_below
from reports.rows import task_rows
from reports.workbench_page import light_shares
from tasks.lights import WORDS, expected_percent
from tasks.models import Ledger, Task
from timekeeping import clock

A_PAGE = 20


@require_safe
def below(request: HttpRequest) -> HttpResponse:
    """The ledgers of lower places in the order of the tree, each with its lights and its filings."""
    user, on = person(request), clock.today()
    require(see_below(user))
    form = BelowForm(user, request.GET)
    found = form.narrow(Ledger.objects.summarised_to(user)).select_related("jurisdiction")
    page = Paginator(found.order_by("jurisdiction__path", "-year", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "lines": lower_ledgers(user, list(page), on), "on": on}
    return render(request, "reports/below.html", context)


@require_safe
def summary(request: HttpRequest, ledger: int) -> HttpResponse:
    """One lower ledger in figures: lights by section, red tasks with the reasons of the rule, filings."""
    user, on = person(request), clock.today()
    found = get_object_or_404(Ledger.objects.summarised_to(user).select_related("jurisdiction"), pk=ledger)
    opened = list(found.periods.opened())
    tasks = Task.objects.summarised_to(user).filter(ledger=found)
    rows = task_rows(tasks, period=None, on=on, periods=opened)
    context: dict[str, Any] = {
        "ledger": found,
        "on": on,
        "rows": rows,
        "lights": light_shares(rows),
        "whole_line": expected_percent(found.starts_on, found.ends_on, on),
        "sections": section_lines(rows),
        "columns": [WORDS[one].split()[0] for one in colours_of(rows)],
        "red": red_lines(rows, ()),
        "periods": [PeriodLine(one, filings(rows, one, on)) for one in opened],
    }
    return render(request, "reports/summary.html", context)
