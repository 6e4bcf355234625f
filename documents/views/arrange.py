"""调整任务: splitting, merging and moving one task, or changing several at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from departments.middleware import person
from departments.models import User
from documents import bulk as many
from documents.forms import VersionForm
from documents.forms_arrange import BULK_ACTS, ROLE_ACTS, BulkForm, MergeForm, MoveForm, SplitForm, StepForm
from documents.merge import merge
from documents.models import Draft
from documents.move import move, step
from documents.reading import DraftTask
from documents.split import split
from documents.undo import undo
from documents.views.drafts import act_and_return, known_names, open_draft, show_page, stale, task_or_404

Act = Callable[[], Draft]


@require_safe
def arrange(request: HttpRequest, document: int, key: int) -> HttpResponse:
    """Offer to split, merge or move a task, or to leave it out."""
    draft = open_draft(person(request), document)
    return _arrange_page(request, draft, task_or_404(draft, key))


@require_POST
def split_task(request: HttpRequest, document: int, key: int) -> HttpResponse:
    """Make two tasks of one."""
    user = person(request)
    draft = open_draft(user, document)
    task = task_or_404(draft, key)
    form = SplitForm(task.body or task.title, request.POST)
    if not form.is_valid():
        return _arrange_page(request, draft, task, split=form)
    given = {"at": form.cleaned_data["at"], "version": form.cleaned_data["version"], "by": user}
    return act_and_return(
        request, document, lambda: split(draft, key, **given), f"{task.number}已拆成两项。", f"row{key}"
    )


@require_POST
def merge_task(request: HttpRequest, document: int, key: int) -> HttpResponse:
    """Put a task into another."""
    user = person(request)
    draft = open_draft(user, document)
    task = task_or_404(draft, key)
    form = MergeForm(draft, task, request.POST)
    if not form.is_valid():
        return _arrange_page(request, draft, task, merge=form)
    into, version = form.cleaned_data["into"], form.cleaned_data["version"]
    return act_and_return(
        request,
        document,
        lambda: merge(draft, [key], into=into, version=version, by=user),
        f"{task.number}已并入{task_or_404(draft, into).number}。",
        f"row{into}",
    )


@require_POST
def move_task(request: HttpRequest, document: int, key: int) -> HttpResponse:
    """Move a task by one place, or to the place chosen."""
    user = person(request)
    draft = open_draft(user, document)
    task = task_or_404(draft, key)
    if "step" in request.POST:
        return _step(request, draft, key, user)
    form = MoveForm(draft, task, request.POST)
    if not form.is_valid():
        return _arrange_page(request, draft, task, move=form)
    given = {**form.chosen(), "version": form.cleaned_data["version"], "by": user}
    return act_and_return(
        request, document, lambda: move(draft, [key], **given), f"{task.number}已移动。", f"row{key}"
    )


@require_POST
def change_several(request: HttpRequest, document: int) -> HttpResponse:
    """Do one thing to all tasks that are ticked; what is wrong comes back with the ticks."""
    user = person(request)
    draft = open_draft(user, document)
    form = BulkForm(draft, request.POST, known=known_names(draft))
    if not form.is_valid():
        return show_page(request, draft, form, 400)
    keys = form.cleaned_data["tasks"]
    words = f"已处理{len(keys)}项：{dict(BULK_ACTS)[form.cleaned_data['act']]}。"
    return act_and_return(request, document, _bulk_act(draft, form, user), words, f"row{keys[0]}")


@require_POST
def undo_last(request: HttpRequest, document: int) -> HttpResponse:
    """Take the last change back."""
    user = person(request)
    draft = open_draft(user, document)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return stale(request, document)
    version = form.cleaned_data["version"]
    words = "已撤销上一步；再撤销一次即恢复。"
    return act_and_return(request, document, lambda: undo(draft, version=version, by=user), words)


def _step(request: HttpRequest, draft: Draft, key: int, user: User) -> HttpResponse:
    form = StepForm(request.POST)
    if not form.is_valid():
        return stale(request, draft.document_id)
    up, version = form.cleaned_data["step"] == "up", form.cleaned_data["version"]
    return act_and_return(
        request,
        draft.document_id,
        lambda: step(draft, key, up=up, version=version, by=user),
        f"已{'上' if up else '下'}移一位。",
        f"row{key}",
    )


def _bulk_act(draft: Draft, form: BulkForm, user: User) -> Act:
    data = form.cleaned_data
    keys, act = data["tasks"], data["act"]
    given: dict[str, Any] = {"version": data["version"], "by": user}
    if act in ROLE_ACTS:
        role, replace, _ = ROLE_ACTS[act]
        return lambda: many.assign(draft, keys, role=role, names=data["names"], replace=replace, **given)
    deadline = {"kind": data["due_kind"] or "none", "text": data["due_text"], "on": data["due_on"]}
    acts: dict[str, Act] = {
        "deadline": lambda: many.set_deadline(draft, keys, **deadline, **given),
        "section": lambda: move(draft, keys, section=data["section"], **given),
        "accept": lambda: many.accept(draft, keys, **given),
        "merge": lambda: merge(draft, keys[1:], into=keys[0], **given),
        "leave_out": lambda: many.leave_out(draft, keys, reason=data["reason"], **given),
        "take_in": lambda: many.take_in(draft, keys, **given),
    }
    return acts[act]


def _arrange_page(request: HttpRequest, draft: Draft, task: DraftTask, **bound: Any) -> HttpResponse:
    """The page with all ways to rearrange a task; a form that failed comes back as it was filled in."""
    initial = {"version": draft.version}
    forms = {
        "split": SplitForm(task.body or task.title, initial=initial),
        "merge": MergeForm(draft, task, initial=initial),
        "move": MoveForm(draft, task, initial=initial),
    }
    context = {"document": draft.document, "draft": draft, "task": task, **forms, **bound}
    return render(request, "documents/arrange_task.html", context, status=400 if bound else 200)
