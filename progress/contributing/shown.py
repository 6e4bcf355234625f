"""What pages show of contributions: beside a lead's report, to those who are asked, on the reviewer's desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from departments.listed import ListedDepartment
from departments.models import Membership, User
from progress.contributing.ask import TAKING_PART
from progress.contributing.forms import AskForm, GiveForm
from progress.contributing.locks import why_not_ask, why_not_give
from progress.contributing.permissions import may_ask, may_give, read_all
from progress.contributing.take import line_of
from progress.models import Contribution, ProgressReport, ReportingPeriod
from progress.querysets import ContributionQuerySet
from tasks.models import Assignment, Task
from timekeeping.workdays import Exceptions, exceptions_between, workdays_after, workdays_before

NOTICE_DAYS = 3  # working days that the lead keeps for itself before its report is due
_REACH = timedelta(days=30)  # more than any run of holidays


@dataclass(frozen=True)
class Notes:
    """What was asked and given for one report, and what may still be asked."""

    rows: list[Contribution] = field(default_factory=list)
    ask: AskForm | None = None
    unstaffed: list[str] = field(default_factory=list)  # nobody files for them: they are called instead

    @property
    def given(self) -> list[Contribution]:
        """Those that have answered."""
        return [row for row in self.rows if row.state == Contribution.State.GIVEN]

    @property
    def lines(self) -> list[tuple[Contribution, str]]:
        """Each with the line that 采用 takes over; nothing before it is given."""
        return [(row, line_of(row) if row.state == Contribution.State.GIVEN else "") for row in self.rows]


@dataclass(frozen=True)
class Wanted:
    """A note that one's own department was asked for; `form` is None where nothing can be written."""

    row: Contribution
    form: GiveForm | None
    lock: str

    @property
    def folded(self) -> bool:
        """Whether it is done with unless somebody wants to change it."""
        return self.row.given_at is not None and self.form is not None and not self.form.is_bound


def notes_of(
    user: User,
    reports: Iterable[ProgressReport],
    tasks: Mapping[int, Task],
    on: date,
    sent: Mapping[int, Mapping[str, Any]] | None = None,
) -> dict[int, Notes]:
    """The notes for each report by its key (three queries); `sent` holds what was sent to ask, by report."""
    found = list(reports)
    rows: defaultdict[int, list[Contribution]] = defaultdict(list)
    for row in shown(Contribution.objects.visible_to(user).filter(report__in=found).in_force()):
        rows[row.report_id].append(row)
    asking = [one for one in found if _asks(user, one, tasks[one.task_id], on)]
    staffed = _staffed(on) if asking else frozenset[int]()
    holidays = exceptions_between(on - _REACH, max(one.last_day for one in asking) + _REACH) if asking else {}
    notes = {one.pk: Notes(rows[one.pk]) for one in found}
    for one in asking:
        open_to = _not_asked(one, tasks[one.task_id], rows[one.pk])
        reached = [body for body in open_to if body.pk in staffed]
        proposed, data = propose(one, on, holidays), (sent or {}).get(one.pk)
        form = AskForm(one, reached, data, proposed=proposed, on=on) if reached else None
        names = [body.short_name for body in open_to if body.pk not in staffed]
        notes[one.pk] = Notes(rows[one.pk], form, names)
    return notes


def wanted_of(
    user: User, period: ReportingPeriod, on: date, failed: GiveForm | None = None
) -> tuple[list[Wanted], list[Contribution]]:
    """What one's departments were asked for in a period, and what was cancelled and not asked again."""
    everything = shown(Contribution.objects.visible_to(user)).filter(
        report__period=period, department__in=user.scope.departments
    )
    rows = list(everything.order_by("due_on", "pk"))
    kept = failed.contribution.pk if failed else 0  # words written for what was cancelled meanwhile
    current = [row for row in rows if row.state != Contribution.State.CANCELLED or row.pk == kept]
    standing = {(row.report_id, row.department_id) for row in current}
    gone = {(row.report_id, row.department_id): row for row in rows if row not in current}
    wanted = [_wanted(user, row, on, failed) for row in current]
    return wanted, [row for key, row in gone.items() if key not in standing]


def notes_for_reader(user: User, report: ProgressReport) -> Notes:
    """What the reviewer's desk shows: nothing to those who only gave a note themselves."""
    if not read_all(user, report):
        return Notes()
    rows = Contribution.objects.visible_to(user).filter(report=report).in_force()
    return Notes(list(shown(rows)))


def propose(report: ProgressReport, on: date, holidays: Exceptions) -> date:
    """Three working days before the report is due, else the next working day; never past the last day."""
    usual = workdays_before(report.due_on, NOTICE_DAYS, holidays)
    return min(usual if usual > on else workdays_after(on, 1, holidays), report.last_day)


def shown(rows: ContributionQuerySet) -> ContributionQuerySet:
    """Rows with what pages and rules read from them."""
    return rows.select_related(
        "department", "asked_by", "given_by", "report__department", "report__period", "report__task"
    )


def _asks(user: User, report: ProgressReport, task: Task, on: date) -> bool:
    """Whether the person can ask for this report now: its writer, a lead, while it may be written."""
    leads = any(
        part.department_id == report.department_id and part.role == Assignment.Role.LEAD
        for part in task.parts
    )
    return leads and bool(may_ask(user, report)) and not why_not_ask(report, on)


def _not_asked(report: ProgressReport, task: Task, rows: list[Contribution]) -> list[ListedDepartment]:
    """Those who take part in the task and were not asked yet, in the order of the paper."""
    asked = {row.department_id for row in rows} | {report.department_id}
    parts = [part for part in task.parts if part.role in TAKING_PART]
    return [part.department for part in parts if part.department_id not in asked]


def _staffed(on: date) -> frozenset[int]:
    """Departments for which somebody files."""
    serving = Membership.objects.serving(on).filter(role=Membership.Role.REPORTER, user__is_active=True)
    return frozenset(serving.order_by().values_list("department_id", flat=True))


def _wanted(user: User, row: Contribution, on: date, failed: GiveForm | None) -> Wanted:
    lock = why_not_give(row, on) or may_give(user, row).reason
    if failed is not None and failed.contribution.pk == row.pk:
        return Wanted(row, failed, lock)
    return Wanted(row, None if lock else GiveForm(row), lock)
