"""批示 and 专项检查: what leaders and inspections ask of a task. Neither counts in any figure."""

from django.db import models
from django.db.models import F, Q

from departments.models import Department, Jurisdiction, User
from progress.querysets import DirectiveQuerySet, FindingQuerySet, InspectionQuerySet
from tasks.models import Ledger, Task


class Directive(models.Model):
    """批示: what a leader wrote on a task, and what came of it.

    Rules against formalism forbid to count directives in any assessment: they are shown, never scored.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    task = models.ForeignKey(Task, models.PROTECT, related_name="directives", verbose_name="任务")
    leader_name = models.CharField("批示人", max_length=40)
    given_on = models.DateField("批示日期")
    text = models.TextField("批示内容")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    outcome = models.TextField("落实情况", blank=True)
    outcome_on = models.DateField("落实日期", null=True, blank=True)
    outcome_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="落实情况填写人"
    )
    struck_at = models.DateTimeField("撤销时间", null=True, blank=True)
    struck_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    struck_reason = models.CharField("撤销理由", max_length=500, blank=True)
    version = models.PositiveIntegerField("版本", default=0)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ("-given_on", "-id")
        verbose_name = "批示"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(leader_name=""), name="progress_directive_says_something"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__isnull=False, outcome_by__isnull=False),
                name="progress_directive_outcome_has_day",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | Q(struck_by__isnull=False) & ~Q(struck_reason=""),
                name="progress_directive_struck_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader_name}批示　{self.task}"


class Inspection(models.Model):
    """专项检查: a visit or a check of papers over some tasks of a ledger."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="inspections", verbose_name="台账")
    name = models.CharField("检查名称", max_length=100)
    inspected_on = models.DateField("检查日期")
    note = models.TextField("检查情况", blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    version = models.PositiveIntegerField("版本", default=0)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ("-inspected_on", "-id")
        verbose_name = "专项检查"
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "name"],
                name="progress_inspection_name_unique",
                violation_error_message="这次检查已经录入。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """检查发现的问题: what one department has to put right, by when; closed by the office.

    Which act leads where is in progress/oversight/workflow.py.
    """

    class State(models.TextChoices):
        OPEN = "open", "待整改"
        RECTIFIED = "rectified", "待核实"
        CLOSED = "closed", "已办结"
        CANCELLED = "cancelled", "已撤销"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="findings", verbose_name="专项检查"
    )
    task = models.ForeignKey(Task, models.PROTECT, related_name="findings", verbose_name="任务")
    department = models.ForeignKey(Department, models.PROTECT, related_name="findings", verbose_name="单位")
    department_name = models.CharField("单位名称", max_length=100)
    text = models.TextField("发现的问题")
    rectify_by = models.DateField("整改期限")
    # What was set first, once a return has moved it: that it took longer stays visible.
    original_rectify_by = models.DateField("原整改期限", null=True, blank=True)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField("版本", default=0)
    rectification = models.TextField("整改情况", blank=True)
    rectified_on = models.DateField("整改日期", null=True, blank=True)
    rectified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改情况填报人"
    )
    opinion = models.TextField("医改办意见", blank=True)  # of the latest return, closing or cancelling
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核实人"
    )
    closed_at = models.DateTimeField("核实时间", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("rectify_by", "id")
        verbose_name = "检查发现的问题"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="progress_finding_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "cancelled"))
                | Q(rectified_on__isnull=False, rectified_by__isnull=False) & ~Q(rectification=""),
                name="progress_finding_rectified_says_how",
                violation_error_message="请写明整改情况。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("closed", "cancelled"))
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="progress_finding_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("rectified_by")),
                name="progress_finding_not_closed_by_own_hand",
                violation_error_message="不能核实自己填报的整改情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}　{self.task}（{self.inspection}）"
