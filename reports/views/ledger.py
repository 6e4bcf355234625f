"""台账: the list of ledgers, the list of one ledger's tasks, and the choice between ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from departments.asked import asked_id
from departments.middleware import person
from departments.permissions import coordinate
from progress.models import ReportingPeriod
from progress.oversight.permissions import see_directives, see_inspections
from reports.forms import LedgerFilterForm
from reports.ledger_page import (
    LedgerFilter,
    by_section,
    light_tabs,
    narrow,
    total_filing,
)
from reports.periods import chosen_period, short_name
from reports.rows import TaskRow, task_rows
from reports.urging import UrgeOffer, urge_offer
from tasks.current import ledger_or_404
from tasks.models import Ledger
from tasks.wanted import wanted
from timekeeping import clock


@dataclass(frozen=True)
class Shown:
    """What an address asks of a ledger: all its rows, the conditions, the rows that answer."""

    ledger: Ledger
    period: ReportingPeriod | None
    form: LedgerFilterForm
    chosen: LedgerFilter
    everything: list[TaskRow]
    rows: list[TaskRow]


@require_safe
def ledgers(request: HttpRequest) -> HttpResponse:
    """The ledgers that the person may open."""
    found = Ledger.objects.visible_to(person(request)).select_related("jurisdiction", "document")
    return render(
        request, "reports/ledgers.html", {"all_ledgers": found.annotate(tasks_count=Count("tasks"))}
    )


@require_safe
def ledger(request: HttpRequest, ledger: int) -> HttpResponse:
    """The tasks of a ledger with their lights, narrowed by the address."""
    shown = read_ledger(request, ledger)
    return render(request, "reports/ledger.html", _context(request, shown))


@require_POST
def choose_ledger(request: HttpRequest) -> HttpResponse:
    """Go to another ledger, to the same kind of page where that page names only a ledger."""
    chosen = ledger_or_404(request, asked_id(request.POST.get("ledger")))
    return redirect(_same_page(request, chosen))


def read_ledger(request: HttpRequest, pk: int) -> Shown:
    """Read a ledger as an address asks for it; 404 when the person may not open it."""
    found = ledger_or_404(request, pk)
    opened = list(found.periods.opened())
    period = chosen_period(opened, request.GET.get("period", ""))
    tasks = found.tasks.visible_to(person(request))
    rows = task_rows(tasks, period=period, on=clock.today(), periods=opened)
    form = LedgerFilterForm(request.GET, rows)
    chosen = form.chosen()
    return Shown(found, period, form, chosen, rows, narrow(rows, chosen))


def _context(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    return {
        "ledger": shown.ledger,
        "on": clock.today(),
        "period": shown.period,
        "period_name": short_name(shown.period) if shown.period else "",
        "form": shown.form,
        "tabs": _tabs(request, shown),
        "tasks_total": len(shown.everything),
        "leads_total": _leading(shown.everything),
        "sections_total": len(by_section(shown.everything)),
        "sections": by_section(shown.rows),
        "found": _found(shown),
        "clear_url": request.path if shown.chosen else "",
        "query": request.GET.urlencode(),
        "urge": _urge(request, shown),
        "may_see_inspections": see_inspections(person(request), shown.ledger),
        "may_see_directives": see_directives(person(request), shown.ledger),
        "own": min(person(request).scope.departments, default=None),
        "indicators": [(one, wanted(one)) for one in shown.ledger.indicators.filter(task=None)],
    }


def _urge(request: HttpRequest, shown: Shown) -> UrgeOffer | None:
    """Urging for what was picked out: the office's, and never for the whole ledger by one careless click."""
    if not shown.chosen or not coordinate(person(request), shown.ledger.jurisdiction_id):
        return None
    return urge_offer(shown.rows, shown.period, clock.today(), only=shown.chosen.department)


def _tabs(request: HttpRequest, shown: Shown) -> list[dict[str, object]]:
    return [
        {
            "label": tab.word,
            "url": _with_light(request.GET, tab.colour),
            "count": tab.count,
            "current": tab.colour == shown.chosen.light,
            "light": tab.colour,
        }
        for tab in light_tabs(shown.everything, shown.chosen)
    ]


def _with_light(given: QueryDict, colour: str) -> str:
    changed = given.copy()
    changed["light"] = colour
    if not colour:
        del changed["light"]
    return f"?{changed.urlencode()}"


def _leading(rows: list[TaskRow]) -> int:
    """How many departments lead something."""
    return len({part.department_id for row in rows for part in row.parts if part.role == "lead"})


def _found(shown: Shown) -> str:
    """What the list says of itself: how many of how many, and the reports behind the rows."""
    shares = f"筛出{len(shown.rows)}项，" if shown.chosen else ""
    filing = total_filing(shown.rows, shown.chosen.department)
    said = f"{shares}共{len(shown.everything)}项"
    if shown.period is None or not filing.expected:
        return said
    return f"{said}；{short_name(shown.period)}应报{filing.expected}份，按时{filing.on_time}份，逾期{filing.late}份，未报{filing.not_submitted}份"


def _same_page(request: HttpRequest, chosen: Ledger) -> str:
    """The page of `next` for another ledger; the workbench when it names a task or leads elsewhere."""
    path = request.POST.get("next", "").partition("?")[0]
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return reverse("reports:workbench")
    try:
        match = resolve(path)
    except Resolver404:
        return reverse("reports:workbench")
    if set(match.kwargs) == {"ledger"}:
        return reverse(match.view_name, kwargs={"ledger": chosen.pk})
    return path if not match.kwargs else reverse("reports:workbench")
