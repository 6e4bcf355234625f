"""佐证材料: adding and removing on the filing page, downloading, showing."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from audit.record import record
from departments.files import hand_out
from departments.middleware import person
from departments.permissions import Refused, require
from progress.evidence.add import add, digests
from progress.evidence.hand_out import Lost, as_page, content_of
from progress.evidence.judge import judge
from progress.evidence.kinds import NotTaken
from progress.evidence.permissions import remove_file
from progress.evidence.remove import remove
from progress.evidence.shelf import shelf_of
from progress.models import Evidence, ProgressReport
from progress.permissions import may, who_may
from progress.views.answers import quietly, report_or_404
from progress.views.filing import back_to, save, show_faults
from progress.workflow import Act
from timekeeping import clock

UNPROCESSABLE = 422


@require_POST
def add_evidence(request: HttpRequest, report: int) -> HttpResponse:
    """Take files; without a script the card's text comes along and is kept as by 存草稿."""
    row = report_or_404(request, report)
    require(who_may(person(request), row, Act.SAVE))
    if answer := _keep_text(request, report):
        return answer
    row = report_or_404(request, report)
    added, faults = _add_all(request, row)
    if added and not quietly(request):
        messages.success(request, f"已上传{added}个佐证材料。")
    return _answer(request, row, faults)


@require_POST
def remove_evidence(request: HttpRequest, evidence: int) -> HttpResponse:
    """Take a file out; the card's text comes along as well."""
    file = _visible(request, evidence)
    if file.report is None:
        raise Refused(remove_file(person(request), file, clock.today()).reason)
    require(who_may(person(request), file.report, Act.SAVE))
    if answer := _keep_text(request, file.report.pk):
        return answer
    try:
        if remove(file, by=person(request), at=clock.now()) and not quietly(request):
            messages.success(request, f"已移除“{file.name}”。")
    except Refused as refused:
        return _answer(request, file.report, [str(refused)])
    return _answer(request, file.report, [])


@require_safe
def evidence(request: HttpRequest, evidence: int) -> HttpResponseBase:
    """Hand a file out as it came; leaves an entry in the trail."""
    file = _visible(request, evidence)
    try:
        data = content_of(file)
    except Lost:
        return _lost(request, file)
    with transaction.atomic():
        record(
            "evidence.download",
            actor=person(request),
            target=file,
            jurisdiction_id=file.jurisdiction_id,
            after={"name": file.name},
        )
    return hand_out(data, file.name, "application/octet-stream")


@require_safe
def view_evidence(request: HttpRequest, evidence: int) -> HttpResponse:
    """Show a picture or a PDF; looking leaves no entry, as with any other page."""
    file = _visible(request, evidence)
    if not file.can_be_shown:
        raise Http404
    try:
        return as_page(file, content_of(file))
    except Lost:
        return _lost(request, file)


def _visible(request: HttpRequest, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(person(request))
    return get_object_or_404(rows.select_related("report__period", "report__department"), pk=pk)


def _keep_text(request: HttpRequest, report: int) -> HttpResponse | None:
    """Store the text that was sent along, as its own button does; the answer when that did not work.

    A page with a script saves its text by itself and sends none.
    """
    if quietly(request):
        return None
    answer = save(request, report)
    return None if answer.status_code == 302 else answer


def _add_all(request: HttpRequest, row: ProgressReport) -> tuple[int, list[str]]:
    """How many were taken, and a sentence for each that was not."""
    sent = request.FILES.getlist("files")
    if not sent:
        return 0, ["请先选择文件。"]
    files, faults = judge(sent, digests(row))
    added = 0
    for file in files:
        try:
            add(row, file, by=person(request), at=clock.now())
        except (NotTaken, Refused) as refused:
            faults.append(str(refused))
        else:
            added += 1
    return added, list(dict.fromkeys(faults))


def _answer(request: HttpRequest, row: ProgressReport, faults: Sequence[str]) -> HttpResponse:
    """The list alone for a page with a script, else the page; with what was wrong beside the field."""
    if not quietly(request):
        return show_faults(request, row, faults) if faults else back_to(row)
    user = person(request)
    context = {
        "report": row,
        "shelf": shelf_of(user, row, faults),
        "writable": bool(may(user, row, Act.SAVE, clock.today())),
    }
    status = UNPROCESSABLE if faults else 200
    return render(request, "progress/evidence_edit.html", context, status=status)


def _lost(request: HttpRequest, file: Evidence) -> HttpResponse:
    return render(request, "progress/evidence_lost.html", {"file": file}, status=410)
