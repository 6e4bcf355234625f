"""申请更正: what a department asks for when a confirmed report turns out to be wrong."""

from django.db import models
from django.db.models import Q

from departments.models import Jurisdiction, User
from progress.models.report import ProgressReport
from progress.querysets import CorrectionQuerySet


class Correction(models.Model):
    """申请更正: one sentence why a confirmed report should be opened again; at most one open for each report.

    The office opens the report again, which settles the request, or declines with a reason.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待办理"
        GRANTED = "granted", "已重新开放"
        DECLINED = "declined", "未同意"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="corrections", verbose_name="报告"
    )
    reason = models.CharField("需要更正的内容", max_length=200)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    decision = models.TextField("办理意见", blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        verbose_name = "更正申请"
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state="asked"),
                name="progress_correction_one_open",
                violation_error_message="这份报告已申请更正，正在等待医改办办理。",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="progress_correction_says_what"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True)
                | ~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="progress_correction_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision=""),
                name="progress_correction_declined_says_why",
                violation_error_message="不同意更正的，须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}"
