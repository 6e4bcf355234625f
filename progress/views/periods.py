"""报送期: the list, and opening a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from departments.middleware import person
from departments.permissions import oversee, require
from documents.reading import iso_day
from progress.forms import PeriodForm, ReopenPeriodForm
from progress.models import ProgressReport, ReportingPeriod
from progress.moves import NotPossible
from progress.open_period import open_period, owing_parts
from progress.permissions import open_period as may_open
from progress.propose import Proposal, propose, propose_for
from progress.rates import filing_rates_by
from progress.reopen_period import reopen_period, why_not_reopen
from progress.set_by_paper import dates_set
from progress.window import window_of
from tasks.current import ledger_or_404
from tasks.models import Ledger
from timekeeping import clock


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest, ledger: int) -> HttpResponse:
    """List the periods of a ledger; the office opens the next one here."""
    found = ledger_or_404(request, ledger)
    if request.method == "POST":
        require(may_open(person(request), found))
        return _open(request, found)
    form = None
    if may_open(person(request), found):
        form = PeriodForm.proposing(_proposal(request, found))
    return _page(request, found, form)


def _proposal(request: HttpRequest, ledger: Ledger) -> Proposal:
    """The next quarter, or that of a date which the paper sets and the person chose."""
    chosen = iso_day(request.GET.get("due"))
    if chosen and chosen in {one.due_on for one in dates_set(ledger)}:
        return propose_for(chosen, clock.today())
    return propose(ledger, clock.today())


def _open(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _page(request, ledger, form)
    given = {name: value for name, value in form.cleaned_data.items() if name != "confirm_short"}
    try:
        period = open_period(ledger, **given, by=person(request), at=clock.now())
    except NotPossible as refused:
        form.add_error(None, refused.reason)
        return _page(request, ledger, form)
    messages.success(request, f"已开启{period}，应报{period.reports.count()}份。")
    return redirect("progress:periods", ledger.pk)


def _page(request: HttpRequest, ledger: Ledger, form: PeriodForm | None) -> HttpResponse:
    user = person(request)
    reports = ProgressReport.objects.visible_to(user).filter(period__ledger=ledger)
    if not oversee(user, ledger.jurisdiction_id):
        reports = reports.filter(department_id__in=user.scope.departments)
    rates = filing_rates_by(reports, "period_id")
    owing = owing_parts(ledger)
    context = {
        "ledger": ledger,
        "on": clock.today(),
        "form": form,
        "window": window_of(*dates) if form and (dates := form.dates()) else None,
        "dates_set": dates_set(ledger) if form else [],
        "rows": [(period, rates.get(period.pk)) for period in reversed(ledger.periods.all())],
        "whole": bool(oversee(user, ledger.jurisdiction_id)),
        "owing": len(owing),
        "owing_departments": len({part.department_id for part in owing}),
    }
    return render(request, "progress/periods.html", context, status=400 if form and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, period: int) -> HttpResponse:
    """Take reports of a closed period again, with a new closing date and the reason."""
    seen = ReportingPeriod.objects.visible_to(person(request)).select_related("ledger")
    found = get_object_or_404(seen, pk=period)
    require(may_open(person(request), found.ledger))
    form = ReopenPeriodForm(
        request.POST or None, initial={"closes_on": ReopenPeriodForm.usual(clock.today())}
    )
    if form.is_valid():
        try:
            reopened = reopen_period(found, **form.cleaned_data, by=person(request), at=clock.now())
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"已重新开放{reopened}，{reopened.closes_on:%Y-%m-%d}关闭。")
            return redirect("progress:periods", found.ledger_id)
    context = {
        "period": found,
        "form": form,
        "refusal": why_not_reopen(found, clock.today()),
        "missing": found.reports.never_submitted().count(),
    }
    return render(request, "progress/reopen_period.html", context, status=400 if form.errors else 200)
