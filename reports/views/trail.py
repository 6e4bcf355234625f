"""审计: the list of entries, one entry, the workbook."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.changes import changes_of
from audit.models import Archive, Entry, Seal
from audit.search import COUNTED, count_up_to, narrow, page_of, seal_of, sealed_through
from departments.files import hand_out
from departments.middleware import person
from departments.permissions import require
from reports.export_trail import TooMany, export_trail
from reports.permissions import read_trail
from reports.trail import lines_of, place_names, readable
from reports.trail_form import TrailFilterForm


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The entries that the auditor may read, newest first, narrowed by the address."""
    user = person(request)
    require(read_trail(user))
    form = _form(request)
    return _list(request, form, status=200 if form.is_valid() else 400)


@require_safe
def trail_entry(request: HttpRequest, entry: int) -> HttpResponse:
    """One entry: what was before and after, side by side."""
    user = person(request)
    require(read_trail(user))
    found = get_object_or_404(readable(user), pk=entry)
    (line,) = lines_of([found], places=place_names(user), sealed_through=0)
    context = {"line": line, "entry": found, "changes": changes_of(found), "seal": seal_of(found)}
    return render(request, "reports/trail_entry.html", context)


@require_safe
def trail_xlsx(request: HttpRequest) -> HttpResponse | FileResponse:
    """The entries of the same address as a workbook."""
    user = person(request)
    require(read_trail(user))
    form = _form(request)
    chosen = form.chosen()
    if chosen is None:
        return _list(request, form, status=400)
    try:
        file = export_trail(narrow(readable(user), chosen), conditions=form.in_words(), by=user)
    except TooMany as problem:
        form.add_error(None, str(problem))
        return _list(request, form, status=400)
    return hand_out(file, f"审计记录（{timezone.localdate().isoformat()}）.xlsx")


def _form(request: HttpRequest) -> TrailFilterForm:
    # The trail keeps the machine's time even where a demonstration's clock stands at another day.
    return TrailFilterForm(request.GET, today=timezone.localdate())


def _list(request: HttpRequest, form: TrailFilterForm, *, status: int) -> HttpResponse:
    user, chosen = person(request), form.chosen()
    entries = narrow(readable(user), chosen) if chosen else Entry.objects.none()
    page = page_of(entries, older=_key(request, "older"), newer=_key(request, "newer"))
    count = count_up_to(entries)
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "lines": lines_of(page.entries, places=place_names(user), sealed_through=sealed_through()),
        "count": min(count, COUNTED),
        "more": count > COUNTED,
        "last_seal": Seal.objects.order_by("-day").first(),
        "last_archive": Archive.objects.order_by("-through_day").first(),
        "query": _without_place(request),
    }
    return render(request, "reports/trail.html", context, status=status)


def _key(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _without_place(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in ("older", "newer"):
        kept.pop(name, None)
    return kept.urlencode()
