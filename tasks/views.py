"""确认入账."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from departments.middleware import person
from departments.models import User
from departments.roster import load_roster
from documents.models import Draft
from documents.reading import DraftTask, draft_problems, draft_tasks, iso_day
from tasks.adopt import CannotAdopt, adopt
from tasks.amend.resemble import resembling
from tasks.draft_page import open_draft
from tasks.forms import AdoptForm
from tasks.match import unmatched
from tasks.measures import targets
from tasks.models import Ledger, Task
from tasks.propose import propose
from timekeeping import clock


@require_http_methods(["GET", "POST"])
def adopt_page(request: HttpRequest, document: int) -> HttpResponse:
    """Propose the ledger of a reviewed draft, and make it when confirmed."""
    user, now = person(request), clock.now()
    draft = open_draft(user, document)
    tasks = [task for task in draft_tasks(draft) if not task.left_out]
    roster = load_roster(draft.document.jurisdiction, now.date())
    form = AdoptForm(
        request.POST or None,
        initial=_initial(draft, tasks, now.date()),
        unknown=unmatched(tasks, roster),
        targets=targets(tasks),
        roster=roster,
    )
    if form.is_valid():
        try:
            ledger = _adopt(draft, form, user, now)
        except CannotAdopt as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已入账：{ledger.name}，共{len(tasks)}项任务。")
            return redirect("reports:ledger", ledger.pk)
    context = {
        "document": draft.document,
        "form": form,
        "counts": _counts(tasks),
        "must": [one for one in draft_problems(draft) if one.must and one.open],
        "known_ledgers": resembling(user, draft.document, tasks),
        "left_out": [task for task in draft_tasks(draft) if task.left_out],
    }
    return render(request, "tasks/adopt.html", context, status=400 if form.is_bound else 200)


def _adopt(draft: Draft, form: AdoptForm, user: User, now: datetime) -> Ledger:
    """Adopt what the person saw: a draft changed meanwhile is refused."""
    data = form.cleaned_data
    if data["version"] != draft.version:
        raise CannotAdopt("读入稿刚刚被别人修改，请返回核对后再确认。")
    return adopt(
        draft,
        name=data["name"],
        year=data["year"],
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        by=user,
        at=now,
        choices=form.choices(),
    )


def _initial(draft: Draft, tasks: list[DraftTask], on: date) -> dict[str, Any]:
    paper = draft.document
    days = [task.due_on for task in tasks] + [
        iso_day(one.get("date")) for task in tasks for one in task.dates
    ]
    proposal = propose(paper.title, paper.number, paper.issued_on, [day for day in days if day], on)
    return {
        "version": draft.version,
        "name": proposal.name,
        "year": proposal.year,
        "starts_on": proposal.starts_on,
        "ends_on": proposal.ends_on,
        "undated": Task.DueKind.LEDGER_END,
        "reporters": Ledger.Reporters.LEADS,
    }


def _counts(tasks: list[DraftTask]) -> dict[str, int]:
    """The figures on top of the page."""
    return {
        "tasks": len(tasks),
        "sections": len({task.section for task in tasks}),
        "names": len({name for task in tasks for name in task.names}),
        "undated": sum(
            1 for task in tasks if not task.due_on and task.due_kind not in ("relative", "continuing")
        ),
        "targets": sum(len(task.targets) for task in tasks),
        "without_lead": sum(1 for task in tasks if not task.leads),
    }
