"""填报表: out, and back in after a look at what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.files import KEPT_LIMIT, hand_out
from departments.middleware import person
from departments.models import Department
from departments.permissions import report_for, require
from progress.models import ProgressReport, ReportingPeriod
from progress.period_sheet.apply import NotTaken, import_sheet
from progress.period_sheet.changes import Entry
from progress.period_sheet.columns import FORM
from progress.period_sheet.desk import Desk
from progress.period_sheet.export import export_sheet
from progress.period_sheet.forms import ConfirmForm, SheetForm
from progress.period_sheet.intake import Intake, differences, look_at, named
from progress.period_sheet.keep import keep, take_back
from progress.views.answers import repeats
from progress.workflow import Act
from sheets.archives import UnreadableFile
from tasks.current import remember
from timekeeping import clock

FORGOTTEN = "预览的内容已失效，没有导入。请重新上传填报表。"


@require_safe
def period_xlsx(request: HttpRequest, period: int, department: int) -> FileResponse:
    """Hand out what the department owes, for filling in offline."""
    desk = _desk(request, period, department)
    name = f"{desk.period}{FORM.name}（{desk.department.short_name}）.xlsx"
    return hand_out(export_sheet(desk, by=person(request)), name)


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, period: int, department: int) -> HttpResponse:
    """Take a filled-in workbook and show what it would change."""
    desk = _desk(request, period, department)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if not form.is_valid():
        return _page(request, desk, form, status=400 if form.is_bound else 200)
    try:
        intake = look_at(desk, form.cleaned_data["file"].read())
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _page(request, desk, form, status=400)
    return _preview(request, desk, intake)


@require_POST
def confirm(request: HttpRequest, period: int, department: int) -> HttpResponse:
    """Write what the person saw: as drafts, or handed in."""
    desk = _desk(request, period, department)
    meant = _meant(request, desk)
    if meant is None:
        messages.warning(request, FORGOTTEN)
        return redirect("progress:import_period", period, department)
    entries, number, act = meant
    try:
        written = import_sheet(desk, entries, number=number, act=act, by=person(request), at=clock.now())
    except NotTaken as refused:
        if not _done_already(request, desk, entries, act):
            return _page(request, desk, SheetForm(), status=409, errors=refused.errors, sheet=FORM.name)
        written = [desk.items[entry.report].report for entry in entries]
    messages.success(request, _done_words(written, act))
    return redirect(f"{reverse('progress:filing', args=[desk.period.ledger_id])}?period={period}")


def _desk(request: HttpRequest, period: int, department: int) -> Desk:
    """The department's reports, if the person may see the one and fill in the other."""
    user = person(request)
    seen = ReportingPeriod.objects.visible_to(user).opened().select_related("ledger")
    found = get_object_or_404(seen, pk=period)
    owed = ProgressReport.objects.visible_to(user).filter(period=found, department=department)
    body = get_object_or_404(Department, pk__in=owed.values("department"))
    require(report_for(user, body))
    remember(request, found.ledger)
    return Desk.of(found, body, clock.today())


def _meant(request: HttpRequest, desk: Desk) -> tuple[list[Entry], str, Act] | None:
    """What the pressed button writes, of which workbook: a draft only what was changed; None without anything."""
    form = ConfirmForm(request.POST)
    kept = take_back(form.cleaned_data["kept"], desk, person(request)) if form.is_valid() else None
    if kept is None:
        return None
    (entries, number), act = kept, form.cleaned_data["act"]
    chosen = [entry for entry in entries if entry.fields or act is Act.SUBMIT]
    return (chosen, number, act) if chosen else None


def _preview(request: HttpRequest, desk: Desk, intake: Intake) -> HttpResponse:
    """What the workbook would change, or where it is wrong."""
    if intake.errors:
        return _page(request, desk, SheetForm(), status=400, errors=intake.errors, sheet=intake.sheet)
    kept = keep(intake.entries, intake.number, desk, person(request))
    if len(kept) > KEPT_LIMIT:
        return _page(request, desk, SheetForm(), status=400, too_much=True)
    more: dict[str, Any] = {
        "shown": differences(desk, intake.changed),
        "along": named(desk, intake.drafts),
        "kept": kept,
    }
    return _page(request, desk, SheetForm(), intake=intake, sheet=intake.sheet, **more)


def _page(
    request: HttpRequest, desk: Desk, form: SheetForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "form": form,
        "period": desk.period,
        "department": desk.department,
        "ledger": desk.period.ledger,
    }
    context["late"] = clock.today() > desk.period.due_on
    return render(request, "progress/period_import.html", context, status=status)


def _done_already(request: HttpRequest, desk: Desk, meant: Sequence[Entry], act: Act) -> bool:
    """Whether the same button was pressed just before."""
    return all(
        repeats(desk.items[entry.report].report, act, entry.version, person(request)) for entry in meant
    )


def _done_words(written: Sequence[ProgressReport], act: Act) -> str:
    if act is Act.SAVE:
        return f"已按填报表存草稿{len(written)}项。"
    waiting = sum(report.state == ProgressReport.State.SUBMITTED for report in written)
    late = sum(report.on_time is False for report in written)
    where = "等待本单位审签" if waiting else "送医改办审核"
    return f"已按填报表提交{len(written)}项，{where}{f'，其中{late}项按逾期计' if late else ''}。"
