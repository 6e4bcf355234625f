"""配合情况: the lead asks and cancels from its card, those asked give their note."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from departments.middleware import person
from departments.models import Department
from departments.permissions import require
from progress.cards import cards_of, content_for
from progress.contributing.ask import ask as ask_departments
from progress.contributing.cancel import cancel as cancel_contribution
from progress.contributing.forms import AskForm, GiveForm
from progress.contributing.give import give as give_note
from progress.contributing.locks import why_not_ask
from progress.contributing.permissions import may_ask, may_give
from progress.contributing.shown import notes_of, shown, wanted_of
from progress.measures import measures_for
from progress.models import Contribution, ProgressReport
from progress.moves import Conflict, NotPossible
from progress.previous import last_confirmed
from progress.report_form import ReportForm
from progress.save import save as save_report
from progress.tables import Moved
from progress.views.answers import report_or_404
from progress.views.filing import again, back_to, filing_page, not_saved
from progress.workflow import Act
from tasks.current import remember
from tasks.models import Task
from tasks.with_parts import with_parts
from timekeeping import clock


@require_POST
def ask(request: HttpRequest, report: int) -> HttpResponse:
    """Ask those who take part; what was typed into the report beside it is kept."""
    row = report_or_404(request, report)
    require(may_ask(person(request), row))
    if answer := _keep_draft(request, row):
        return answer
    form = _ask_form(request, row)
    if form is None or not form.is_valid():
        return _asked_in_vain(request, row, why_not_ask(row, clock.today()), request.POST)
    chosen = list(Department.objects.filter(pk__in=form.cleaned_data.pop("departments")))
    try:
        ask_departments(row, departments=chosen, **form.cleaned_data, by=person(request), at=clock.now())
    except NotPossible as refused:
        return _asked_in_vain(request, row, refused.reason, request.POST)
    messages.success(request, f"已请{'、'.join(one.short_name for one in chosen)}提供情况：{row.task}。")
    return back_to(row)


@require_POST
def cancel(request: HttpRequest, contribution: int) -> HttpResponse:
    """Take back what was asked for; what was typed into the report beside it is kept."""
    row = _contribution_or_404(request, contribution)
    require(may_ask(person(request), row.report))
    if answer := _keep_draft(request, row.report):
        return answer
    try:
        cancel_contribution(row, by=person(request))
    except NotPossible as refused:
        messages.warning(request, refused.reason)
    except Moved as moved:
        messages.warning(
            request, f"{row.department.short_name}{moved.current.get_state_display()}，没有取消。"
        )
    else:
        messages.success(request, f"已取消，{row.department.short_name}不需要再提供。")
    return back_to(row.report)


@require_POST
def give(request: HttpRequest, contribution: int) -> HttpResponse:
    """Take a department's note, or a better one; what was written stays when it is refused."""
    row = _contribution_or_404(request, contribution)
    require(may_give(person(request), row))
    form = GiveForm(row, request.POST)
    if not form.is_valid():
        return _given_in_vain(request, form)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        give_note(row, text=text, version=version, by=person(request), at=clock.now())
    except NotPossible as refused:
        form.add_error("text", refused.reason)
        return _given_in_vain(request, form)
    except Moved as moved:
        return _given_in_vain(request, GiveForm.against(moved.current, text), status=409)
    if _in_place(request):
        return _one(request, row)
    lead = row.report.department.short_name
    messages.success(request, f"已提供给{lead}：{row.report.task}。{lead}提交报告前可以修改。")
    page = reverse("progress:filing", args=[row.report.period.ledger_id])
    return redirect(f"{page}?period={row.report.period_id}#contribution-{row.pk}")


def _contribution_or_404(request: HttpRequest, pk: int) -> Contribution:
    rows = shown(Contribution.objects.visible_to(person(request))).select_related("report__task__ledger")
    row = get_object_or_404(rows, pk=pk)
    remember(request, row.report.task.ledger)
    return row


def _keep_draft(request: HttpRequest, row: ProgressReport) -> HttpResponse | None:
    """Save what was changed in the report's form, in which these buttons stand; None when there is no trouble."""
    if "version" not in request.POST:
        return None
    form = ReportForm(row, request.POST, measures=measures_for(row))
    form.is_valid()
    if form.unreadable():
        return again(request, row, form)
    content, version = form.content(), form.read_version()
    if content == content_for(row, last_confirmed(row)):
        return None
    try:
        save_report(row, content=content, version=version, by=person(request), at=clock.now())
    except (Conflict, NotPossible) as refused:
        return not_saved(request, row, form, content, refused, Act.SAVE)
    return None


def _ask_form(request: HttpRequest, row: ProgressReport) -> AskForm | None:
    """What was sent, held against those who can be asked now; None when nobody can."""
    tasks = {task.pk: task for task in with_parts(Task.objects.filter(pk=row.task_id))}
    sent = {row.pk: request.POST}
    return notes_of(person(request), [row], tasks, clock.today(), sent)[row.pk].ask


def _asked_in_vain(
    request: HttpRequest, row: ProgressReport, why: str, sent: Mapping[str, Any]
) -> HttpResponse:
    """The page once more, with what was asked and why it cannot be."""
    if why:
        messages.error(request, why)
    cards = cards_of(person(request), row.period, clock.today(), bound_to=row.pk, asked=sent)
    return filing_page(request, row.task.ledger, row.period, cards, status=400)


def _given_in_vain(request: HttpRequest, form: GiveForm, status: int = 400) -> HttpResponse:
    """The page once more, or the one note of it, with the words that were sent."""
    row = form.contribution
    if _in_place(request):
        return _one(request, row, form, 409 if form.second else 422)
    cards = cards_of(person(request), row.report.period, clock.today())
    return filing_page(request, row.report.task.ledger, row.report.period, cards, status, giving=form)


def _in_place(request: HttpRequest) -> bool:
    """Whether only the note itself is put anew, so that nothing else on the page is lost."""
    return request.headers.get("HX-Request") == "true"


def _one(
    request: HttpRequest, row: Contribution, form: GiveForm | None = None, status: int = 200
) -> HttpResponse:
    user, on = person(request), clock.today()
    wanted, _ = wanted_of(user, row.report.period, on, form)
    item = next(one for one in wanted if one.row.pk == row.pk)
    several = len(user.scope.departments) > 1
    context = {"item": item, "several": several, "on": on, "done": form is None}
    return render(request, "progress/wanted_one.html", context, status=status)
