"""节点 and 指标."""

from django.db import models
from django.db.models import F, Q

from tasks.models.ledger import Ledger
from tasks.models.task import Task


class Milestone(models.Model):
    """节点: a dated step inside a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones", verbose_name="任务")
    title = models.CharField("内容", max_length=200)
    due_on = models.DateField("时限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = "节点"
        constraints = [
            models.UniqueConstraint(fields=["task", "title"], name="tasks_milestone_title_unique"),
        ]

    def __str__(self) -> str:
        return self.title


class Indicator(models.Model):
    """指标: a number to reach, on a task or on the whole ledger."""

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", "不低于"
        AT_MOST = "<=", "不超过"
        EXACTLY = "=", "达到"
        BETWEEN = "between", "介于"

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="indicators", verbose_name="台账")
    task = models.ForeignKey(
        Task, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name="任务"
    )
    name = models.CharField("指标", max_length=200)
    unit = models.CharField("单位", max_length=20, blank=True)
    comparator = models.CharField("要求", max_length=8, choices=Comparator.choices)
    low = models.DecimalField("下限", max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("上限", max_digits=14, decimal_places=4, null=True, blank=True)
    due_on = models.DateField("时限", null=True, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = "指标"
        constraints = [
            models.CheckConstraint(
                condition=~Q(comparator="between") | Q(low__isnull=False, high__isnull=False),
                name="tasks_indicator_between_has_both_bounds",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="tasks_indicator_low_not_over_high",
            ),
        ]

    def __str__(self) -> str:
        return self.name
