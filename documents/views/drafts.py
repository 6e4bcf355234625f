"""What the views of a draft share: finding it, the page itself, and the answers to an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from departments.middleware import person
from departments.models import User
from departments.permissions import Refused, require
from departments.roster import Roster, load_roster
from documents import permissions
from documents.forms_arrange import BulkForm
from documents.models import Draft, PolicyDocument
from documents.reading import DraftTask, draft_tasks
from documents.review import compile_review
from documents.versions import NotPossible, StaleDraft
from timekeeping import clock

STALE = "别人刚刚修改了这份读入稿，您的操作没有执行。下面是现在的内容，请核对后再试。"


def paper_or_404(user: User, pk: int) -> PolicyDocument:
    """A paper that the person may see."""
    papers = PolicyDocument.objects.visible_to(user).select_related("jurisdiction")
    return get_object_or_404(papers, pk=pk)


def latest_draft(user: User, pk: int) -> Draft:
    """The last reading of a paper, whatever became of it."""
    paper = paper_or_404(user, pk)
    require(permissions.read_draft(user, paper))
    draft = paper.drafts.order_by("-id").first()
    if draft is None:
        raise Http404
    draft.document = paper
    return draft


def open_draft(user: User, pk: int) -> Draft:
    """The draft that may still be corrected; Refused with the reason when there is none."""
    paper = paper_or_404(user, pk)
    require(permissions.correct_draft(user, paper))
    draft = paper.drafts.open().first()
    if draft is None:
        raise Refused("这份文件已经入账或已放弃，不能再改读入结果。")
    draft.document = paper
    return draft


def task_or_404(draft: Draft, key: int) -> DraftTask:
    """The task of a draft that goes by this key."""
    for task in draft_tasks(draft):
        if task.key == key:
            return task
    raise Http404


def known_names(draft: Draft) -> list[str]:
    """Every name that the paper prints, so that a 、 inside one does not cut it."""
    return [name for one in draft_tasks(draft) for name in one.names]


def roster_of(draft: Draft) -> Roster:
    """The departments of the draft's place as of today."""
    return load_roster(draft.document.jurisdiction, clock.today())


def page_context(user: User, draft: Draft, bulk: BulkForm | None = None) -> dict[str, Any]:
    """All that the review page and its parts show of a draft."""
    paper = draft.document
    roster = roster_of(draft)
    editable = draft.state == Draft.State.OPEN and bool(permissions.correct_draft(user, paper))
    return {
        "document": paper,
        "draft": draft,
        "roster": roster,
        "review": compile_review(draft, roster),
        "editable": editable,
        "ledger": paper.ledgers.first(),
        "bulk": bulk or (BulkForm(draft, initial={"version": draft.version}) if editable else None),
        "ticked": bulk.ticked if bulk else [],
        "on": clock.today(),
    }


def show_page(
    request: HttpRequest, draft: Draft, bulk: BulkForm | None = None, status: int = 200
) -> HttpResponse:
    """The review page."""
    context = page_context(person(request), draft, bulk)
    return render(request, "documents/review.html", context, status=status)


def act_and_return(
    request: HttpRequest, document: int, act: Callable[[], Draft], words: str = "已保存。", place: str = ""
) -> HttpResponse:
    """Do it and go back to the page, or say why it was not done."""
    try:
        act()
    except StaleDraft:
        return stale(request, document)
    except NotPossible as reason:
        return say(request, document, str(reason), place)
    messages.success(request, words)
    return back(document, place)


def back(document: int, place: str = "") -> HttpResponse:
    """The review page again, where the person was."""
    return redirect(reverse("documents:review", args=[document]) + (f"#{place}" if place else ""))


def stale(request: HttpRequest, document: int) -> HttpResponse:
    """Somebody else was faster."""
    return say(request, document, STALE)


def say(request: HttpRequest, document: int, words: str, place: str = "") -> HttpResponse:
    """Go back with the reason why nothing was done."""
    messages.warning(request, words)
    return back(document, place)
