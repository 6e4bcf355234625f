"""核对读入结果: the review page and the corrections that start from it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.middleware import person
from departments.models import User
from departments.permissions import Refused, require
from departments.roster import load_roster
from documents import correct, permissions
from documents.correct import StaleDraft
from documents.forms import AddTaskForm, FactsForm, SettleForm, TaskForm, VersionForm
from documents.models import Draft, PolicyDocument
from documents.reading import DraftTask, draft_problems, draft_sections, draft_tasks
from documents.review import compile_review
from timekeeping import clock

STALE = "别人刚刚修改了这份读入稿，您的操作没有执行。下面是现在的内容，请核对后再试。"


@require_safe
def review(request: HttpRequest, document: int) -> HttpResponse:
    """Show what was read beside the original; read only once it is in the ledger."""
    user = person(request)
    paper = _paper(user, document)
    require(permissions.read_draft(user, paper))
    draft = paper.drafts.order_by("-id").first()
    if draft is None:
        raise Http404
    draft.document = paper
    roster = load_roster(paper.jurisdiction, clock.today())
    context = {
        "document": paper,
        "draft": draft,
        "roster": roster,
        "review": compile_review(draft, roster),
        "editable": draft.state == Draft.State.OPEN and bool(permissions.correct_draft(user, paper)),
        "ledger": paper.ledgers.first(),
    }
    return render(request, "documents/review.html", context)


@require_http_methods(["GET", "POST"])
def edit_task(request: HttpRequest, document: int, index: int) -> HttpResponse:
    """Correct one task; a save over somebody else's is refused and shows both."""
    user = person(request)
    draft = _open_draft(user, document)
    task = _task(draft, index)
    known = [name for one in draft_tasks(draft) for name in one.names]
    form = TaskForm(request.POST or None, initial=TaskForm.initial_of(task, draft.version), known=known)
    theirs = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            correct.correct(draft, index, change=form.change(), version=version, by=user)
        except StaleDraft as stale:
            if stale.current.state != Draft.State.OPEN:
                return _stale(request, document)
            theirs = _task(stale.current, index)
            form = TaskForm({**request.POST.dict(), "version": stale.current.version}, known=known)
        else:
            messages.success(request, f"{task.number}{task.headline[:30]}已修改。")
            return redirect(f"{reverse('documents:review', args=[document])}#row{index}")
    context = {
        "document": draft.document,
        "task": task,
        "form": form,
        "theirs": theirs,
        "problems": [one for one in draft_problems(draft) if one.open and one.ref == task.ref],
        "roster": load_roster(draft.document.jurisdiction, clock.today()),
    }
    return render(request, "documents/edit_task.html", context, status=_status(form, theirs))


@require_http_methods(["GET", "POST"])
def edit_facts(request: HttpRequest, document: int) -> HttpResponse:
    """Correct title, number, issuer and date of the paper."""
    user = person(request)
    draft = _open_draft(user, document)
    form = FactsForm(request.POST or None, initial=FactsForm.initial_of(draft.document, draft.version))
    if form.is_valid():
        version = form.cleaned_data["version"]
        return _act(
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
    draft = _open_draft(user, document)
    known = [name for one in draft_tasks(draft) for name in one.names]
    sections = [number for number, _ in draft_sections(draft)]
    initial = {"version": draft.version, "due_kind": "none", "section": sections[-1] if sections else ""}
    form = AddTaskForm(request.POST or None, initial=initial, draft=draft, known=known)
    if form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("section", "number", "version")}
        return _act(
            request, document, lambda: correct.add_task(draft, change=form.change(), by=user, **place)
        )
    context = {"document": draft.document, "form": form}
    return render(request, "documents/add_task.html", context, status=_status(form, None))


@require_POST
def settle_problems(request: HttpRequest, document: int) -> HttpResponse:
    """Accept problems as read, let all who answer lead, or appoint a lead."""
    user = person(request)
    draft = _open_draft(user, document)
    form = SettleForm(len(draft.problems), request.POST)
    if not form.is_valid():
        return _say(request, document, str(form.errors.get("lead", [STALE])[0]))
    data = form.cleaned_data
    given = {"problems": data["problems"], "version": data["version"], "by": user}
    acts: dict[str, Callable[[], Draft]] = {
        "accept": lambda: correct.settle(draft, **given),
        "all_lead": lambda: correct.lead_together(draft, **given),
        "appoint": lambda: correct.appoint(draft, lead=data["lead"], **given),
    }
    return _act(request, document, acts[data["decision"]])


@require_POST
def drop_draft(request: HttpRequest, document: int) -> HttpResponse:
    """Give up what was read; the paper stays."""
    user = person(request)
    draft = _open_draft(user, document)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _stale(request, document)
    try:
        correct.drop(draft, version=form.cleaned_data["version"], by=user)
    except StaleDraft:
        return _stale(request, document)
    messages.success(request, "已放弃这份读入稿，没有写入台账。再次上传同一文件可重新读入。")
    return redirect("documents:list")


def _paper(user: User, pk: int) -> PolicyDocument:
    papers = PolicyDocument.objects.visible_to(user).select_related("jurisdiction")
    return get_object_or_404(papers, pk=pk)


def _open_draft(user: User, pk: int) -> Draft:
    """The draft that may still be corrected; Refused with the reason when there is none."""
    paper = _paper(user, pk)
    require(permissions.correct_draft(user, paper))
    draft = paper.drafts.open().first()
    if draft is None:
        raise Refused("这份文件已经入账或已放弃，不能再改读入结果。")
    draft.document = paper
    return draft


def _task(draft: Draft, index: int) -> DraftTask:
    tasks = draft_tasks(draft)
    if index >= len(tasks):
        raise Http404
    return tasks[index]


def _act(request: HttpRequest, document: int, act: Callable[[], Draft]) -> HttpResponse:
    try:
        act()
    except StaleDraft:
        return _stale(request, document)
    messages.success(request, "已保存。")
    return redirect("documents:review", document)


def _stale(request: HttpRequest, document: int) -> HttpResponse:
    return _say(request, document, STALE)


def _say(request: HttpRequest, document: int, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect("documents:review", document)


def _status(form: TaskForm | FactsForm, theirs: DraftTask | None) -> int:
    if theirs:
        return 409
    return 400 if form.is_bound else 200
