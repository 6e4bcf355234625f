"""申请更正: the department asks on a page of its own, the office declines on its desk (or opens the report again)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from departments.middleware import person
from departments.permissions import Refused, require
from progress.corrections.ask import ask_correction, why_not_ask
from progress.corrections.decline import decline_correction
from progress.corrections.forms import CorrectionForm, DeclineForm
from progress.corrections.permissions import may_ask, may_decline
from progress.measures import measures_for
from progress.models import Correction, ProgressReport
from progress.moves import NotPossible
from progress.views.answers import report_or_404
from progress.views.review import desk_page
from timekeeping import clock


@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest, report: int) -> HttpResponse:
    """Take what a department asks to have corrected."""
    row = report_or_404(request, report)
    require(may_ask(person(request), row))
    form, why = CorrectionForm(request.POST or None), why_not_ask(row)
    if form.is_valid() and not why:
        try:
            ask_correction(row, reason=form.cleaned_data["reason"], by=person(request), at=clock.now())
        except NotPossible as refused:
            why = refused.reason
        else:
            messages.success(request, f"已申请更正，等待医改办办理：{row.task}。")
            return redirect(filing_of(row))
    context = {"report": row, "told": measures_for(row).told(row), "form": form, "why": why}
    context |= {"back": filing_of(row), "on": clock.today()}
    return render(request, "progress/correction.html", context, status=400 if form.is_bound else 200)


@require_POST
def decline(request: HttpRequest, correction: int) -> HttpResponse:
    """Leave the report as it was confirmed."""
    rows = Correction.objects.visible_to(person(request)).select_related("report")
    asked = get_object_or_404(rows, pk=correction)
    require(may_decline(person(request), asked))
    row = report_or_404(request, asked.report_id)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    if not form.is_valid():
        return desk_page(request, row.task.ledger, row, form)
    try:
        decline_correction(asked, reason=form.cleaned_data["reason"], by=person(request), at=clock.now())
    except NotPossible as refused:
        raise Refused(refused.reason) from refused
    messages.success(request, f"没有同意更正：{row.department.short_name}　{row.task}。")
    return redirect("progress:review", row.task.ledger_id)


def filing_of(report: ProgressReport) -> str:
    """The department's card of a report."""
    page = reverse("progress:filing", args=[report.task.ledger_id])
    return f"{page}?period={report.period_id}#task-{report.task_id}"
