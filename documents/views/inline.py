"""就地修改: a task's fields inside the review page, saved as they are filled in; needs a script, unlike its page."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from departments.middleware import person
from departments.permissions import Refused
from documents.amend import amend, fingerprint
from documents.forms_arrange import InlineForm
from documents.models import Draft
from documents.reading import DraftTask
from documents.versions import StaleDraft
from documents.views.drafts import known_names, page_context, task_or_404
from timekeeping import clock

SAVED = "draft-saved"


def edit_inline(request: HttpRequest, draft: Draft, task: DraftTask) -> HttpResponse:
    """Give the fields of a task, or save what was filled in and say how that went."""
    if request.method != "POST":
        return render(request, "documents/inline_form.html", _form_context(draft, task))
    form = InlineForm(request.POST, draft=draft, key=task.key, known=known_names(draft))
    if not form.is_valid():
        return render(request, "documents/inline_invalid.html", {"form": form}, status=422)
    data = form.cleaned_data
    given = {name: data[name] for name in ("section", "seen", "version")}
    try:
        saved = amend(draft, task.key, change=form.change(), by=person(request), **given)
    except StaleDraft as newer:
        return _conflict(request, newer.current, task, form)
    answer = _saved(request, saved, task.key)
    if data["section"] != task.section:
        answer["HX-Refresh"] = "true"
    return answer


def _form_context(draft: Draft, task: DraftTask) -> dict[str, Any]:
    initial = InlineForm.initial_of(task, draft.version)
    initial |= {"section": task.section, "seen": fingerprint(draft, task.key)}
    form = InlineForm(initial=initial, draft=draft, key=task.key)
    return {"document": draft.document, "draft": draft, "task": task, "form": form}


def _saved(request: HttpRequest, draft: Draft, key: int) -> HttpResponse:
    context = page_context(person(request), draft)
    rows = [row for section in context["review"].sections for row in section.rows]
    row = next(row for row in rows if row.task.key == key)
    context |= {"row": row, "task": row.task, "seen": fingerprint(draft, key), "at": clock.now()}
    answer = render(request, "documents/inline_saved.html", context)
    answer["HX-Trigger"] = json.dumps({SAVED: {"version": draft.version}})
    return answer


def _conflict(request: HttpRequest, current: Draft, task: DraftTask, form: InlineForm) -> HttpResponse:
    if current.state != Draft.State.OPEN:
        raise Refused("这份文件已经入账或已放弃，不能再改读入结果。")
    context = {
        "document": current.document,
        "task": task,
        "theirs": task_or_404(current, task.key),
        "form": form,
        "version": current.version,
        "seen": fingerprint(current, task.key),
    }
    return render(request, "documents/inline_conflict.html", context, status=409)
