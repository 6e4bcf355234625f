"""责任分工."""

from typing import ClassVar

from django.db import models

from departments.models import Department, DepartmentGroup
from tasks.models.task import Task
from tasks.querysets import AssignmentQuerySet

_Parts = models.Manager.from_queryset(AssignmentQuerySet)


class PartsInForce(_Parts["Assignment"]):
    """The parts that count: those not ended."""

    def get_queryset(self) -> AssignmentQuerySet:
        """Leave out what has ended."""
        return AssignmentQuerySet(self.model, using=self._db).filter(ended_on__isnull=True)


class Assignment(models.Model):
    """责任分工: one department's part in one task.

    A part that a newer version of the paper takes away is ended, not deleted: what the department filed
    stays explained. `objects` (and so `task.assignments`) are the parts in force; `ever` knows all.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        RESPONSIBLE = "responsible", "负责"
        PARTICIPANT = "participant", "参与"

    # Who owes a report under each setting of Ledger.reporters (docs/rules.md, 谁报送).
    OWING: ClassVar[dict[str, tuple[str, ...]]] = {
        "leads": ("lead",),
        "responsible": ("lead", "responsible"),
        "all": ("lead", "responsible", "participant"),
    }

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments", verbose_name="任务")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="assignments", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=12, choices=Role.choices)
    via_group = models.ForeignKey(
        DepartmentGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属集合"
    )
    position = models.PositiveSmallIntegerField("位置")
    contact = models.CharField("联系人", max_length=60, blank=True)
    # Whose part it continues after a reorganisation: what was confirmed to that department counts on.
    follows = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承接自"
    )
    ended_on = models.DateField("终止日期", null=True, blank=True)

    objects = PartsInForce()
    ever = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        verbose_name = "责任分工"
        constraints = [
            models.UniqueConstraint(fields=["task", "department"], name="tasks_assignment_department_once"),
        ]

    def __str__(self) -> str:
        return f"{self.department}{self.get_role_display()}"
