"""Reads of periods and reports that start from who asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from departments.models import Jurisdiction

if TYPE_CHECKING:
    from departments.models import User
    from progress.models import ProgressReport, ReportingPeriod

WAITING_FOR_DEPARTMENT = ("expected", "draft", "returned")
WAITING_FOR_HEAD = "submitted"
WAITING_FOR_OFFICE = "signed"
OPEN_REQUEST = (WAITING_FOR_HEAD, WAITING_FOR_OFFICE)
AGREED = ("granted", "completed", "terminated")


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
        """Nothing was submitted before the period closed."""
        return self.never_submitted().filter(period__closes_on__lt=on)


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
