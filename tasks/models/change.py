"""任务变动: what moved a task's deadline or state, so that a past day can be answered as it was."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from departments.models import User
from tasks.models.task import Task


class TaskChange(models.Model):
    """One change of what decides a task's light, with the values before and after; append-only.

    `before` and `after` hold those of `tasks.changes.DECIDING` that changed. The trail has the same acts, but
    it is archived after a while and no room reads it for business.
    """

    class Kind(models.TextChoices):
        EXTENSION = "extension", "延期"
        EVENT = "event", "登记起算日期"
        PAPER = "paper", "新文件"
        CLOSED = "closed", "办结"
        REOPENED = "reopened", "重新打开"

    task = models.ForeignKey(Task, models.PROTECT, related_name="changes", verbose_name="任务")
    kind = models.CharField("事由", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    before = models.JSONField("变动前", encoder=DjangoJSONEncoder)
    after = models.JSONField("变动后", encoder=DjangoJSONEncoder)
    reason = models.TextField("理由", blank=True)

    class Meta:
        ordering = ("on", "id")
        verbose_name = "任务变动"
        indexes = [models.Index(fields=["on"], name="tasks_change_by_day")]

    def __str__(self) -> str:
        return f"{self.task}　{self.get_kind_display()}"
