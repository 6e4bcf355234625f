"""The review page: the queue on the left, one report with all that a decision needs on the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from departments.models import User
from departments.permissions import Decision, coordinate, sign_off_for
from progress.against import SEEN_BY_HEAD, SEEN_BY_OFFICE, Against, comparisons
from progress.contributing.shown import Notes, notes_for_reader
from progress.corrections.forms import DeclineForm
from progress.evidence.shelf import Shelf, shelf_of
from progress.forms import DecisionForm, ReasonForm
from progress.measures import StepLine, ValueLine, measures_for
from progress.models import Correction, ProgressReport
from progress.permissions import may, read_unsent, who_may
from progress.previous import last_confirmed
from progress.querysets import CorrectionQuerySet, ReportQuerySet
from progress.revising import revise_by
from progress.standing import Standing, standings
from progress.target import target_percent
from progress.workflow import Act
from tasks.models import Assignment, Ledger, Task
from tasks.with_parts import with_parts

State = ProgressReport.State
_BEING_WRITTEN = (State.EXPECTED, State.DRAFT, State.RETURNED)
Failed = DecisionForm | ReasonForm | DeclineForm | None


@dataclass(frozen=True)
class Desk:
    """One report on the reviewer's desk."""

    report: ProgressReport
    task: Task
    role: str
    standing: Standing
    target: Decimal
    last: ProgressReport | None
    against: list[Against]  # what it is compared with: what came back, then what was confirmed before
    values: list[ValueLine]
    steps: list[StepLine]
    decision: DecisionForm | None
    sign: ReasonForm | None
    reopen: ReasonForm | None
    correction: Correction | None  # what the department asks to have corrected
    decline: DeclineForm | None
    why: str  # why this person can decide nothing here, when that is so
    readable: bool  # what is being written is read by its own department only
    notes: Notes  # what those who take part gave the lead
    shelf: Shelf

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


def corrections_of(user: User, ledger: Ledger) -> CorrectionQuerySet:
    """The corrections that are asked for in a ledger and wait for this person."""
    rows = Correction.objects.waiting_for(user).filter(report__period__ledger=ledger)
    return rows.select_related("report__department", "report__task__section")


def neighbours(user: User, report: ProgressReport) -> tuple[int | None, int | None]:
    """The reports before and after this one in the queue; at its end the first of the others follows."""
    waiting = list(queue_of(user, report.task.ledger).values_list("pk", flat=True))
    place = waiting.index(report.pk) if report.pk in waiting else -1
    following = [pk for pk in (*waiting[place + 1 :], *waiting[: place + 1]) if pk != report.pk]
    before = waiting[place - 1] if place > 0 else None
    return before, following[0] if following else None


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
    last, measures = last_confirmed(report), measures_for(report)
    roles = {part.department_id: str(Assignment.Role(part.role).label) for part in task.parts}
    corrections = Correction.objects.visible_to(user).asked().filter(report=report)
    asked = corrections.select_related("asked_by").first()
    reviewed, signed, reopened = (may(user, report, act, on) for act in (Act.ACCEPT, Act.SIGN, Act.REOPEN))
    return Desk(
        report=report,
        task=task,
        role=roles.get(report.department_id, ""),
        standing=standings([task], on)[task.pk],
        target=target_percent(task, report.period, on),
        last=last,
        against=comparisons(report, last, SEEN_BY_HEAD if signed else SEEN_BY_OFFICE),
        values=measures.values(report.said_values),
        steps=measures.days(report.said_steps),
        decision=_decision(report, failed, revise_by(report, at)) if reviewed else None,
        sign=_reason(report, Act.SIGN, failed) if signed else None,
        reopen=_reopening(report, failed, revise_by(report, at), asked) if reopened else None,
        correction=asked,
        decline=_declining(failed) if asked and reopened else None,
        why="" if reviewed or signed or reopened else _why(user, report, on).reason,
        readable=report.state not in _BEING_WRITTEN or bool(read_unsent(user, report.department_id)),
        notes=notes_for_reader(user, report),
        shelf=shelf_of(user, report),
    )


def _why(user: User, report: ProgressReport, on: date) -> Decision:
    """The refusal that fits the person: a head hears of signing, the office of confirming."""
    signs = sign_off_for(user, report.department) and not coordinate(user, report.jurisdiction_id)
    act = Act.SIGN if signs else Act.ACCEPT
    return who_may(user, report, act) and may(user, report, act, on)


def _decision(report: ProgressReport, failed: Failed, due_on: date) -> DecisionForm:
    return failed if isinstance(failed, DecisionForm) else DecisionForm.showing(report, due_on)


def _reason(report: ProgressReport, act: Act, failed: Failed) -> ReasonForm:
    if isinstance(failed, ReasonForm):
        return failed
    return ReasonForm(initial={"version": report.version}, auto_id=f"{act}_%s")


def _reopening(report: ProgressReport, failed: Failed, due_on: date, asked: Correction | None) -> ReasonForm:
    """The reason of the reopening is at first what the department asked for."""
    if isinstance(failed, ReasonForm):
        return failed
    note = asked.reason if asked else ""
    return ReasonForm(
        initial={"version": report.version, "due_on": due_on, "note": note}, auto_id=f"{Act.REOPEN}_%s"
    )


def _declining(failed: Failed) -> DeclineForm:
    return failed if isinstance(failed, DeclineForm) else DeclineForm(auto_id="decline_%s")
