"""Reads of periods and reports that start from who asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from departments.models import Jurisdiction

if TYPE_CHECKING:
    from departments.models import User
    from progress.models import (
        Contribution,
        Correction,
        Directive,
        Evidence,
        Finding,
        IndicatorValue,
        Inspection,
        ProgressReport,
        ReportingPeriod,
    )

WAITING_FOR_DEPARTMENT = ("expected", "draft", "returned")
WAITING_FOR_HEAD = "submitted"
WAITING_FOR_OFFICE = "signed"
UNSENT = ("expected", "draft")  # what the department has not shown anybody yet
OPEN_REQUEST = (WAITING_FOR_HEAD, WAITING_FOR_OFFICE)
TO_RECTIFY, TO_VERIFY = "open", "rectified"  # of a finding
AGREED = ("granted", "completed", "terminated")

Counted = dict[int, list[int]]  # of findings, by inspection: found, closed, overdue


class PeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    """报送期."""

    def visible_to(self, user: User) -> PeriodQuerySet:
        """Periods of the ledgers that `user` may open."""
        return self.filter(jurisdiction_id__in=user.scope.ledgers_of)

    def summarised_to(self, user: User) -> PeriodQuerySet:
        """Periods of the ledgers below `user`."""
        return self.filter(jurisdiction__in=Jurisdiction.objects.below(user))

    def opened(self) -> PeriodQuerySet:
        """Those whose expected set exists: open or closed by now."""
        return self.exclude(state="planned")


class ReportQuerySet(models.QuerySet["ProgressReport"]):
    """进展报告."""

    def visible_to(self, user: User) -> ReportQuerySet:
        """The office and the leaders see all of their jurisdiction; a department sees its own reports.

        It also sees what was confirmed for the tasks in which it has a part, never another's draft.
        """
        own = Q(department_id__in=user.scope.departments)
        shared = Q(state="accepted", task__assignments__department_id__in=user.scope.departments)
        overseen = Q(jurisdiction_id__in=user.scope.oversees)
        visible = self.model._default_manager.filter(own | shared | overseen)
        return self.filter(pk__in=visible.values("pk"))

    def expected(self) -> ReportQuerySet:
        """The frozen set that rates are taken over: exemptions leave numerator and denominator."""
        return self.exclude(state="exempt")

    def on_time(self) -> ReportQuerySet:
        """Submitted by the deadline."""
        return self.expected().filter(on_time=True)

    def late(self) -> ReportQuerySet:
        """Submitted after the deadline."""
        return self.expected().filter(on_time=False)

    def never_submitted(self) -> ReportQuerySet:
        """Nothing has been submitted yet."""
        return self.expected().filter(first_submitted_at__isnull=True)

    def waiting_for_department(self) -> ReportQuerySet:
        """The department has to act: not begun, in draft, or returned."""
        return self.filter(state__in=WAITING_FOR_DEPARTMENT)

    def unsent(self) -> ReportQuerySet:
        """Never handed in and still the department's to write: what a later deadline can help."""
        return self.filter(state__in=UNSENT, first_submitted_at__isnull=True)

    def fileable(self, *, on: date) -> ReportQuerySet:
        """The department has to act and still can: the period is open, or the report has a later day of its own."""
        taken = Q(period__closes_on__gte=on) | Q(due_on__gte=on) | Q(revise_by__gte=on)
        return self.waiting_for_department().filter(taken, period__opens_on__lte=on)

    def waiting_for_head(self) -> ReportQuerySet:
        """待审签."""
        return self.filter(state=WAITING_FOR_HEAD)

    def waiting_for_office(self) -> ReportQuerySet:
        """待审核, in the order of submission."""
        return self.filter(state=WAITING_FOR_OFFICE).order_by("submitted_at", "id")

    def overdue(self, *, on: date) -> ReportQuerySet:
        """The deadline has passed and nothing is submitted, while the period still takes reports."""
        return self.never_submitted().filter(due_on__lt=on, period__state="open", period__closes_on__gte=on)

    def missing(self, *, on: date) -> ReportQuerySet:
        """Nothing was submitted before the period closed, nor by a later day that the office had agreed to."""
        return self.never_submitted().filter(period__closes_on__lt=on, due_on__lt=on)


class RequestQuerySet(models.QuerySet[Any]):
    """延期申请、销号申请."""

    def visible_to(self, user: User) -> RequestQuerySet:
        """The office and the leaders see all of their jurisdiction; a department sees its own requests.

        It also sees what was agreed for the tasks in which it has a part.
        """
        own = Q(department_id__in=user.scope.departments)
        shared = Q(state__in=AGREED, task__assignments__department_id__in=user.scope.departments)
        overseen = Q(jurisdiction_id__in=user.scope.oversees)
        visible = self.model._default_manager.filter(own | shared | overseen)
        return self.filter(pk__in=visible.values("pk"))

    def undecided(self) -> RequestQuerySet:
        """With the head or the office, about a task that is still open."""
        return self.filter(state__in=OPEN_REQUEST, task__state="open")

    def waiting_for(self, user: User) -> RequestQuerySet:
        """What this person has to sign off or to decide, whatever the ledger; their own requests not."""
        head = Q(state=WAITING_FOR_HEAD, department_id__in=user.scope.heads)
        office = Q(state=WAITING_FOR_OFFICE, jurisdiction_id__in=user.scope.coordinates)
        return self.undecided().filter(head | office).exclude(asked_by=user)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """佐证材料."""

    def visible_to(self, user: User) -> EvidenceQuerySet:
        """A department's own files; to the office and the leaders those that were handed in.

        Files go no further: what a participant may read of a confirmed report is its text.
        """
        own = Q(report__department_id__in=user.scope.departments) | Q(
            closure__department_id__in=user.scope.departments
        )
        shown = self._handed_in() & (Q(closure__isnull=False) | ~Q(report__state__in=UNSENT))
        return self.filter(own | shown & Q(jurisdiction_id__in=user.scope.oversees))

    def present(self) -> EvidenceQuerySet:
        """Those that were not taken out again."""
        return self.filter(removed_at__isnull=True)

    def on_record(self) -> EvidenceQuerySet:
        """Those that are there, and those that were handed in before they were taken out."""
        return self.filter(Q(removed_at__isnull=True) | self._handed_in())

    def _handed_in(self) -> Q:
        """Files that were there when their report was handed in; those of a request always were.

        A file that came or went between two submissions is the department's own affair, as its draft is.
        """
        submits = _model("Revision").filter(report=OuterRef("report"), act="submit")
        came_before = submits.filter(at__gte=OuterRef("added_at"))
        return (
            Q(closure__isnull=False)
            | Q(Exists(came_before), removed_at__isnull=True)
            | Q(Exists(came_before.filter(at__lt=OuterRef("removed_at"))))
        )


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """配合情况."""

    def visible_to(self, user: User) -> ContributionQuerySet:
        """Whoever asks and whoever is asked; the office and the leaders once the lead has handed in."""
        asked = Q(department_id__in=user.scope.departments)
        asking = Q(report__department_id__in=user.scope.departments)
        handed_in = ~Q(report__state__in=UNSENT) & Q(jurisdiction_id__in=user.scope.oversees)
        return self.filter(asked | asking | handed_in)

    def in_force(self) -> ContributionQuerySet:
        """Asked or given, not cancelled."""
        return self.exclude(state="cancelled")

    def waiting(self, *, on: date) -> ContributionQuerySet:
        """Asked and not given, while the lead is still writing its report; the next day first."""
        written = _model("ProgressReport").fileable(on=on)
        return self.filter(state="asked", report__in=written).order_by("due_on", "pk")

    def waiting_for(self, user: User, *, on: date) -> ContributionQuerySet:
        """What this person has to give for their departments."""
        return self.waiting(on=on).filter(department_id__in=user.scope.reports_for)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """更正申请."""

    def visible_to(self, user: User) -> CorrectionQuerySet:
        """The department's own; the office and the leaders see all of their jurisdiction."""
        own = Q(report__department_id__in=user.scope.departments)
        return self.filter(own | Q(jurisdiction_id__in=user.scope.oversees))

    def asked(self) -> CorrectionQuerySet:
        """Those that wait for an answer."""
        return self.filter(state="asked")

    def waiting_for(self, user: User) -> CorrectionQuerySet:
        """What this person, as the office, has to answer."""
        return self.asked().filter(jurisdiction_id__in=user.scope.coordinates)


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    """指标值."""

    def visible_to(self, user: User) -> IndicatorValueQuerySet:
        """As the reports that they were confirmed with."""
        return self.filter(report__in=_model("ProgressReport").visible_to(user))


class DirectiveQuerySet(models.QuerySet["Directive"]):
    """批示."""

    def visible_to(self, user: User) -> DirectiveQuerySet:
        """The office and the leaders; departments those on tasks in which they have a part, unless struck out."""
        part = Q(
            struck_at__isnull=True,
            task__assignments__department_id__in=user.scope.departments,
            task__assignments__ended_on__isnull=True,
        )
        visible = self.model._default_manager.filter(part | Q(jurisdiction_id__in=user.scope.oversees))
        return self.filter(pk__in=visible.values("pk"))

    def standing(self) -> DirectiveQuerySet:
        """Those that were not struck out."""
        return self.filter(struck_at__isnull=True)

    def waiting_for(self, user: User) -> DirectiveQuerySet:
        """Those of which a coordinator has not written yet what came of them."""
        return self.standing().filter(outcome="", jurisdiction_id__in=user.scope.coordinates)


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """专项检查."""

    def visible_to(self, user: User) -> InspectionQuerySet:
        """The office and the leaders; a department the inspections that found something with it."""
        found = Q(
            pk__in=_model("Finding")
            .standing()
            .filter(department_id__in=user.scope.departments)
            .values("inspection")
        )
        return self.filter(found | Q(jurisdiction_id__in=user.scope.oversees))


class FindingQuerySet(models.QuerySet["Finding"]):
    """检查发现的问题."""

    def visible_to(self, user: User) -> FindingQuerySet:
        """The office and the leaders see all of their jurisdiction, a department its own, unless cancelled."""
        own = Q(department_id__in=user.scope.departments) & ~Q(state="cancelled")
        return self.filter(own | Q(jurisdiction_id__in=user.scope.oversees))

    def standing(self) -> FindingQuerySet:
        """Those that were not cancelled: what counts as found."""
        return self.exclude(state="cancelled")

    def overdue(self, *, on: date) -> FindingQuerySet:
        """Still to be put right after the day that was set."""
        return self.filter(_overdue(on))

    def counted(self, *, on: date) -> Counted:
        """How many are found, closed and overdue, by inspection: 发现 x 已办结 y 逾期 z (one query)."""
        rows = self.standing().order_by().values("inspection")
        numbers = rows.annotate(
            found=Count("pk"),
            closed=Count("pk", filter=Q(state="closed")),
            overdue=Count("pk", filter=_overdue(on)),
        )
        found = numbers.values_list("inspection", "found", "closed", "overdue")
        return {inspection: numbers for inspection, *numbers in found}

    def to_rectify(self, user: User) -> FindingQuerySet:
        """What the departments of this 填报员 have to put right."""
        return self.filter(state=TO_RECTIFY, department_id__in=user.scope.reports_for)

    def to_verify(self, user: User) -> FindingQuerySet:
        """What this 协调员 has to verify, never the own writing."""
        own = Q(rectified_by=user)
        return self.filter(~own, state=TO_VERIFY, jurisdiction_id__in=user.scope.coordinates)

    def waiting_for(self, user: User) -> FindingQuerySet:
        """What waits for this person, in either part."""
        return self.to_rectify(user) | self.to_verify(user)


def _overdue(on: date) -> Q:
    return Q(state=TO_RECTIFY, rectify_by__lt=on)


def _model(name: str) -> Any:
    """A manager of this room, looked up late: the models import this module."""
    return apps.get_model("progress", name)._default_manager
