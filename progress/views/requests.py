"""延期和销号: asking, the list of what waits, and one request with what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from departments.middleware import person
from departments.models import Department
from departments.permissions import require
from progress.evidence.shelf import shelf_of
from progress.models import Closure, Extension, RequestState
from progress.moves import NotPossible
from progress.requests import ask_closure, ask_extension
from progress.requests.decide import decide
from progress.requests.desk import buttons, of_ledger, shown, why_none
from progress.requests.forms import ClosureForm, DecisionForm, ExtensionForm
from progress.requests.permissions import asking_departments, may_ask, see_requests, takes_part
from progress.requests.workflow import ACT_WORDS, ASKING, WITHDRAWING, Act
from progress.tables import Button, Moved
from tasks.current import ledger_or_404, remember
from tasks.models import Task
from timekeeping import clock

Asked = TypeVar("Asked", Extension, Closure)
_CAME_BACK = (RequestState.RETURNED, RequestState.REFUSED, RequestState.WITHDRAWN)


@require_safe
def requests(request: HttpRequest, ledger: int) -> HttpResponse:
    """List what waits for the person, and what became of the others."""
    found, user = ledger_or_404(request, ledger), person(request)
    require(see_requests(user, found))
    waiting, others = of_ledger(user, found)
    context = {"ledger": found, "waiting": waiting, "others": others, "on": clock.today()}
    return render(request, "progress/requests.html", context)


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, task: int) -> HttpResponse:
    """Take a lead's request for a later deadline."""
    found, departments = _asking(request, task)
    last = _came_back(Extension, found, departments)
    opening = ExtensionForm.again(last, found.confirmed_percent)
    form = ExtensionForm(request.POST or None, task=found, departments=departments, initial=opening)
    why = ask_extension.why_not_ask(found, clock.today())
    return _ask(request, form, ask_extension.ask_extension, why, last)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, task: int) -> HttpResponse:
    """Take a lead's request to close a task."""
    found, departments = _asking(request, task)
    last = _came_back(Closure, found, departments)
    opening = ClosureForm.again(last)
    form = ClosureForm(
        request.POST or None, request.FILES or None, task=found, departments=departments, initial=opening
    )
    return _ask(request, form, ask_closure.ask_closure, ask_closure.why_not_ask(found), last)


@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest, extension: int) -> HttpResponse:
    """Show an extension that was asked for; let head, office or asker do their part."""
    rows = shown(Extension.objects.visible_to(person(request)))
    return _one(request, get_object_or_404(rows, pk=extension))


@require_http_methods(["GET", "POST"])
def closure(request: HttpRequest, closure: int) -> HttpResponse:
    """Show a closing that was asked for; let head, office or asker do their part."""
    rows = shown(Closure.objects.visible_to(person(request)))
    return _one(request, get_object_or_404(rows, pk=closure))


def _one(request: HttpRequest, row: Extension | Closure) -> HttpResponse:
    remember(request, row.task.ledger)
    if request.method != "POST":
        return _page(request, row, DecisionForm(initial={"version": row.version}))
    require(takes_part(person(request), row))
    form = DecisionForm(request.POST)
    act = _act(request, row)
    if act is None or not form.is_valid():
        return _page(request, row, form, status=400)
    return _do(request, row, act, form)


def _do(request: HttpRequest, row: Extension | Closure, act: Act, form: DecisionForm) -> HttpResponse:
    """Act, say so, and go back to the list; what was written stays when it is refused."""
    version, note = form.cleaned_data["version"], form.cleaned_data["note"]
    try:
        decide(row, act, version=version, note=note, by=person(request), at=clock.now())
    except NotPossible as refused:
        form.add_error("note", refused.reason)
        return _page(request, row, form, status=400)
    except Moved as moved:
        word = moved.current.get_state_display()
        again = DecisionForm({"version": moved.current.version, "note": note})
        again.add_error(None, f"这件申请刚刚被办理过，现在是“{word}”。请核对后再办理，您写的意见还在。")
        return _page(request, moved.current, again, status=409)
    messages.success(request, f"已办理（{ACT_WORDS[act]}）：{row.KIND}申请，{row.task}。")
    if act in WITHDRAWING:
        return redirect("reports:task", row.task_id)
    return redirect("progress:requests", row.task.ledger_id)


def _page(
    request: HttpRequest, row: Extension | Closure, form: DecisionForm, status: int = 200
) -> HttpResponse:
    user = person(request)
    offered = buttons(user, row)
    context = {
        "row": row,
        "form": form,
        "buttons": offered,
        "note_hint": _note_hint(offered),
        "why": why_none(user, row),
        "on": clock.today(),
        "is_extension": isinstance(row, Extension),
        "shelf": shelf_of(user, row) if isinstance(row, Closure) else None,
    }
    return render(request, "progress/request.html", context, status=status)


def _note_hint(offered: list[Button[Act]]) -> str:
    wanting = "、".join(one.word for one in offered if one.needs_reason)
    return f"{wanting}时必填；对方看得到" if wanting else "可不填；对方看得到"


def _act(request: HttpRequest, row: Extension | Closure) -> Act | None:
    """The act that the pressed button names, when it is one of this kind."""
    try:
        act = Act(request.POST.get("act", ""))
    except ValueError:
        return None
    fits = act.startswith(f"{row._meta.model_name}.") and act not in ASKING
    return act if fits else None


def _asking(request: HttpRequest, pk: int) -> tuple[Task, list[Department]]:
    """The task, and the departments in whose name the person may ask about it."""
    user = person(request)
    found = get_object_or_404(Task.objects.visible_to(user).select_related("ledger"), pk=pk)
    remember(request, found.ledger)
    require(may_ask(user, found))
    return found, asking_departments(user, found)


def _came_back(kind: type[Asked], task: Task, departments: list[Department]) -> Asked | None:
    """The department's latest request, when it came back and may be asked again."""
    last: Asked | None = kind.objects.filter(task=task, department__in=departments).last()
    return last if last and last.state in _CAME_BACK else None


def _ask(
    request: HttpRequest,
    form: ExtensionForm | ClosureForm,
    asking: Callable[..., Extension | Closure],
    why: str,
    last: Extension | Closure | None,
) -> HttpResponse:
    """Ask when the form is right and nothing is in the way; else show what was written, with the reason."""
    if form.is_valid() and not why:
        try:
            made = asking(form.task, **form.given(), by=person(request), at=clock.now())
        except NotPossible as refused:
            why = refused.reason
        else:
            where = "等待本单位审签" if made.state == RequestState.SUBMITTED else "已送医改办"
            messages.success(request, f"已提出{made.KIND}申请，{where}。")
            return redirect("reports:task", form.task.pk)
    context = {
        "task": form.task,
        "form": form,
        "why": why,
        "last": last,
        "is_extension": isinstance(form, ExtensionForm),
    }
    return render(request, "progress/request_ask.html", context, status=400 if form.is_bound else 200)
