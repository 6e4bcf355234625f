"""Gathers what the rules need from the rows of the other rooms, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Max, Q

from departments.models import Department, Membership, Post
from notices.models import Notice
from notices.rules import Body, Facts, Owed, Unsigned, family
from progress.models import ProgressReport, ReportingPeriod
from timekeeping.clock import day_of, start_of

# A period is watched until its last slots have surely come, also over the longest holidays.
WATCHED = timedelta(days=45)
Role = Membership.Role
# A sweep of a whole country reads many rows and needs few of their columns.
_COLUMNS = (
    "period_id",
    "department_id",
    "department__short_name",
    "task__number",
    "task__title",
    "state",
    "due_on",
    "revise_by",
    "returned_at",
    "first_submitted_at",
    "returned_by__full_name",
    "return_reason",
)


def watched_periods(on: date) -> list[int]:
    """Opened periods whose slots may have come and in which somebody still has to act."""
    waiting = ProgressReport.objects.waiting_for_department()
    recent = (
        Q(period__closes_on__gte=on - WATCHED) | Q(revise_by__gte=on - WATCHED) | Q(due_on__gte=on - WATCHED)
    )
    found = waiting.filter(recent).exclude(period__state="planned").filter(period__opens_on__lte=on)
    unsigned = ProgressReport.objects.waiting_for_head().filter(submitted_at__gte=start_of(on - WATCHED))
    queued = Notice.objects.filter(
        state="queued", period__isnull=False
    )  # may have become void, also when all have filed
    rows = (found, unsigned, queued)
    return sorted({number for one in rows for number in one.values_list("period_id", flat=True)})


def gather(periods: Sequence[int], on: date) -> list[Facts]:
    """The facts of some periods as of a day, without what was written already."""
    rows = list(ReportingPeriod.objects.filter(pk__in=periods).select_related("ledger"))
    owed, unsigned = owed_in(periods), unsigned_in(periods)
    named = (report.department for found in (owed, unsigned) for one in found.values() for report in one)
    bodies = bodies_of(named, on)
    coordinators = coordinators_of({period.jurisdiction_id for period in rows})
    return [
        Facts(
            period=period.pk,
            name=period.name,
            year=period.year,
            ledger=period.ledger_id,
            ledger_name=period.ledger.name,
            jurisdiction=period.jurisdiction_id,
            announced_on=_announced_on(period),
            closes_on=period.closes_on,
            owed=tuple(_owed(report) for report in owed[period.pk]),
            bodies=bodies,
            coordinators=coordinators.get(period.jurisdiction_id, ()),
            unsigned=tuple(_unsigned(report) for report in unsigned[period.pk]),
        )
        for period in rows
    ]


def with_written(facts: Iterable[Facts], periods: Sequence[int]) -> list[Facts]:
    """The same facts with what has gone out so far; read after stale notices were made void."""
    standing = Notice.objects.standing().filter(period__in=periods)
    written: dict[int, dict[tuple[int, str], date]] = defaultdict(dict)
    slots = standing.exclude(kind__in=["returned", "urge"]).values_list("period_id", "recipient_id", "kind")
    for period, person, kind, latest in slots.annotate(latest=Max("occurrence")).order_by():
        key = (person, family(kind))
        written[period][key] = max(latest, written[period].get(key, latest))
    told = frozenset(
        standing.filter(kind="returned").values_list("recipient_id", "subject_id", "occasion").order_by()
    )
    return [replace(one, written=written[one.period], told=told) for one in facts]


def owed_in(periods: Sequence[int]) -> dict[int, list[ProgressReport]]:
    """The reports that wait for their department, by period."""
    reports = ProgressReport.objects.waiting_for_department().filter(period__in=periods)
    by_period: dict[int, list[ProgressReport]] = defaultdict(list)
    for report in reports.select_related("task", "department", "returned_by").only(*_COLUMNS):
        by_period[report.period_id].append(report)
    return by_period


def unsigned_in(periods: Sequence[int]) -> dict[int, list[ProgressReport]]:
    """The reports that wait for a head, by period."""
    reports = ProgressReport.objects.waiting_for_head().filter(period__in=periods)
    by_period: dict[int, list[ProgressReport]] = defaultdict(list)
    for report in reports.select_related("task", "department").only(
        *_COLUMNS[:5], "submitted_at", "written_by_id"
    ):
        by_period[report.period_id].append(report)
    return by_period


def _unsigned(report: ProgressReport) -> Unsigned:
    """What the rules need of a report that waits for a head."""
    submitted = day_of(report.submitted_at) if report.submitted_at else report.due_on
    return Unsigned(report.department_id, str(report.task), submitted, report.written_by_id or 0)


def _owed(report: ProgressReport) -> Owed:
    """What the rules need of a report; one handed in again and withdrawn is no return any more."""
    came_back = report.state == ProgressReport.State.RETURNED or report.first_submitted_at is None
    return Owed(
        report=report.pk,
        department=report.department_id,
        task=str(report.task),
        state=report.state,
        due_on=report.due_on,
        revise_by=report.revise_by,
        returned_at=report.returned_at if came_back else None,
        returned_by=str(report.returned_by or ""),
        return_reason=report.return_reason,
    )


def bodies_of(named: Iterable[Department], on: date) -> dict[int, Body]:
    """Departments with who files and who signs off for them on a day, by key."""
    departments = {one.pk: one for one in named}
    serving: dict[tuple[int, str], list[int]] = defaultdict(list)
    active = Membership.objects.serving(on).filter(department__in=departments, user__is_active=True)
    for department, role, user in active.values_list("department_id", "role", "user_id").distinct():
        serving[department, role].append(user)
    return {
        pk: Body(
            pk=pk,
            name=department.short_name,
            reporters=tuple(serving[pk, Role.REPORTER]),
            heads=tuple(serving[pk, Role.HEAD]),
        )
        for pk, department in departments.items()
    }


def coordinators_of(places: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The coordinators of some places."""
    posts = Post.objects.filter(
        jurisdiction__in=places, role=Post.Role.COORDINATOR, user__is_active=True
    ).values_list("jurisdiction_id", "user_id")
    found: dict[int, list[int]] = defaultdict(list)
    for place, user in posts:
        found[place].append(user)
    return {place: tuple(users) for place, users in found.items()}


def _announced_on(period: ReportingPeriod) -> date:
    """The day from which a department could know: the period may be opened after its first day."""
    opened = day_of(period.opened_at) if period.opened_at else period.opens_on
    return max(period.opens_on, opened)
