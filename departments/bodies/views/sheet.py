"""单位表: out as a workbook, in after a look at what it changes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.bodies.changing import NotPossible
from departments.bodies.sheet import empty_sheet, export_bodies, import_bodies, keep, look_at, take_back
from departments.bodies.views.keep import kept_place, list_of
from departments.middleware import person
from departments.models import Jurisdiction
from sheets.archives import UnreadableFile
from timekeeping import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORGOTTEN = "预览的内容已失效，没有导入。请重新上传单位表。"


class SheetForm(forms.Form):
    """上传填好的单位表."""

    file = forms.FileField(
        label="单位表",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请检查后重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse before reading what is larger than the installation allows."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.UPLOAD_LIMIT_MB
        if (file.size or 0) > limit * 1024 * 1024:
            raise forms.ValidationError(f"文件超过{limit}MB。请只保留单位表后重新上传。")
        return file


@require_safe
def bodies_xlsx(request: HttpRequest, jurisdiction: int) -> FileResponse:
    """Hand out the departments of a place."""
    user = person(request)
    place = kept_place(user, jurisdiction)
    return _attachment(export_bodies(place, by=user, on=clock.today()), f"{place.name}单位表.xlsx")


@require_safe
def template_xlsx(request: HttpRequest, jurisdiction: int) -> FileResponse:
    """Hand out the empty table."""
    kept_place(person(request), jurisdiction)
    return _attachment(empty_sheet(), "单位表（空表）.xlsx")


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


def _attachment(data: bytes, name: str) -> FileResponse:
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=XLSX)


def _page(
    request: HttpRequest, place: Jurisdiction, form: SheetForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "place": place, "back": list_of(place)}
    return render(request, "departments/body_import.html", context, status=status)
