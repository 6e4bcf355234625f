"""The review page: the queue on the left, one report with all that a decision needs on the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from departments.models import User
from departments.permissions import Decision, coordinate, sign_off_for
from progress.diff import Comparison, compare
from progress.forms import DecisionForm, ReasonForm
from progress.models import ProgressReport
from progress.permissions import may, read_unsent, who_may
from progress.previous import last_confirmed
from progress.querysets import ReportQuerySet
from progress.revising import earliest_revise_by
from progress.standing import Standing, standings
from progress.target import target_percent
from progress.workflow import Act
from tasks.models import Assignment, Ledger, Task
from tasks.with_parts import with_parts

State = ProgressReport.State
_UNREAD = (State.EXPECTED, State.DRAFT)
Failed = DecisionForm | ReasonForm | None


@dataclass(frozen=True)
class Desk:
    """One report on the reviewer's desk."""

    report: ProgressReport
    task: Task
    role: str
    standing: Standing
    target: Decimal
    last: ProgressReport | None
    diff: Comparison
    decision: DecisionForm | None
    sign: ReasonForm | None
    reopen: ReasonForm | None
    why: str  # why this person can decide nothing here, when that is so
    readable: bool  # a draft is read by its own department only

    @property
    def behind(self) -> Decimal | None:
        """Points under the expected line if the department's own number is confirmed; None when not under."""
        said = self.report.said_percent
        return self.target - said if said is not None and said < self.target else None


def queue_of(user: User, ledger: Ledger) -> ReportQuerySet:
    """What waits for this person in a ledger, in the order of submission: 待审核, and 待审签 for a head."""
    office = Q(state=State.SIGNED, jurisdiction_id__in=user.scope.coordinates)
    head = Q(state=State.SUBMITTED, department_id__in=user.scope.heads)
    return (
        ProgressReport.objects.visible_to(user)
        .filter(office | head, period__ledger=ledger)
        .select_related("task__section", "period", "department")
        .order_by("submitted_at", "id")
    )


def desk_of(
    user: User,
    report: ProgressReport,
    at: datetime,
    on: date,
    *,
    failed: Failed = None,
) -> Desk:
    """All that is needed to decide on a report; `failed` is a form to show again with its errors."""
    task = with_parts(Task.objects.filter(pk=report.task_id))[0]
    last = last_confirmed(report)
    roles = {part.department_id: str(Assignment.Role(part.role).label) for part in task.parts}
    reviewed, signed, reopened = (may(user, report, act, on) for act in (Act.ACCEPT, Act.SIGN, Act.REOPEN))
    return Desk(
        report=report,
        task=task,
        role=roles.get(report.department_id, ""),
        standing=standings([task], on)[task.pk],
        target=target_percent(task, report.period, on),
        last=last,
        diff=compare(last.text if last else "", report.text),
        decision=_decision(report, failed) if reviewed else None,
        sign=_reason(report, Act.SIGN, failed) if signed else None,
        reopen=_reason(report, Act.REOPEN, failed, earliest_revise_by(at)) if reopened else None,
        why="" if reviewed or signed or reopened else _why(user, report, on).reason,
        readable=report.state not in _UNREAD or bool(read_unsent(user, report.department_id)),
    )


def _why(user: User, report: ProgressReport, on: date) -> Decision:
    """The refusal that fits the person: a head hears of signing, the office of confirming."""
    signs = sign_off_for(user, report.department) and not coordinate(user, report.jurisdiction_id)
    act = Act.SIGN if signs else Act.ACCEPT
    return who_may(user, report, act) and may(user, report, act, on)


def _decision(report: ProgressReport, failed: Failed) -> DecisionForm:
    return failed if isinstance(failed, DecisionForm) else DecisionForm.showing(report)


def _reason(
    report: ProgressReport,
    act: Act,
    failed: Failed,
    due_on: date | None = None,
) -> ReasonForm:
    if isinstance(failed, ReasonForm):
        return failed
    return ReasonForm(initial={"version": report.version, "due_on": due_on}, auto_id=f"{act}_%s")
