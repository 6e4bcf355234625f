"""人员表: out as a workbook, in after a look at what it changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments import permissions
from departments.files import hand_out, sheet_file
from departments.middleware import person
from departments.models import Department, Membership
from departments.people.hold import NotPossible
from departments.people.sheet import Line, export_people, import_people, keep, look_at, take_back
from departments.permissions import require
from departments.preview import Preview
from sheets.archives import UnreadableFile
from timekeeping import clock

FORGOTTEN = "预览的内容已失效，没有导入。请重新上传人员表。"


class SheetForm(forms.Form):
    """上传填好的人员表."""

    file = sheet_file("人员表")


@require_safe
def people_xlsx(request: HttpRequest) -> FileResponse:
    """Hand out the people of the office's departments; an empty table serves as the form to fill in."""
    user = person(request)
    require(permissions.settle_parts(user))
    return hand_out(export_people(by=user, on=clock.today()), "人员表.xlsx")


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a filled-in table and show what it would do."""
    user = person(request)
    require(permissions.settle_parts(user))
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if not form.is_valid():
        return _page(request, form, status=400 if form.is_bound else 200)
    try:
        preview = look_at(form.cleaned_data["file"].read(), by=user, on=clock.today())
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _page(request, form, status=400)
    if preview.errors:
        return _page(request, SheetForm(), status=400, preview=preview)
    kept = keep(preview.changing, user)
    return _page(request, SheetForm(), preview=preview, rows=_rows(preview), kept=kept)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Write what the person saw and confirmed; new first passwords are shown on the answer only."""
    user = person(request)
    require(permissions.settle_parts(user))
    lines = take_back(request.POST.get("kept", ""), user)
    if not lines:
        messages.warning(request, FORGOTTEN)
        return redirect("departments:import_people")
    try:
        made = import_people(lines, by=user, on=clock.today())
    except NotPossible as refused:
        messages.warning(request, refused.reason)
        return redirect("departments:import_people")
    messages.success(request, f"已导入{len(lines)}行，新增账号{len(made)}个。")
    if not made:
        return redirect("departments:people")
    return render(request, "departments/first_passwords.html", {"made": made})


def _page(request: HttpRequest, form: SheetForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "departments/people_import.html", {"form": form, **context}, status=status)


def _rows(preview: Preview[Line]) -> list[tuple[Line, str, str]]:
    """Each row that changes something, with the words for its department and role."""
    bodies = Department.objects.in_bulk({line.department for line in preview.changing})
    return [
        (line, bodies[line.department].short_name, str(Membership.Role(line.role).label))
        for line in preview.changing
    ]
