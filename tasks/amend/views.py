"""更新台账: the comparison, put right and confirmed on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from departments.middleware import person
from departments.roster import Roster, load_roster
from documents.models import Draft
from documents.reading import draft_problems, draft_tasks
from tasks.adopt import CannotAdopt, Choices
from tasks.amend.amend import amend
from tasks.amend.compare import Newer, compare, newer, proposed_pairs, stamp
from tasks.amend.form import AmendForm, read_pairs, written
from tasks.draft_page import open_draft
from tasks.match import unmatched
from tasks.models import Ledger, Task
from timekeeping import clock


@dataclass(frozen=True)
class _Page:
    draft: Draft
    ledger: Ledger
    case: Newer
    roster: Roster


@require_http_methods(["GET", "POST"])
def amend_page(request: HttpRequest, document: int, ledger: int) -> HttpResponse:
    """Compare a reviewed draft with a ledger, and put it over the ledger when confirmed."""
    user, now = person(request), clock.now()
    draft = open_draft(user, document)
    place = Ledger.objects.visible_to(user).filter(jurisdiction_id=draft.document.jurisdiction_id)
    found = get_object_or_404(place.select_related("jurisdiction", "document"), pk=ledger)
    page = _page(draft, found)
    form = _form(request, page)
    if form.is_bound and form.is_valid():
        try:
            if form.cleaned_data["version"] != draft.version:
                raise CannotAdopt("读入稿刚刚被别人修改，请返回核对后再确认。")
            choices = Choices(names=form.names(), undated=page.case.undated, indicators=form.indicators())
            amend(draft, found, seen=form.seen(), by=user, at=now, choices=choices)
        except CannotAdopt as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已更新：{found.name}。")
            return redirect("reports:ledger", found.pk)
    return render(request, "tasks/amend.html", _context(page, form), status=400 if form.is_bound else 200)


def _page(draft: Draft, ledger: Ledger) -> _Page:
    roster = load_roster(draft.document.jurisdiction, clock.today())
    names = {
        one.full_names.get(name, name) for one in draft_tasks(draft) if not one.left_out for name in one.names
    }
    meant = {name: body for name in names if (body := roster.find(name))}
    dated = ledger.tasks.filter(due_kind=Task.DueKind.NONE).exists()
    undated = Task.DueKind.NONE if dated else Task.DueKind.LEDGER_END
    return _Page(draft, ledger, newer(draft, ledger, meant, undated), roster)


def _form(request: HttpRequest, page: _Page) -> AmendForm:
    """The form as proposed, as compared anew (not bound, what was written kept), or to be confirmed."""
    case, known = page.case, [task.pk for task in page.case.held]
    pairs, wrong = proposed_pairs(case), ""
    if request.method == "POST":
        pairs, wrong = read_pairs(request.POST, [one.index for one in case.tasks], known)
    confirming = request.method == "POST" and request.POST.get("act") != "compare"
    comparison = compare(case, pairs)
    form = AmendForm(
        request.POST if confirming else None,
        comparison=comparison,
        tasks=case.held,
        unknown=unmatched(case.tasks, page.roster),
        roster=page.roster,
        initial={
            "version": page.draft.version,
            "stamp": stamp(case),
            "compared": written(pairs),
        },
    )
    if confirming and wrong:
        form.add_error(None, wrong)
    elif request.method == "POST" and not confirming:
        form.initial = {**form.initial, **_kept(form, request)}
    return form


def _kept(form: AmendForm, request: HttpRequest) -> dict[str, Any]:
    """What the person had written before they compared anew."""
    own = ("version", "stamp", "compared")
    return {
        name: name in request.POST if isinstance(field, forms.BooleanField) else request.POST[name]
        for name, field in form.fields.items()
        if name not in own
        and not name.startswith("pair_")
        and (name in request.POST or _was_shown(name, request))
    }


def _was_shown(name: str, request: HttpRequest) -> bool:
    """Whether a tick that is missing was taken away, or was not on the page."""
    kind, _, key = name.partition("_")
    partner = {"take": f"indicator_{key}", "end": f"reason_{key}"}.get(kind, "")
    return partner in request.POST


def _context(page: _Page, form: AmendForm) -> dict[str, Any]:
    return {
        "document": page.draft.document,
        "ledger": page.ledger,
        "form": form,
        "must": [one for one in draft_problems(page.draft) if one.must and one.open],
    }
