"""专项检查: the list of a ledger, one with its findings, correcting it, its 整改台账 as a workbook."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from departments.middleware import person
from departments.permissions import oversee, require
from progress.models import Finding, Inspection
from progress.moves import NotPossible
from progress.oversight import permissions as may
from progress.oversight.add_finding import add_finding
from progress.oversight.add_inspection import add_inspection, correct_inspection
from progress.oversight.desk import inspections_of, lines_of, waiting_lines
from progress.oversight.export_findings import export_findings
from progress.oversight.forms import FindingForm, InspectionForm
from progress.querysets import FindingQuerySet
from progress.tables import Moved
from tasks.current import ledger_or_404, remember
from tasks.models import Ledger
from timekeeping import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOVED = "这次检查刚刚被别人修改过，没有保存。请核对现在的内容，您填写的还在。"


@require_http_methods(["GET", "POST"])
def inspections(request: HttpRequest, ledger: int) -> HttpResponse:
    """List the inspections of a ledger and what waits; the office enters the next one here."""
    found, user = ledger_or_404(request, ledger), person(request)
    if request.method != "POST":
        require(may.see_inspections(user, found))
        return _list(request, found, InspectionForm(None, on=clock.today()))
    require(may.add_inspection(user, found))
    form = InspectionForm(request.POST, on=clock.today())
    if form.is_valid():
        try:
            made = add_inspection(found, **form.given(), by=user, at=clock.now())
        except NotPossible as refused:
            form.add_error("name", refused.reason)
        else:
            messages.success(request, f"已登记：{made.name}。请逐条登记发现的问题。")
            return redirect("progress:inspection", made.pk)
    return _list(request, found, form)


@require_http_methods(["GET", "POST"])
def inspection(request: HttpRequest, inspection: int) -> HttpResponse:
    """Show an inspection with its findings; the office enters the next finding here."""
    found, user = _inspection_or_404(request, inspection), person(request)
    if request.method != "POST":
        opened = FindingForm(None, inspection=found, on=clock.today())
        return _page(request, found, opened)
    require(may.change_inspection(user, found))
    form = FindingForm(request.POST, inspection=found, on=clock.today())
    if form.is_valid():
        try:
            made = add_finding(found, **form.given(), by=user)
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"已登记：{made.department.short_name}，{made.task}。")
            return redirect(f"{reverse('progress:inspection', args=[found.pk])}#h-add")
    return _page(request, found, form)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, inspection: int) -> HttpResponse:
    """Put right name, day and note of an inspection."""
    found, user = _inspection_or_404(request, inspection), person(request)
    require(may.change_inspection(user, found))
    form = InspectionForm(request.POST or None, on=clock.today(), inspection=found)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            correct_inspection(found, **form.given(), version=version, by=user, at=clock.now())
        except NotPossible as refused:
            form.add_error("name", refused.reason)
        except Moved as moved:
            found, status = moved.current, 409
            form = InspectionForm({**request.POST.dict(), "version": found.version}, on=clock.today())
            form.add_error(None, _MOVED)
        else:
            messages.success(request, "已更正。")
            return redirect("progress:inspection", found.pk)
    context = {"inspection": found, "form": form}
    return render(request, "progress/inspection_edit.html", context, status=status)


@require_safe
def findings_xlsx(request: HttpRequest, inspection: int) -> FileResponse:
    """The findings that the page shows, as a workbook."""
    found, user, on = _inspection_or_404(request, inspection), person(request), clock.today()
    data = export_findings(found, lines_of(_standing(request, found), on), on=on, by=user)
    name = f"{found.name}整改台账（截至{on.isoformat()}）.xlsx"
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=XLSX)


def _inspection_or_404(request: HttpRequest, pk: int) -> Inspection:
    rows = Inspection.objects.visible_to(person(request)).select_related("ledger")
    found = get_object_or_404(rows, pk=pk)
    remember(request, found.ledger)
    return found


def _standing(request: HttpRequest, found: Inspection) -> FindingQuerySet:
    return Finding.objects.visible_to(person(request)).standing().filter(inspection=found)


def _list(request: HttpRequest, ledger: Ledger, form: InspectionForm) -> HttpResponse:
    user, on = person(request), clock.today()
    context = {
        "ledger": ledger,
        "rows": inspections_of(user, ledger, on),
        "waiting": waiting_lines(user, ledger, on),
        "form": form if may.add_inspection(user, ledger) else None,
        "whole": oversee(user, ledger.jurisdiction_id),
    }
    return render(request, "progress/inspections.html", context, status=400 if form.is_bound else 200)


def _page(request: HttpRequest, found: Inspection, form: FindingForm) -> HttpResponse:
    user, on = person(request), clock.today()
    rows = Finding.objects.visible_to(user).filter(inspection=found)
    (inspected,) = [one for one in inspections_of(user, found.ledger, on) if one.inspection == found]
    context = {
        "inspection": found,
        "inspected": inspected,
        "lines": lines_of(rows.standing(), on),
        "cancelled": rows.filter(state=Finding.State.CANCELLED).select_related("task__section"),
        "form": form if may.change_inspection(user, found) else None,
        "whole": oversee(user, found.jurisdiction_id),
        "on": on,
    }
    return render(request, "progress/inspection.html", context, status=400 if form.is_bound else 200)
