"""Gathers what waits from the rows of progress, in a constant number of queries."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from notices.facts import bodies_of, coordinators_of
from notices.rules import Body
from notices.waiting.rules import Book, Matter, Sort
from progress.models import Closure, Contribution, Correction, Extension, Finding, RequestState
from tasks.models import Task
from timekeeping.clock import day_of, start_of

# An answer is told within this time or not at all: older ones were read on the page long ago.
NEWS = timedelta(days=14)
SHORT = 60  # of a text that a line quotes
_OF_TASK = ("task__ledger", "task__section", "department")
Request = Extension | Closure


def matters_on(on: date) -> list[Matter]:
    """All that waits for somebody on a day, whoever it is."""
    requests = [one for model in (Extension, Closure) for one in _undecided(model)]
    decided = [one for model in (Extension, Closure) for one in _decided(model, on)]
    notes, findings = _contributions(on), _findings()
    bodies = bodies_of([one.department for one in (*requests, *decided, *notes, *findings)], on)
    corrections = _corrections(on)
    offices = coordinators_of({one.jurisdiction_id for one in (*requests, *findings, *corrections)})
    return [
        *(_request(one, bodies, offices) for one in requests),
        *(_answer(one, bodies) for one in decided),
        *(_note(one, bodies) for one in notes),
        *(_correction(one, offices) for one in corrections),
        *(matter for one in findings for matter in _finding(one, bodies, offices)),
    ]


def _undecided(model: type[Request]) -> Iterable[Request]:
    rows: Iterable[Request] = model._default_manager.undecided().select_related(*_OF_TASK)
    return rows


def _decided(model: type[Request], on: date) -> Iterable[Request]:
    recent = model._default_manager.filter(decided_at__gte=start_of(on - NEWS))
    rows: Iterable[Request] = recent.select_related(*_OF_TASK, "asked_by")
    return rows


def _contributions(on: date) -> list[Contribution]:
    waiting = Contribution.objects.waiting(on=on)
    return list(waiting.select_related("report__task__ledger", "report__task__section", "department"))


def _corrections(on: date) -> list[Correction]:
    """Asked, or declined of late; one that was granted is told as the reopening of its report."""
    declined = Q(
        state=Correction.State.DECLINED, decided_at__gte=start_of(on - NEWS), asked_by__is_active=True
    )
    rows = Correction.objects.filter(Q(state=Correction.State.ASKED) | declined)
    return list(
        rows.select_related(
            "report__task__ledger", "report__task__section", "report__period", "report__department"
        )
    )


def _findings() -> list[Finding]:
    rows = Finding.objects.filter(state__in=[Finding.State.OPEN, Finding.State.RECTIFIED])
    return list(rows.select_related(*_OF_TASK, "inspection"))


def _request(one: Request, bodies: dict[int, Body], offices: dict[int, tuple[int, ...]]) -> Matter:
    signs = one.state == RequestState.SUBMITTED
    people = bodies[one.department_id].heads if signs else offices.get(one.jurisdiction_id, ())
    moment = one.asked_at if signs else one.signed_at or one.asked_at
    return Matter(
        key=_key(one),
        sort=Sort.SIGN if signs else Sort.DECIDE,
        book=_book(one.task),
        people=tuple(person for person in people if person != one.asked_by_id),
        department=one.department.short_name,
        task=str(one.task),
        text=_asked(one),
        since=day_of(moment),
        link=_page(one),
    )


def _answer(one: Request, bodies: dict[int, Body]) -> Matter:
    """For whoever asked; for those who file there now, when the asker has left."""
    opinion = f"意见：{_short(one.decision)}" if one.decision else ""
    return Matter(
        key=_key(one),
        sort=Sort.ANSWER,
        book=_book(one.task),
        people=(one.asked_by_id,) if one.asked_by.is_active else bodies[one.department_id].reporters,
        department=one.department.short_name,
        task=str(one.task),
        text=f"{_asked(one)}，{one.get_state_display()}。{opinion}",
        since=day_of(one.decided_at or one.asked_at),
        link=_page(one),
    )


def _note(one: Contribution, bodies: dict[int, Body]) -> Matter:
    task = one.report.task
    return Matter(
        key=_key(one),
        sort=Sort.GIVE,
        book=_book(task),
        people=bodies[one.department_id].reporters,
        department=one.department.short_name,
        task=str(task),
        text=_short(one.request),
        since=day_of(one.asked_at),
        day=one.due_on,
        link=reverse("progress:filing", args=[task.ledger_id]),
    )


def _correction(one: Correction, offices: dict[int, tuple[int, ...]]) -> Matter:
    report, asked = one.report, one.state == Correction.State.ASKED
    words = f"{report.period}报告申请更正：{_short(one.reason)}"
    page = reverse("progress:review" if asked else "progress:filing", args=[report.task.ledger_id])
    return Matter(
        key=f"correction:{one.pk}:{one.state}",
        sort=Sort.CORRECT if asked else Sort.ANSWER,
        book=_book(report.task),
        people=offices.get(one.jurisdiction_id, ()) if asked else (one.asked_by_id,),
        department=report.department.short_name,
        task=str(report.task),
        text=words if asked else f"{report.period}报告申请更正，未同意。意见：{_short(one.decision)}",
        since=day_of(one.asked_at if asked else one.decided_at or one.asked_at),
        link=f"{page}?report={report.pk}" if asked else f"{page}?period={report.period_id}",
    )


def _finding(one: Finding, bodies: dict[int, Body], offices: dict[int, tuple[int, ...]]) -> list[Matter]:
    """Open: for the department, and after its day for the office; put right: for the office."""
    office, reporters = offices.get(one.jurisdiction_id, ()), bodies[one.department_id].reporters
    if one.state == Finding.State.OPEN:
        return [_found(one, Sort.RECTIFY, reporters), _found(one, Sort.OVERDUE, office)]
    return [_found(one, Sort.VERIFY, tuple(person for person in office if person != one.rectified_by_id))]


def _found(one: Finding, sort: Sort, people: tuple[int, ...]) -> Matter:
    entered = day_of(one.inspection.entered_at)
    return Matter(
        key=f"{_key(one)}:{sort}",
        sort=sort,
        book=_book(one.task),
        people=people,
        department=one.department.short_name,
        task=str(one.task),
        text=_short(one.text),
        since=(one.rectified_on or entered) if sort is Sort.VERIFY else entered,
        day=one.rectify_by,
        link=reverse("progress:finding", args=[one.pk]),
    )


def _key(one: Request | Contribution | Finding) -> str:
    """Another one after every act: the version counts them."""
    return f"{one._meta.model_name}:{one.pk}:{one.version}"


def _book(task: Task) -> Book:
    return Book(task.ledger_id, task.ledger.name, task.ledger.jurisdiction_id)


def _asked(one: Request) -> str:
    if isinstance(one, Extension):
        to = one.to_due_on
        return f"申请延期到{to.year}年{to.month}月{to.day}日"
    return "申请销号"


def _page(one: Request) -> str:
    return reverse(f"progress:{one._meta.model_name}", args=[one.pk])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"
