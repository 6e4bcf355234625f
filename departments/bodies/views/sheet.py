"""单位表: out as a workbook, in after a look at what it changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.bodies.changing import NotPossible
from departments.bodies.sheet import empty_sheet, export_bodies, import_bodies, keep, look_at, take_back
from departments.bodies.views.keep import kept_place, list_of
from departments.files import hand_out, sheet_file
from departments.middleware import person
from departments.models import Jurisdiction
from sheets.archives import UnreadableFile
from timekeeping import clock

FORGOTTEN = "预览的内容已失效，没有导入。请重新上传单位表。"


class SheetForm(forms.Form):
    """上传填好的单位表."""

    file = sheet_file("单位表")


@require_safe
def bodies_xlsx(request: HttpRequest, jurisdiction: int) -> FileResponse:
    """Hand out the departments of a place."""
    user = person(request)
    place = kept_place(user, jurisdiction)
    return hand_out(export_bodies(place, by=user, on=clock.today()), f"{place.name}单位表.xlsx")


@require_safe
def template_xlsx(request: HttpRequest, jurisdiction: int) -> FileResponse:
    """Hand out the empty table."""
    kept_place(person(request), jurisdiction)
    return hand_out(empty_sheet(), "单位表（空表）.xlsx")


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, jurisdiction: int) -> HttpResponse:
    """Take a filled-in table and show what it would do."""
    user = person(request)
    place = kept_place(user, jurisdiction)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if not form.is_valid():
        return _page(request, place, form, status=400 if form.is_bound else 200)
    try:
        preview = look_at(form.cleaned_data["file"].read(), place, on=clock.today())
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _page(request, place, form, status=400)
    if preview.errors:
        return _page(request, place, SheetForm(), status=400, preview=preview)
    kept = keep(preview.changing, place, user)
    return _page(request, place, SheetForm(), preview=preview, kept=kept)


@require_POST
def confirm(request: HttpRequest, jurisdiction: int) -> HttpResponse:
    """Write what the person saw and confirmed."""
    user = person(request)
    place = kept_place(user, jurisdiction)
    lines = take_back(request.POST.get("kept", ""), place, user)
    if not lines:
        messages.warning(request, FORGOTTEN)
        return redirect("bodies:import", place.pk)
    try:
        import_bodies(place, lines, by=user, on=clock.today())
    except NotPossible as refused:
        messages.warning(request, refused.reason)
        return redirect("bodies:import", place.pk)
    messages.success(request, f"已导入{len(lines)}行。")
    return redirect(list_of(place))


def _page(
    request: HttpRequest, place: Jurisdiction, form: SheetForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "place": place, "back": list_of(place)}
    return render(request, "departments/body_import.html", context, status=status)
