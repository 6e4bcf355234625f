"""批示: writing one, the list of a ledger, and one with what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.middleware import person
from departments.permissions import coordinate, require
from progress.models import Directive
from progress.moves import NotPossible
from progress.oversight import answer_directive, give_directive, strike_directive
from progress.oversight import permissions as may
from progress.oversight.desk import directives_of
from progress.oversight.forms import DirectiveForm, OutcomeForm, StrikeForm
from progress.tables import Moved
from tasks.current import ledger_or_404, remember
from tasks.models import Task
from timekeeping import clock

_MOVED = "这条批示刚刚被别人办理过，没有保存。请核对现在的内容，您写的还在。"


@require_safe
def directives(request: HttpRequest, ledger: int) -> HttpResponse:
    """List the directives of a ledger, those without an outcome first."""
    found, user = ledger_or_404(request, ledger), person(request)
    require(may.see_directives(user, found))
    open_ones, answered, struck = directives_of(user, found)
    context = {
        "ledger": found,
        "open_ones": open_ones,
        "answered": answered,
        "struck": struck,
        "records": coordinate(user, found.jurisdiction_id),
    }
    return render(request, "progress/directives.html", context)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, task: int) -> HttpResponse:
    """Take a leader's directive, or one that the office records from paper."""
    user = person(request)
    found = get_object_or_404(Task.objects.visible_to(user).select_related("ledger"), pk=task)
    remember(request, found.ledger)
    require(may.give_directive(user, found))
    own_name = "" if may.record_for_leader(user, found) else user.full_name
    form = DirectiveForm(request.POST or None, on=clock.today(), own_name=own_name)
    if form.is_valid():
        try:
            give_directive.give_directive(found, **form.given(), by=user, at=clock.now())
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"已{'写入' if own_name else '录入'}批示：{found}。")
            return redirect("reports:task", found.pk)
    context = {"task": found, "form": form, "own_name": own_name}
    return render(request, "progress/directive_give.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def directive(request: HttpRequest, directive: int) -> HttpResponse:
    """Show a directive; let the office write what came of it."""
    found, user = _directive_or_404(request, directive), person(request)
    if request.method != "POST":
        return _page(request, found)
    require(may.answer_directive(user, found))
    form = OutcomeForm(request.POST, directive=found, on=clock.today())
    if not form.is_valid():
        return _page(request, found, outcome=form, status=400)
    try:
        answer_directive.answer_directive(found, **form.cleaned_data, by=user, at=clock.now())
    except NotPossible as refused:
        form.add_error(None, refused.reason)
        return _page(request, found, outcome=form, status=400)
    except Moved as moved:
        again = OutcomeForm(
            {**request.POST.dict(), "version": moved.current.version},
            directive=moved.current,
            on=clock.today(),
        )
        again.add_error(None, _MOVED)
        return _page(request, moved.current, outcome=again, status=409)
    messages.success(request, "落实情况已保存。")
    return redirect("progress:directive", found.pk)


@require_POST
def strike(request: HttpRequest, directive: int) -> HttpResponse:
    """Strike out a directive that was entered by mistake."""
    found, user = _directive_or_404(request, directive), person(request)
    require(may.strike_directive(user, found))
    form = StrikeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, strike=form, status=400)
    try:
        strike_directive.strike_directive(found, **form.cleaned_data, by=user, at=clock.now())
    except NotPossible as refused:
        form.add_error("reason", refused.reason)
        return _page(request, found, strike=form, status=400)
    except Moved as moved:
        again = StrikeForm({**request.POST.dict(), "version": moved.current.version})
        again.add_error(None, _MOVED)
        return _page(request, moved.current, strike=again, status=409)
    messages.success(request, "批示已撤销，任务页不再显示。")
    return redirect("progress:directives", found.task.ledger_id)


def _directive_or_404(request: HttpRequest, pk: int) -> Directive:
    rows = Directive.objects.visible_to(person(request)).select_related(
        "task__ledger", "task__section", "entered_by", "outcome_by", "struck_by"
    )
    found = get_object_or_404(rows, pk=pk)
    remember(request, found.task.ledger)
    return found


def _page(
    request: HttpRequest,
    found: Directive,
    outcome: OutcomeForm | None = None,
    strike: StrikeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the forms that the person may send; one that failed is shown again."""
    user, standing = person(request), found.struck_at is None
    answers, strikes = may.answer_directive(user, found), may.strike_directive(user, found)
    opening = {"version": found.version}
    context = {
        "directive": found,
        "on": clock.today(),
        "outcome": (outcome or OutcomeForm(None, directive=found, on=clock.today()))
        if standing and answers
        else None,
        "strike": (strike or StrikeForm(initial=opening)) if standing and strikes else None,
        "lists": may.see_directives(user, found.task.ledger),
    }
    return render(request, "progress/directive.html", context, status=status)
