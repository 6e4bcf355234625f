"""配合情况: what a lead asks of those who take part in its task."""

from django.db import models
from django.db.models import Q

from departments.models import Department, Jurisdiction, User
from progress.models.report import ProgressReport
from progress.querysets import ContributionQuerySet


class Contribution(models.Model):
    """配合情况: a short note that the lead of a task asks for and may take over into its own report.

    It is no report: it counts in no rate, and nobody is late with it in any figure.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待提供"
        GIVEN = "given", "已提供"
        CANCELLED = "cancelled", "已取消"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="contributions", verbose_name="牵头单位的报告"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="contributions", verbose_name="单位"
    )
    department_name = models.CharField("单位名称", max_length=100)
    request = models.CharField("需要提供的内容", max_length=200, blank=True)
    due_on = models.DateField("请于何日前提供")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.ASKED)
    version = models.PositiveIntegerField("版本", default=0)
    text = models.TextField("配合情况", blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提供人"
    )
    given_at = models.DateTimeField("提供时间", null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("department__position", "id")
        verbose_name = "配合情况"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "department"],
                condition=~Q(state="cancelled"),
                name="progress_contribution_one_a_department",
                violation_error_message="已经请这个单位提供。",
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_by__isnull=False, given_at__isnull=False) & ~Q(text=""),
                name="progress_contribution_given_says_what",
                violation_error_message="请填写配合情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}　{self.report.task}（{self.report.period}）"
