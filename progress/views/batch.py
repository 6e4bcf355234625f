"""批量确认: the list of what waits, and one button for the ticked reports."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from departments.asked import asked_id
from departments.middleware import person
from departments.permissions import coordinate, require
from progress.accept_several import Outcome, accept_several
from progress.batch import lines_of
from progress.models import ProgressReport
from tasks.current import ledger_or_404
from timekeeping import clock


@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, ledger: int) -> HttpResponse:
    """Show what waits with what strikes about it; confirm the ticked reports as the page showed them."""
    found, user = ledger_or_404(request, ledger), person(request)
    require(coordinate(user, found.jurisdiction_id))
    if request.method != "POST":
        context = {
            "ledger": found,
            "on": clock.today(),
            "lines": lines_of(user, found, clock.today()),
        }
        return render(request, "progress/batch.html", context)
    seen = _seen_versions(request.POST.getlist("report"))
    reports = ProgressReport.objects.visible_to(user).filter(pk__in=seen, period__ledger=found)
    ticked = [(one, seen[one.pk]) for one in reports.select_related("period", "department", "task__section")]
    _say(request, accept_several(ticked, by=user, at=clock.now()))
    return redirect("progress:batch", found.pk)


def _say(request: HttpRequest, outcome: Outcome) -> None:
    """What was confirmed as a number, what was left one by one."""
    if outcome.done:
        messages.success(request, f"已按单位自报数确认{len(outcome.done)}份。")
    for report, why in outcome.left:
        messages.warning(request, f"没有确认：{report.department.short_name}　{report.task}。{why}。")
    if not outcome.done and not outcome.left:
        messages.warning(request, "没有勾选报告，请勾选后再确认。")


def _seen_versions(values: list[str]) -> dict[int, int]:
    """ "12:3" as the page wrote it: report 12 in its version 3."""
    pairs = [value.split(":") for value in values]
    return {asked_id(pair[0]): asked_id(pair[1]) for pair in pairs if len(pair) == 2 and asked_id(pair[0])}
