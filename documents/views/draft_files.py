"""读入稿 as files: JSON and 核对表 out, a corrected 核对表 back in after a look at what it changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.files import KEPT_LIMIT, hand_out
from departments.middleware import person
from documents.draft_sheet.apply import import_sheet
from documents.draft_sheet.differences import find_differences
from documents.draft_sheet.forms import ConfirmForm, SheetForm
from documents.draft_sheet.intake import check_origin, look_at
from documents.draft_sheet.keep import keep, take_back
from documents.export_draft import export_json, export_sheet, last_change
from documents.models import Draft, PolicyDocument
from documents.readers import UnreadableFile
from documents.versions import StaleDraft
from documents.views.drafts import latest_draft, open_draft

FORGOTTEN = "预览的内容已失效，没有导入。请重新上传核对表。"
TOO_MUCH = "一次改动的内容过多。请分几次导入：先只改一部分，导入后重新导出再改其余部分。"


@require_safe
def draft_json(request: HttpRequest, document: int) -> FileResponse:
    """Hand out what was read, as corrected so far, for other programs."""
    user = person(request)
    draft = latest_draft(user, document)
    return hand_out(export_json(draft, by=user), f"{draft.document.title}读入结果.json", "application/json")


@require_safe
def draft_sheet(request: HttpRequest, document: int) -> FileResponse:
    """Hand out the 核对表 for correcting offline."""
    user = person(request)
    draft = open_draft(user, document)
    name = f"{draft.document.title}核对表（第{draft.version}稿）.xlsx"
    return hand_out(export_sheet(draft, by=user), name)


@require_http_methods(["GET", "POST"])
def import_draft_sheet(request: HttpRequest, document: int) -> HttpResponse:
    """Take a corrected 核对表 in and show what it would change."""
    user = person(request)
    draft = open_draft(user, document)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if not form.is_valid():
        return _page(request, draft, status=400 if form.is_bound else 200, form=form)
    try:
        intake = look_at(draft, form.cleaned_data["file"].read())
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _page(request, draft, status=400, form=form)
    except StaleDraft as stale:
        return _stale(request, stale.current, draft.document)
    if intake.errors:
        return _page(request, draft, status=400, form=SheetForm(), intake=intake)
    kept = keep(intake.corrections, draft, user)
    if len(kept) > KEPT_LIMIT:
        form.add_error("file", TOO_MUCH)
        return _page(request, draft, status=400, form=form)
    differences = find_differences(draft, intake.corrections)
    return _page(request, draft, form=SheetForm(), intake=intake, differences=differences, kept=kept)


@require_POST
def confirm_import(request: HttpRequest, document: int) -> HttpResponse:
    """Write what the person saw and confirmed."""
    user = person(request)
    draft = open_draft(user, document)
    form = ConfirmForm(request.POST)
    taken = take_back(form.cleaned_data["kept"], user) if form.is_valid() else None
    if taken is None:
        messages.warning(request, FORGOTTEN)
        return redirect("documents:import_sheet", document)
    key, corrections = taken
    try:
        check_origin(draft, key)
        if corrections.missing and not form.cleaned_data["leave_out"]:
            differences, kept = find_differences(draft, corrections), form.cleaned_data["kept"]
            more: dict[str, Any] = {"differences": differences, "kept": kept, "unconfirmed": True}
            return _page(request, draft, status=400, form=SheetForm(), **more)
        import_sheet(draft, corrections=corrections, version=key.version, by=user)
    except UnreadableFile as problem:
        messages.warning(request, str(problem))
        return redirect("documents:import_sheet", document)
    except StaleDraft as stale:
        return _stale(request, stale.current, draft.document)
    messages.success(request, "核对表已导入读入稿。")
    return redirect("documents:review", document)


def _page(request: HttpRequest, draft: Draft, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"document": draft.document, "draft": draft}
    return render(request, "documents/draft_import.html", context, status=status)


def _stale(request: HttpRequest, current: Draft, paper: PolicyDocument) -> HttpResponse:
    current.document = paper
    changed = last_change(current)
    return _page(request, current, status=409, form=SheetForm(), stale=True, changed=changed)
