"""One finding, with what department and office may do about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from departments.middleware import person
from departments.permissions import require
from progress.models import Finding
from progress.moves import NotPossible
from progress.oversight import rectify, verify
from progress.oversight.desk import buttons, lines_of, why_none
from progress.oversight.forms import FindingActForm
from progress.oversight.permissions import takes_part, who_may
from progress.oversight.workflow import ACT_WORDS, Act
from progress.tables import Moved
from tasks.current import remember
from timekeeping import clock

_BESIDE = {Act.RECTIFY: "rectification"}  # where the reason of a refusal stands; else beside the opinion

_BY_DEPARTMENT = {
    Act.RECTIFY: "整改情况已提交，等待医改办核实",
    Act.WITHDRAW: "整改情况已撤回，可以修改后再次提交",
}


@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, finding: int) -> HttpResponse:
    """Show a finding; let the department answer, the office verify."""
    row, user, on = _finding_or_404(request, finding), person(request), clock.today()
    if request.method != "POST":
        return _page(request, row, FindingActForm(None, finding=row, on=on))
    require(takes_part(user, row))
    act = _act(request)
    if act:
        require(who_may(user, row, act))
    form = FindingActForm(request.POST, finding=row, on=on, act=act)
    if act is None or not form.is_valid():
        return _page(request, row, form, status=400)
    return _do(request, row, act, form)


def _do(request: HttpRequest, row: Finding, act: Act, form: FindingActForm) -> HttpResponse:
    """Act, say so, and go on: the office to what waits, the department to what it said; a refusal keeps what was written."""
    try:
        _act_on(request, row, act, form)
    except NotPossible as refused:
        form.add_error(_BESIDE.get(act, "note"), refused.reason)
        return _page(request, row, form, status=400)
    except Moved as moved:
        given = {**request.POST.dict(), "version": moved.current.version}
        again = FindingActForm(given, finding=moved.current, on=clock.today())
        word = moved.current.get_state_display()
        again.add_error(None, f"这个问题刚刚被办理过，现在是“{word}”。请核对后再办理，您写的还在。")
        return _page(request, moved.current, again, status=409)
    if act in _BY_DEPARTMENT:
        messages.success(request, f"{_BY_DEPARTMENT[act]}：{row.task}。")
        return redirect("progress:finding", row.pk)
    messages.success(request, f"已办理（{ACT_WORDS[act]}）：{row.department.short_name}，{row.task}。")
    return redirect("progress:inspections", row.inspection.ledger_id)


def _act_on(request: HttpRequest, row: Finding, act: Act, form: FindingActForm) -> None:
    given, by, at = form.cleaned_data, person(request), clock.now()
    version, note = given["version"], given["note"]
    match act:
        case Act.RECTIFY:
            rectify.rectify(row, text=given["rectification"], version=version, by=by, at=at)
        case Act.WITHDRAW:
            rectify.withdraw(row, version=version, by=by)
        case Act.CLOSE:
            verify.close(row, note=note, version=version, by=by, at=at)
        case Act.RETURN:
            day = given["rectify_by"]
            verify.return_finding(row, reason=note, rectify_by=day, version=version, by=by, at=at)
        case _:
            verify.cancel(row, reason=note, version=version, by=by, at=at)


def _finding_or_404(request: HttpRequest, pk: int) -> Finding:
    rows = Finding.objects.visible_to(person(request)).select_related(
        "task__ledger", "task__section", "inspection__ledger", "department", "rectified_by", "closed_by"
    )
    row = get_object_or_404(rows, pk=pk)
    remember(request, row.inspection.ledger)
    return row


def _page(request: HttpRequest, row: Finding, form: FindingActForm, status: int = 200) -> HttpResponse:
    user, on = person(request), clock.today()
    offered = buttons(user, row)
    context = {
        "row": row,
        "line": lines_of(Finding.objects.filter(pk=row.pk), on)[0],
        "form": form,
        "buttons": offered,
        "writes": any(button.act is Act.RECTIFY for button in offered),
        "decides": any(button.act in (Act.CLOSE, Act.CANCEL) for button in offered),
        "returns": any(button.act is Act.RETURN for button in offered),
        "why": why_none(user, row),
        "on": on,
    }
    return render(request, "progress/finding.html", context, status=status)


def _act(request: HttpRequest) -> Act | None:
    """The act that the pressed button names; none where the page offers no such act."""
    try:
        act = Act(request.POST.get("act", ""))
    except ValueError:
        return None
    return None if act is Act.ADD else act
