"""Reads of the ledger that start from who asks."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from departments.listed import ListedDepartment
from departments.models import Jurisdiction
from tasks.parts import ListedPart

if TYPE_CHECKING:
    from departments.models import User
    from tasks.models import Assignment, Ledger, Task

# What a list shows of a part and its department, in the order of `ListedPart`.
_LISTED = (
    "task_id",
    "role",
    "contact",
    "via_group_id",
    "via_group__name",
    "department_id",
    "department__short_name",
    "department__position",
    "follows_id",
)


class LedgerQuerySet(models.QuerySet["Ledger"]):
    """台账."""

    def visible_to(self, user: User) -> LedgerQuerySet:
        """Ledgers of the user's own jurisdictions: the paper went to every department there."""
        return self.filter(jurisdiction_id__in=user.scope.ledgers_of)

    def summarised_to(self, user: User) -> LedgerQuerySet:
        """Ledgers of the places below those that `user` oversees: to be read in figures, not opened."""
        return self.filter(jurisdiction__in=Jurisdiction.objects.below(user))


class TaskQuerySet(models.QuerySet["Task"]):
    """任务."""

    def visible_to(self, user: User) -> TaskQuerySet:
        """Tasks of the ledgers that `user` may open."""
        return self.filter(jurisdiction_id__in=user.scope.ledgers_of)

    def summarised_to(self, user: User) -> TaskQuerySet:
        """Tasks of the ledgers below `user`: to be counted and named, not opened."""
        return self.filter(jurisdiction__in=Jurisdiction.objects.below(user))

    def open(self) -> TaskQuerySet:
        """Neither completed nor terminated."""
        return self.filter(state="open")

    def overdue(self, *, on: date) -> TaskQuerySet:
        """Open and past the deadline in force; the deadline's own day still counts as in time."""
        return self.open().filter(due_on__lt=on)

    def assigned_to(self, departments: frozenset[int]) -> TaskQuerySet:
        """Those in which one of `departments` has a part."""
        theirs = self.model._default_manager.filter(
            assignments__department_id__in=departments, assignments__ended_on__isnull=True
        )
        return self.filter(pk__in=theirs.values("pk"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """责任分工."""

    def owing(self, reporters: str) -> AssignmentQuerySet:
        """Those who owe reports under a ledger's setting `reporters` (Ledger.Reporters)."""
        return self.filter(role__in=self.model.OWING[reporters])

    def listed(self) -> defaultdict[int, list[ListedPart]]:
        """The parts of each task, by its key, in the order of the paper (one query)."""
        found: defaultdict[int, list[ListedPart]] = defaultdict(list)
        rows = self.order_by("position", "id").values_list(*_LISTED)
        for task, role, contact, group_id, group, key, name, position, follows in rows:
            department = ListedDepartment(key, name, position)
            found[task].append(ListedPart(role, contact, group_id, group or "", department, follows))
        return found
