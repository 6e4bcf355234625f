"""核对读入结果: the review page and the corrections that start from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.middleware import person
from documents import correct
from documents.correct import StaleDraft
from documents.forms import AddTaskForm, FactsForm, SettleForm, TaskForm, VersionForm
from documents.models import Draft
from documents.reading import DraftTask, draft_problems, draft_sections, draft_tasks
from documents.views.drafts import (
    STALE,
    act_and_return,
    known_names,
    latest_draft,
    open_draft,
    roster_of,
    say,
    show_page,
    stale,
    task_or_404,
)
from documents.views.inline import edit_inline


@require_safe
def review(request: HttpRequest, document: int) -> HttpResponse:
    """Show what was read beside the original; read only once it is in the ledger."""
    return show_page(request, latest_draft(person(request), document))


@require_http_methods(["GET", "POST"])
def edit_task(request: HttpRequest, document: int, key: int) -> HttpResponse:
    """Correct one task; a save over somebody else's is refused and shows both."""
    user = person(request)
    draft = open_draft(user, document)
    task = task_or_404(draft, key)
    if request.headers.get("HX-Request") == "true":
        return edit_inline(request, draft, task)
    known = known_names(draft)
    form = TaskForm(request.POST or None, initial=TaskForm.initial_of(task, draft.version), known=known)
    theirs = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            correct.correct(draft, key, change=form.change(), version=version, by=user)
        except StaleDraft as newer:
            if newer.current.state != Draft.State.OPEN:
                return stale(request, document)
            theirs = task_or_404(newer.current, key)
            form = TaskForm({**request.POST.dict(), "version": newer.current.version}, known=known)
        else:
            messages.success(request, f"{task.label[:34]}已修改。")
            return redirect(f"{reverse('documents:review', args=[document])}#row{key}")
    context = {
        "document": draft.document,
        "task": task,
        "form": form,
        "theirs": theirs,
        "problems": [one for one in draft_problems(draft) if one.open and one.ref == task.ref],
        "roster": roster_of(draft),
    }
    return render(request, "documents/edit_task.html", context, status=_status(form, theirs))


@require_http_methods(["GET", "POST"])
def edit_facts(request: HttpRequest, document: int) -> HttpResponse:
    """Correct title, number, issuer and date of the paper."""
    user = person(request)
    draft = open_draft(user, document)
    form = FactsForm(request.POST or None, initial=FactsForm.initial_of(draft.document, draft.version))
    if form.is_valid():
        version = form.cleaned_data["version"]
        return act_and_return(
            request,
            document,
            lambda: correct.correct_facts(draft, change=form.change(), version=version, by=user),
        )
    context = {"document": draft.document, "form": form}
    return render(request, "documents/edit_facts.html", context, status=_status(form, None))


@require_http_methods(["GET", "POST"])
def add_task(request: HttpRequest, document: int) -> HttpResponse:
    """Put in a task that the reading missed."""
    user = person(request)
    draft = open_draft(user, document)
    initial = {"version": draft.version, "due_kind": "none", **_place_asked(request, draft)}
    form = AddTaskForm(request.POST or None, initial=initial, draft=draft, known=known_names(draft))
    if form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("section", "number", "before", "version")}
        return act_and_return(
            request, document, lambda: correct.add_task(draft, change=form.change(), by=user, **place)
        )
    context = {"document": draft.document, "form": form}
    return render(request, "documents/add_task.html", context, status=_status(form, None))


@require_POST
def settle_problems(request: HttpRequest, document: int) -> HttpResponse:
    """Accept problems as read, let all who answer lead, or appoint a lead."""
    user = person(request)
    draft = open_draft(user, document)
    form = SettleForm(len(draft.problems), request.POST)
    if not form.is_valid():
        return say(request, document, str(form.errors.get("lead", [STALE])[0]))
    data = form.cleaned_data
    given = {"problems": data["problems"], "version": data["version"], "by": user}
    acts: dict[str, Callable[[], Draft]] = {
        "accept": lambda: correct.settle(draft, **given),
        "all_lead": lambda: correct.lead_together(draft, **given),
        "appoint": lambda: correct.appoint(draft, lead=data["lead"], **given),
    }
    return act_and_return(request, document, acts[data["decision"]], place=data["next"] or "h-issues")


@require_POST
def drop_draft(request: HttpRequest, document: int) -> HttpResponse:
    """Give up what was read; the paper stays."""
    user = person(request)
    draft = open_draft(user, document)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return stale(request, document)
    try:
        correct.drop(draft, version=form.cleaned_data["version"], by=user)
    except StaleDraft:
        return stale(request, document)
    messages.success(request, "已放弃这份读入稿，没有写入台账。再次上传同一文件可重新读入。")
    return redirect("documents:list")


def _place_asked(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Where a new task goes, as the link says: behind a task, or at the end of the last section."""
    tasks, after = draft_tasks(draft), request.GET.get("after", "")
    for one, follower in zip(tasks, [*tasks[1:], None], strict=True):
        if str(one.key) == after:
            inside = follower and follower.section == one.section
            return {"section": one.section, "before": follower.key if follower and inside else ""}
    sections = [number for number, _ in draft_sections(draft)]
    return {"section": sections[-1] if sections else "", "before": ""}


def _status(form: TaskForm | FactsForm, theirs: DraftTask | None) -> int:
    if theirs:
        return 409
    return 400 if form.is_bound else 200
