"""Reads of the ledger that start from who asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from departments.models import User
    from tasks.models import Assignment, Ledger, Task


class LedgerQuerySet(models.QuerySet["Ledger"]):
    """台账."""

    def visible_to(self, user: User) -> LedgerQuerySet:
        """Ledgers of the user's own jurisdictions: the paper went to every department there."""
        return self.filter(jurisdiction_id__in=user.scope.ledgers_of)


class TaskQuerySet(models.QuerySet["Task"]):
    """任务."""

    def visible_to(self, user: User) -> TaskQuerySet:
        """Tasks of the ledgers that `user` may open."""
        return self.filter(jurisdiction_id__in=user.scope.ledgers_of)

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

    def with_assignments(self) -> TaskQuerySet:
        """Fetch sections, ledger and departments along (constant number of queries)."""
        # One ledger has few sections: fetching each once beats joining it to every task.
        return self.prefetch_related("section", "ledger", "assignments__department", "assignments__via_group")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """责任分工."""

    def owing(self, reporters: str) -> AssignmentQuerySet:
        """Those who owe reports under a ledger's setting `reporters` (Ledger.Reporters)."""
        return self.filter(role__in=self.model.OWING[reporters])
