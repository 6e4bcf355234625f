"""通报: the list of a ledger's circulars, the draft's page, its Word file, its issue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.record import record
from departments.asked import asked_id
from departments.files import hand_out
from departments.middleware import person
from departments.models import User
from departments.permissions import require
from progress.models import ReportingPeriod
from reports.bulletin_form import BulletinForm
from reports.bulletin_text import LIMIT, length_of
from reports.circular import write_circular
from reports.circular.figures import official_date
from reports.compose import circular_of
from reports.draft_bulletin import changed_since
from reports.draft_bulletin import draft_bulletin as start_draft
from reports.issue import issue
from reports.models import Bulletin
from reports.permissions import draft_bulletin, edit_bulletin
from reports.save_bulletin import Conflict, refresh_bulletin, save_bulletin
from tasks.current import ledger_or_404, remember
from timekeeping import clock

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
def bulletins(request: HttpRequest, ledger: int) -> HttpResponse:
    """List the circulars; POST begins the draft of a period."""
    user, found = person(request), ledger_or_404(request, ledger)
    may_draft = draft_bulletin(user, found)
    periods = ReportingPeriod.objects.visible_to(user).filter(ledger=found).opened()
    if request.method == "POST":
        require(may_draft)
        period = get_object_or_404(periods, pk=asked_id(request.POST.get("period")))
        made = start_draft(found, period, by=user, on=clock.today())
        return redirect("reports:bulletin", made.pk)
    listed = Bulletin.objects.visible_to(user).filter(ledger=found).select_related("period", "issued_by")
    context = {"ledger": found, "listed": listed, "may_draft": bool(may_draft), "periods": periods[::-1]}
    return render(request, "reports/bulletins.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bulletin(request: HttpRequest, bulletin: int) -> HttpResponse:
    """Read a circular; a coordinator writes its draft."""
    user, found = person(request), _visible(request, bulletin)
    if request.method == "POST":
        require(edit_bulletin(user, found))
        return _save(request, user, found)
    if not edit_bulletin(user, found):
        return render(request, "reports/bulletin.html", _context(found, None))
    on = clock.today()
    context = _context(found, BulletinForm(found, on)) | {"changes": changed_since(found, on)}
    return render(request, "reports/bulletin.html", context)


@require_safe
def bulletin_docx(request: HttpRequest, bulletin: int) -> FileResponse:
    """The Word file: of a draft as it stands, of an issued one as it was kept."""
    user, found = person(request), _visible(request, bulletin)
    with transaction.atomic():
        record(
            "bulletin.download",
            actor=user,
            target=found,
            jurisdiction_id=found.jurisdiction_id,
            after={"state": found.state},
        )
    file = found.file.open("rb") if found.file else write_circular(circular_of(found))
    return hand_out(file, f"{found.title}.docx", DOCX)


@require_POST
def issue_bulletin(request: HttpRequest, bulletin: int) -> HttpResponse:
    """Issue a draft."""
    user, found = person(request), _visible(request, bulletin)
    issue(found, by=user, at=clock.now())
    messages.success(request, "通报已印发，内容和数据不再变动。")
    return redirect("reports:bulletin", found.pk)


def _visible(request: HttpRequest, pk: int) -> Bulletin:
    rows = Bulletin.objects.visible_to(person(request)).select_related(
        "ledger__document", "ledger__jurisdiction", "jurisdiction", "period", "issued_by", "created_by"
    )
    found = get_object_or_404(rows, pk=pk)
    remember(request, found.ledger)
    return found


def _save(request: HttpRequest, user: User, found: Bulletin) -> HttpResponse:
    form = BulletinForm(found, clock.today(), request.POST)
    if not form.is_valid():
        return render(request, "reports/bulletin.html", _context(found, form), status=422)
    revision, action = form.cleaned_data["revision"], request.POST.get("action", "save")
    try:
        saved = save_bulletin(
            found, form.content(), revision=revision, by=user, restore=action.removeprefix("restore-")
        )
        day = _figures_day(form, found, action)
        if day:
            refresh_bulletin(saved, revision=saved.content["revision"], by=user, on=day)
    except Conflict as clash:
        return _both_texts(request, clash.current)
    messages.success(request, f"已保存，数据按{official_date(day)}的台账重新取数。" if day else "已保存。")
    return redirect("reports:bulletin", found.pk)


def _figures_day(form: BulletinForm, found: Bulletin, action: str) -> date | None:
    """The day to take the figures anew: another one was entered, or today was asked for; else None."""
    entered: date = form.cleaned_data["as_of"]
    if entered != found.as_of:
        return entered
    return form.on if action == "refresh" else None


def _both_texts(request: HttpRequest, current: Bulletin) -> HttpResponse:
    """The person's own texts in the form, the other's in the preview; saving again is then a choice."""
    given = request.POST.copy()
    given["revision"] = str(current.content["revision"])
    context = _context(current, BulletinForm(current, clock.today(), given)) | {"conflict": True}
    return render(request, "reports/bulletin.html", context, status=409)


def _context(found: Bulletin, form: BulletinForm | None) -> dict[str, Any]:
    return {
        "bulletin": found,
        "ledger": found.ledger,
        "form": form,
        "circular": circular_of(found),
        "length": length_of(found.content["texts"]),
        "limit": LIMIT,
    }
