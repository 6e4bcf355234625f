"""任务: everything known about one task."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from departments.middleware import person
from departments.models import User
from departments.permissions import coordinate
from documents.models import Draft, PolicyDocument
from progress.models import ProgressReport, ReportingPeriod
from progress.oversight.desk import on_task as oversight_on_task
from progress.periods import current_period
from progress.requests.desk import on_task
from reports.rows import task_rows
from reports.task_page import indicator_lines, lights_at_ends, quarters
from reports.timeline import Kind, timeline
from reports.urging import urge_offer
from tasks.current import remember
from tasks.models import Assignment, Task
from tasks.permissions import date_event, reopen
from tasks.with_parts import with_parts
from timekeeping import clock

LATEST = 10  # lines of 办理经过 beside the task; its own page has all


@require_safe
def task(request: HttpRequest, task: int) -> HttpResponse:
    """Show a task with its quarters, deadlines, departments and history."""
    user = person(request)
    found = task_or_404(user, task)
    remember(request, found.ledger)
    return render(request, "reports/task.html", _context(user, found))


@require_safe
def history(request: HttpRequest, task: int) -> HttpResponse:
    """Show the whole 办理经过 of a task, of one kind if the address names one."""
    user, on = person(request), clock.today()
    found = task_or_404(user, task)
    remember(request, found.ledger)
    periods = _periods(user, found)
    lights = lights_at_ends(with_parts(Task.objects.filter(pk=found.pk))[0], periods, on)
    events = timeline(user, found, periods, lights, on)
    kind = request.GET.get("kind", "")
    counts = [(str(one), sum(event.kind == one for event in events)) for one in Kind]
    context = {
        "task": found,
        "ledger": found.ledger,
        "on": on,
        "all": len(events),
        "events": [event for event in events if kind in ("", event.kind)],
        "kinds": [pair for pair in counts if pair[1]],
        "kind": kind,
    }
    return render(request, "reports/task_history.html", context)


def task_or_404(user: User, pk: int) -> Task:
    """A task that the person may see."""
    tasks = Task.objects.visible_to(user).select_related("ledger__jurisdiction", "ledger__document")
    return get_object_or_404(tasks, pk=pk)


def _context(user: User, found: Task) -> dict[str, Any]:
    on, period = clock.today(), current_period(found.ledger)
    row = task_rows(Task.objects.visible_to(user).filter(pk=found.pk), period=period, on=on)[0]
    periods = _periods(user, found)
    visible = _reports(user, found)
    asked = on_task(user, found, on)
    lights = lights_at_ends(row.task, periods, on)
    events = timeline(user, found, periods, lights, on)
    return {
        "task": row.task,
        "ledger": found.ledger,
        "row": row,
        "on": on,
        "days_left": (found.due_on - on).days if found.due_on else None,
        "quarters": quarters(row.task, periods, visible, lights, user, on),
        "current": period,
        "events": events[:LATEST],
        "more_events": len(events) > LATEST,
        "asked": asked,
        "oversight": oversight_on_task(user, found, on),
        "indicators": indicator_lines(found, user),
        "milestones": found.milestones.all(),
        "source": _source(user, found),
        "neighbours": _neighbours(user, found),
        "former": Assignment.ever.filter(task=found, ended_on__isnull=False).select_related("department"),
        "may_date": date_event(user, found),
        "may_reopen": reopen(user, found),
        "may_review": coordinate(user, found.jurisdiction_id),
        "urge": urge_offer([row], period, on) if coordinate(user, found.jurisdiction_id) else None,
        "reports_here": any(one.department_id in user.scope.reports_for for one in row.reports),
    }


def _periods(user: User, found: Task) -> list[ReportingPeriod]:
    return list(ReportingPeriod.objects.visible_to(user).opened().filter(ledger=found.ledger))


def _reports(user: User, found: Task) -> list[ProgressReport]:
    reports = ProgressReport.objects.visible_to(user).filter(task=found)
    return list(reports.select_related("period", "department", "reviewed_by"))


def _source(user: User, found: Task) -> PolicyDocument | None:
    """The paper behind the ledger, and whether its reading can be shown beside it (`was_read`)."""
    document = found.ledger.document_id
    if document is None:
        return None
    read = Draft.objects.filter(document=OuterRef("pk"), state=Draft.State.ADOPTED)
    papers = PolicyDocument.objects.visible_to(user).annotate(was_read=Exists(read))
    return papers.filter(pk=document).first()


def _neighbours(user: User, found: Task) -> tuple[int | None, int | None]:
    """The tasks before and after this one in the ledger."""
    keys = list(Task.objects.visible_to(user).filter(ledger=found.ledger_id).values_list("pk", flat=True))
    here = keys.index(found.pk)
    before = keys[here - 1] if here else None
    after = keys[here + 1] if here + 1 < len(keys) else None
    return before, after
