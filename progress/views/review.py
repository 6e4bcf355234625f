"""审核: the queue, the report on the desk, and the acts of office and head."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from departments.asked import asked_id
from departments.middleware import person
from departments.permissions import coordinate, require
from progress import review as acts
from progress import sign_off
from progress.batch import waiting_for_office
from progress.forms import DecisionForm, ReasonForm, VersionForm
from progress.models import ProgressReport
from progress.oversight.desk import count_to_verify
from progress.periods import current_period
from progress.permissions import review as may_review
from progress.permissions import who_may
from progress.rates import filing_rate
from progress.requests.desk import waiting_count
from progress.reviewing import Failed, corrections_of, desk_of, neighbours, queue_of
from progress.views.answers import Doing, do, report_or_404
from progress.workflow import ACT_WORDS, Act
from tasks.current import ledger_or_404
from tasks.models import Ledger
from timekeeping import clock


@require_safe
def review(request: HttpRequest, ledger: int) -> HttpResponse:
    """Show what waits, and one report with all that a decision needs."""
    found = ledger_or_404(request, ledger)
    require(may_review(person(request), found))
    wanted = asked_id(request.GET.get("report"))
    if not wanted:
        return desk_page(request, found, queue_of(person(request), found).first())
    reports = ProgressReport.objects.visible_to(person(request)).filter(period__ledger=found)
    return desk_page(request, found, get_object_or_404(reports, pk=wanted))


@require_POST
def accept(request: HttpRequest, report: int) -> HttpResponse:
    """Confirm with the office's numbers, or with the department's own."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.ACCEPT))
    adopts = "adopt" in request.POST
    form = DecisionForm.adopting(row, request.POST) if adopts else DecisionForm(request.POST)
    if not form.is_valid():
        return desk_page(request, row.task.ledger, row, form)
    given = form.cleaned_data
    return _decide(
        request,
        row,
        Act.ACCEPT,
        given["version"],
        lambda: acts.accept(
            row,
            version=given["version"],
            percent=given["percent"],
            status=given["status"],
            note=given["note"],
            by=person(request),
            at=clock.now(),
        ),
    )


@require_POST
def return_report(request: HttpRequest, report: int) -> HttpResponse:
    """Return a report for revision."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.RETURN))
    return _with_reason(request, row, Act.RETURN, DecisionForm(request.POST, act=Act.RETURN))


@require_POST
def reopen(request: HttpRequest, report: int) -> HttpResponse:
    """Open a confirmed or a missed report again."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.REOPEN))
    return _with_reason(request, row, Act.REOPEN, ReasonForm(request.POST, auto_id="reopen_%s"))


@require_POST
def exempt(request: HttpRequest, report: int) -> HttpResponse:
    """Release a department from a report."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.EXEMPT))
    return _with_reason(request, row, Act.EXEMPT, ReasonForm(request.POST, auto_id="exempt_%s"))


@require_POST
def send_back(request: HttpRequest, report: int) -> HttpResponse:
    """Let the head send a report back to the reporter."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.SEND_BACK))
    return _with_reason(request, row, Act.SEND_BACK, ReasonForm(request.POST, auto_id="sign_%s"))


@require_POST
def sign(request: HttpRequest, report: int) -> HttpResponse:
    """Let the head sign a report off to the office."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.SIGN))
    form = VersionForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else -1
    return _decide(
        request,
        row,
        Act.SIGN,
        seen,
        lambda: sign_off.sign(row, version=seen, by=person(request), at=clock.now()),
    )


def _with_reason(
    request: HttpRequest, row: ProgressReport, act: Act, form: DecisionForm | ReasonForm
) -> HttpResponse:
    """The four acts that need a reason, and mostly a date."""
    if not form.is_valid():
        return desk_page(request, row.task.ledger, row, form)
    given, by, at = form.cleaned_data, person(request), clock.now()
    version, reason, due_on = given["version"], given["note"], given["due_on"]
    doing: dict[Act, Doing] = {
        Act.RETURN: lambda: acts.return_report(
            row, version=version, reason=reason, by=by, at=at, due_on=due_on
        ),
        Act.REOPEN: lambda: acts.reopen(row, version=version, reason=reason, by=by, at=at, due_on=due_on),
        Act.EXEMPT: lambda: acts.exempt(row, version=version, reason=reason, by=by, at=at),
        Act.SEND_BACK: lambda: sign_off.send_back(row, version=version, by=by, reason=reason, at=at),
    }
    return _decide(request, row, act, version, doing[act])


def _decide(request: HttpRequest, row: ProgressReport, act: Act, version: int, doing: Doing) -> HttpResponse:
    """Act, say so, and go on to the next report of the queue (or back to the list it came from)."""
    ledger = row.task.ledger
    _, following = neighbours(person(request), row)
    answer = do(request, act, version, doing)
    if answer:
        return answer
    messages.success(
        request, f"已{ACT_WORDS[act]}：{row.department.short_name}　{row.task}{_until(row, act)}。"
    )
    if act in (Act.EXEMPT, Act.REOPEN):
        page = reverse("progress:filing", args=[ledger.pk])
        return redirect(f"{page}?period={row.period_id}&department={row.department_id}")
    page = reverse("progress:review", args=[ledger.pk])
    return redirect(f"{page}?report={following}" if following else page)


def _until(row: ProgressReport, act: Act) -> str:
    """The day that a return or a reopening has set."""
    if act not in (Act.RETURN, Act.REOPEN):
        return ""
    row.refresh_from_db(fields=["revise_by"])
    return f"，修改期限{row.revise_by:%Y-%m-%d}"


def desk_page(
    request: HttpRequest, ledger: Ledger, picked: ProgressReport | None, failed: Failed = None
) -> HttpResponse:
    """The review page with one report on the desk; `failed` is a form to show again with its errors."""
    user, period = person(request), current_period(ledger)
    context = {
        "ledger": ledger,
        "on": clock.today(),
        "queue": queue_of(user, ledger),
        "office": bool(coordinate(user, ledger.jurisdiction_id)),
        "to_accept": waiting_for_office(user, ledger).count(),
        "to_verify": count_to_verify(user, ledger),
        "requests_waiting": waiting_count(user, ledger),
        "corrections": corrections_of(user, ledger),
        "period": period,
        "counts": filing_rate(ProgressReport.objects.visible_to(user).filter(period=period))
        if period
        else None,
    }
    if picked:
        row = report_or_404(request, picked.pk)
        context["desk"] = desk_of(user, row, clock.now(), clock.today(), failed=failed)
        context["previous"], context["following"] = neighbours(user, row)
    return render(request, "progress/review.html", context, status=400 if failed else 200)
