"""The cards of the filing page: one for every report that a department owes in a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from departments.heads import signing_off
from departments.models import User
from progress.content import ReportContent
from progress.contributing.shown import Notes, notes_of
from progress.corrections.permissions import may_ask
from progress.corrections.shown import corrections_of
from progress.evidence.shelf import Shelf, shelves_of
from progress.locks import why_locked
from progress.measures import Measures, Told, measures_of
from progress.models import Correction, ProgressReport, ReportingPeriod
from progress.permissions import may, who_may
from progress.previous import last_confirmed_of
from progress.report_form import ReportForm
from progress.standing import Standing, standings
from progress.target import target_percent
from progress.workflow import Act
from tasks.models import Task
from tasks.with_parts import with_parts

State = ProgressReport.State


@dataclass(frozen=True)
class Card:
    """A report as its department sees it; `form` is None where nothing can be written, `lock` says why."""

    report: ProgressReport
    task: Task
    last: ProgressReport | None
    measures: Measures
    standing: Standing
    target: Decimal
    anchor: str
    form: ReportForm | None
    lock: str
    withdrawable: bool
    signable: bool
    signed_off: bool
    late: bool
    notes: Notes
    correction: Correction | None  # the latest that was asked for while it stands confirmed
    correctable: bool
    shelf: Shelf

    def with_faults(self, faults: Sequence[str]) -> Card:
        """The same card with what was wrong with files just sent."""
        return replace(self, shelf=replace(self.shelf, faults=tuple(faults)))

    @property
    def waits(self) -> bool:
        """Whether it waits for this person: to be written or to be signed off."""
        return self.form is not None or self.signable

    @property
    def prefilled(self) -> bool:
        """Whether the form starts from what was confirmed last."""
        return self.last is not None and self.report.state == State.EXPECTED

    @property
    def returned(self) -> bool:
        """Whether the office's or the head's opinion on it still waits for an answer."""
        waiting = self.report.state in (State.RETURNED, State.DRAFT, State.EXPECTED)
        return waiting and bool(self.report.return_reason)

    @property
    def told(self) -> Told:
        """What the report says of indicators and milestones."""
        return self.measures.told(self.report)

    @property
    def untouched(self) -> bool:
        """Whether there is no text of the department yet."""
        return self.report.state == State.EXPECTED


def cards_of(
    user: User,
    period: ReportingPeriod,
    on: date,
    bound: ReportForm | None = None,
    bound_to: int = 0,
    *,
    asked: Mapping[str, Any] | None = None,
) -> list[Card]:
    """What the person's departments owe in a period: what can be written first, then what can be signed off.

    `bound` is a failed form of the report `bound_to`, shown again in its card; `asked` is what was sent there
    to ask those who take part.
    """
    reports = list(
        ProgressReport.objects.visible_to(user)
        .filter(period=period, department_id__in=user.scope.departments)
        .select_related("period", "department", "returned_by", "written_by", "signed_by", "reviewed_by")
    )
    found = with_parts(Task.objects.filter(pk__in={report.task_id for report in reports}))
    tasks, stand = {task.pk: task for task in found}, standings(found, on)
    last, measures = last_confirmed_of(reports), measures_of(reports)
    shelves = shelves_of(user, reports)
    anchors = _anchors(reports)
    corrections = corrections_of(reports)
    signing = signing_off({report.department_id for report in reports}, writer=user, on=on)
    notes = notes_of(user, reports, tasks, on, {bound_to: asked} if asked else {})
    cards = [
        _card(
            user,
            report,
            on,
            task=tasks[report.task_id],
            last=last.get(report.pk),
            correction=corrections.get(report.pk),
            measures=measures[report.pk],
            standing=stand[report.task_id],
            anchor=anchors[report.pk],
            bound=bound if report.pk == bound_to else None,
            signed_off=report.department_id in signing,
            notes=notes[report.pk],
            shelf=shelves[report.pk],
        )
        for report in reports
    ]
    return sorted(cards, key=lambda card: (card.form is None, not card.signable))


def form_for(report: ProgressReport, last: ProgressReport | None, measures: Measures) -> ReportForm:
    """The form as it opens: what is stored, or for a report not begun what was confirmed last."""
    return ReportForm.showing(report, content_for(report, last), measures)


def content_for(report: ProgressReport, last: ProgressReport | None) -> ReportContent:
    """What the form opens with."""
    begun = report.state != State.EXPECTED
    return ReportContent.of(report) if begun else ReportContent.confirmed_in(last)


def _card(
    user: User,
    report: ProgressReport,
    on: date,
    *,
    task: Task,
    last: ProgressReport | None,
    correction: Correction | None,
    measures: Measures,
    standing: Standing,
    anchor: str,
    bound: ReportForm | None,
    signed_off: bool,
    notes: Notes,
    shelf: Shelf,
) -> Card:
    writes = may(user, report, Act.SAVE, on)
    return Card(
        report=report,
        task=task,
        last=last,
        measures=measures,
        standing=standing,
        target=target_percent(task, report.period, on),
        anchor=anchor,
        form=(bound or form_for(report, last, measures)) if writes else None,
        lock=why_locked(report, on) or who_may(user, report, Act.SAVE).reason,
        withdrawable=bool(may(user, report, Act.WITHDRAW, on)),
        signable=bool(may(user, report, Act.SIGN, on)),
        signed_off=signed_off,
        late=report.first_submitted_at is None and report.due_on < on <= report.last_day,
        notes=notes,
        correction=correction,
        correctable=_correctable(user, report, correction),
        shelf=shelf,
    )


def _correctable(user: User, report: ProgressReport, correction: Correction | None) -> bool:
    """Whether this person may ask for a correction now."""
    asked = correction is not None and correction.state == Correction.State.ASKED
    return report.state == State.ACCEPTED and not asked and bool(may_ask(user, report))


def _anchors(reports: Iterable[ProgressReport]) -> dict[int, str]:
    """Where links land: by task, which other pages know; by report for a second department of a person."""
    taken: set[int] = set()
    anchors = {}
    for report in reports:
        anchors[report.pk] = f"report-{report.pk}" if report.task_id in taken else f"task-{report.task_id}"
        taken.add(report.task_id)
    return anchors
