"""报送: the cards of a department, the table of the office; saving, submitting, withdrawing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from departments.asked import asked_id
from departments.middleware import person
from departments.models import Department, User
from departments.permissions import coordinate, oversee, report_for, require
from progress.cards import Card, cards_of
from progress.content import ReportContent
from progress.contributing.forms import GiveForm
from progress.contributing.shown import wanted_of
from progress.contributing.take import take_over
from progress.extend_filing import extend_filing
from progress.filings import lines_of, rows_of, to_extend
from progress.forms import ExtendForm, VersionForm
from progress.measures import measures_for
from progress.models import Contribution, ProgressReport, ReportingPeriod
from progress.moves import Conflict, NotPossible
from progress.oversight.desk import to_rectify
from progress.periods import current_period
from progress.permissions import who_may
from progress.previous import last_confirmed
from progress.rates import filing_rate
from progress.report_form import ReportForm
from progress.save import save as save_report
from progress.submit import Incomplete
from progress.submit import submit as submit_report
from progress.submit import withdraw as withdraw_report
from progress.views.answers import do, quietly, repeats, report_or_404, show_conflict
from progress.workflow import Act
from tasks.current import ledger_or_404, remember
from tasks.models import Ledger
from timekeeping import clock

# A form that is sent as usual names its files without bringing them along.
NOT_UPLOADED = "选择的文件还没有上传：请先按“上传文件”，列出后再提交。填写的内容没有丢失。"


@require_safe
def filing(request: HttpRequest, ledger: int) -> HttpResponse:
    """Show what the person's departments owe, and to the office who has filed."""
    found = ledger_or_404(request, ledger)
    period = _chosen_period(request, found)
    return filing_page(
        request, found, period, cards_of(person(request), period, clock.today()) if period else []
    )


@require_POST
def save(request: HttpRequest, report: int) -> HttpResponse:
    """Keep a draft: from the button, or by the page itself while somebody writes."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.SAVE))
    form = ReportForm(row, request.POST, measures=measures_for(row))
    form.is_valid()
    if form.unreadable():
        return again(request, row, form)
    content, version = _taken_over(request, row, form.content()), form.read_version()
    try:
        saved = save_report(row, content=content, version=version, by=person(request), at=clock.now())
    except (Conflict, NotPossible) as refused:
        return not_saved(request, row, form, content, refused, Act.SAVE)
    if quietly(request):
        return _saved_quietly(request, saved, form)
    messages.success(request, "草稿已保存。")
    if any(request.POST.getlist("files")):
        messages.warning(request, NOT_UPLOADED)
    if "said_percent" in form.errors:
        messages.warning(request, "完成进度不是0至100之间的整数，这一项没有保存。")
    return back_to(saved, form.read_copy())


@require_POST
def submit(request: HttpRequest, report: int) -> HttpResponse:
    """Hand a report in; what is wrong with it stands beside the fields, and nothing written is lost."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.SUBMIT))
    form = ReportForm(row, request.POST, measures=measures_for(row))
    form.is_valid()
    if form.unreadable():
        return again(request, row, form)
    if any(request.POST.getlist("files")):
        return again(request, row, form, NOT_UPLOADED)
    content, version = form.content(), form.read_version()
    try:
        sent = submit_report(row, content=content, version=version, by=person(request), at=clock.now())
    except Incomplete as incomplete:
        form.show_faults(incomplete.faults)
        return again(request, row, form)
    except (Conflict, NotPossible) as refused:
        return not_saved(request, row, form, content, refused, Act.SUBMIT)
    messages.success(request, _sent_words(sent))
    return back_to(sent, form.read_copy())


@require_POST
def withdraw(request: HttpRequest, report: int) -> HttpResponse:
    """Take a submitted report back."""
    row = report_or_404(request, report)
    version = VersionForm(request.POST)
    seen = version.cleaned_data["version"] if version.is_valid() else -1
    answer = do(
        request,
        Act.WITHDRAW,
        seen,
        lambda: withdraw_report(row, version=seen, by=person(request), at=clock.now()),
    )
    if answer:
        return answer
    messages.success(request, f"已撤回：{row.task}，可以修改后再次提交。")
    return back_to(row)


def _taken_over(request: HttpRequest, row: ProgressReport, content: ReportContent) -> ReportContent:
    """The text with the note whose button 采用 was pressed, where that was the button."""
    wanted = asked_id(request.POST.get("take"))
    if not wanted:
        return content
    given = Contribution.objects.visible_to(person(request)).filter(report=row, state="given")
    return take_over(content, get_object_or_404(given.select_related("department"), pk=wanted))


@require_POST
def extend(request: HttpRequest, period: int, department: int) -> HttpResponse:
    """Give one department a later day for what it has not handed in of a period."""
    user, at = person(request), clock.now()
    seen = ReportingPeriod.objects.visible_to(user).opened().select_related("ledger")
    found = get_object_or_404(seen, pk=period)
    require(coordinate(user, found.jurisdiction_id))
    lines = lines_of(user, found, department, at.date())
    form = ExtendForm(to_extend(lines, at.date()), request.POST)
    if form.is_valid():
        chosen, to, reason = (form.cleaned_data[name] for name in ("report", "to", "reason"))
        try:
            moved = extend_filing(chosen, period=found, to=to, reason=reason, by=user, at=at)
        except NotPossible as refused:
            form.add_error("to", refused.reason)
        else:
            messages.success(request, f"已延长{len(moved)}份报告的截止日到{to.month}月{to.day}日。")
            page = reverse("progress:filing", args=[found.ledger_id])
            return redirect(f"{page}?period={found.pk}&department={department}#h-lines")
    remember(request, found.ledger)
    return filing_page(request, found.ledger, found, [], status=400, chosen=department, extending=form)


def _chosen_period(request: HttpRequest, ledger: Ledger) -> ReportingPeriod | None:
    """The period that the address names, else the latest."""
    wanted = asked_id(request.GET.get("period"))
    if not wanted:
        return current_period(ledger)
    opened = ReportingPeriod.objects.visible_to(person(request)).opened()
    return get_object_or_404(opened.filter(ledger=ledger), pk=wanted)


def filing_page(
    request: HttpRequest,
    ledger: Ledger,
    period: ReportingPeriod | None,
    cards: list[Card],
    status: int = 200,
    giving: GiveForm | None = None,
    **office: Any,
) -> HttpResponse:
    """The page of a period; `giving` is a failed form of a note that another department asked for."""
    user, on = person(request), clock.today()
    wanted, cancelled = wanted_of(user, period, on, giving) if period else ([], [])
    context: dict[str, Any] = {
        "ledger": ledger,
        "period": period,
        "on": on,
        "cards": cards,
        "wanted": wanted,
        "cancelled": cancelled,
        "left": sum(card.form is not None for card in cards),
        "to_sign": sum(card.signable for card in cards),
        "first": [card for card in cards if card.waits],
        "rest": [card for card in cards if not card.waits],
        "days_left": (period.due_on - on).days if period else 0,
        "several": len(user.scope.departments) > 1,
        "offline": _offline(user, cards),
        "coordinates": bool(coordinate(user, ledger.jurisdiction_id)),
        "periods": ledger.periods.opened(),
        "findings": to_rectify(user, ledger, on),
    }
    if period and oversee(user, ledger.jurisdiction_id):
        context |= _office(request, period, **{"chosen": asked_id(request.GET.get("department"))} | office)
    return render(request, "progress/filing.html", context, status=status)


def _offline(user: User, cards: list[Card]) -> list[Department]:
    """The departments whose reports the person may take out as a workbook and bring back."""
    owing = {card.report.department_id: card.report.department for card in cards}
    return [one for one in owing.values() if report_for(user, one)]


def _office(
    request: HttpRequest, period: ReportingPeriod, chosen: int, extending: ExtendForm | None = None
) -> dict[str, Any]:
    """Who has filed, with the reports of one department; `extending` is a form that failed."""
    user, on = person(request), clock.today()
    rows = rows_of(user, period)
    row = next((row for row in rows if row.department.pk == chosen), None)
    lines = lines_of(user, period, chosen, on) if row else []
    late = to_extend(lines, on) if coordinate(user, period.jurisdiction_id) else []
    return {
        "rows": rows,
        "owing": sum(bool(one.rate.expected) for one in rows),
        "chosen": row,
        "lines": lines,
        "total": filing_rate(ProgressReport.objects.visible_to(user).filter(period=period)),
        "extending": extending or (ExtendForm(late) if late else None),
    }


def again(request: HttpRequest, row: ProgressReport, form: ReportForm, *faults: str) -> HttpResponse:
    """The whole page once more, with the failed form in its card."""
    cards = cards_of(person(request), row.period, clock.today(), form, row.pk)
    return filing_page(request, row.task.ledger, row.period, _with_faults(cards, row, faults), status=400)


def show_faults(request: HttpRequest, row: ProgressReport, faults: Sequence[str]) -> HttpResponse:
    """The whole page once more, with what was wrong with its files in the card."""
    cards = _with_faults(cards_of(person(request), row.period, clock.today()), row, faults)
    return filing_page(request, row.task.ledger, row.period, cards, status=400)


def _with_faults(cards: list[Card], row: ProgressReport, faults: Sequence[str]) -> list[Card]:
    return [card.with_faults(faults) if card.report.pk == row.pk else card for card in cards]


def not_saved(
    request: HttpRequest,
    row: ProgressReport,
    form: ReportForm,
    content: ReportContent,
    refused: Conflict | NotPossible,
    act: Act,
) -> HttpResponse:
    """A conflict or a lock: the text comes back with the reason, unless it was only a second click."""
    if isinstance(refused, NotPossible):
        current, reason = row, refused.reason
    else:
        current, reason = refused.current, ""
        kept = content.settled(last_confirmed(row)) if act is Act.SUBMIT else content
        if repeats(current, act, form.read_version(), person(request), kept):
            copy = form.read_copy()
            return _saved_quietly(request, current, form) if quietly(request) else back_to(current, copy)
    if quietly(request):
        return render(request, "progress/not_saved.html", {"reason": reason}, status=409)
    return show_conflict(request, current, content, reason, form.read_copy())


def _saved_quietly(request: HttpRequest, saved: ProgressReport, form: ReportForm) -> HttpResponse:
    left = [form[name].label for name in form.errors if not form[name].is_hidden]
    context = {"report": saved, "at": clock.now(), "on": clock.today(), "left": left}
    return render(request, "progress/saved.html", context)


def back_to(report: ProgressReport, copy: str = "") -> HttpResponse:
    """The card again; the browser learns which of its copies has been taken."""
    page = reverse("progress:filing", args=[report.period.ledger_id])
    saved = f"&saved={copy}" if copy else ""
    return redirect(f"{page}?period={report.period_id}{saved}#task-{report.task_id}")


def _sent_words(sent: ProgressReport) -> str:
    where = "等待本单位审签" if sent.state == ProgressReport.State.SUBMITTED else "送医改办审核"
    late = "" if sent.on_time else f"，按逾期{sent.late_days}天计"
    return f"已提交：{sent.task}，{where}{late}。"
