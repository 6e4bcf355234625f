"""What every act of this room answers: done, refused in words, or a conflict that loses nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from departments.middleware import person
from departments.models import User
from departments.permissions import Refused
from progress.content import ReportContent
from progress.diff import compare
from progress.locks import why_locked
from progress.measures import measures_for
from progress.models import ProgressReport
from progress.moves import Conflict, NotPossible
from progress.previous import last_confirmed
from progress.report_form import ReportForm
from progress.workflow import ACT_WORDS, Act
from tasks.current import remember
from timekeeping import clock

Doing = Callable[[], ProgressReport]


def report_or_404(request: HttpRequest, pk: int) -> ProgressReport:
    """The report a page names, if the person may see it; its ledger becomes the current one."""
    reports = ProgressReport.objects.visible_to(person(request)).select_related(
        "period", "department", "task__ledger", "task__section", "written_by", "reviewed_by", "returned_by"
    )
    report = get_object_or_404(reports, pk=pk)
    remember(request, report.task.ledger)
    return report


def quietly(request: HttpRequest) -> bool:
    """Whether the page asks by itself and wants a part of it only."""
    return request.headers.get("HX-Request") == "true"


def do(request: HttpRequest, act: Act, version: int, doing: Doing) -> HttpResponse | None:
    """Do an act that carries no text of a report; None when it is done, also by a first click just before."""
    try:
        doing()
    except NotPossible as refused:
        raise Refused(refused.reason) from refused
    except Conflict as conflict:
        if repeats(conflict.current, act, version, person(request)):
            return None
        return _show_moved(request, conflict.current)
    return None


def _show_moved(request: HttpRequest, current: ProgressReport) -> HttpResponse:
    """Who did what since the page was opened; an opinion that was typed is shown to be copied."""
    latest = current.revisions.select_related("by").last()
    context = {"report": current, "latest": latest, "moved_by": ACT_WORDS[Act(latest.act)] if latest else ""}
    return render(request, "progress/moved.html", context, status=409)


def repeats(
    current: ProgressReport, act: Act, version: int, by: User, content: ReportContent | None = None
) -> bool:
    """Whether the same person's same act on the same version has just been done (a second click)."""
    revision = current.revisions.filter(version=version + 1, act=act, by=by).first()
    if revision is None or current.version != version + 1:
        return False
    return content is None or content.as_dict().items() <= revision.content.items()


def show_conflict(
    request: HttpRequest, current: ProgressReport, content: ReportContent, reason: str = "", copy: str = ""
) -> HttpResponse:
    """Both texts side by side: what is stored, and what the person wrote, ready to be sent on."""
    latest = current.revisions.select_related("by").last()
    locked, measures = why_locked(current, clock.today()), measures_for(current)
    context = {
        "report": current,
        "reason": reason,
        "locked": locked,
        "latest": latest,
        "mine": content,
        "theirs": compare(content.text, current.text),
        "told": measures.told(current),
        "mine_told": measures.told(content),
        "last": last_confirmed(current),
        "form": None if locked else ReportForm.showing(current, content, measures, copy=copy),
    }
    return render(request, "progress/conflict.html", context, status=409)
