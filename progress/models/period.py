"""报送期."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from departments.models import Jurisdiction
from progress.querysets import PeriodQuerySet
from tasks.models import Ledger


class ReportingPeriod(models.Model):
    """报送期: a quarter (or other span) for which departments report.

    Three dates, all inclusive: from `opens_on` reports may be written, until `due_on` they are on time,
    until `closes_on` they are late but taken; afterwards the period is locked.
    """

    class Kind(models.TextChoices):
        QUARTER = "quarter", "季度"
        HALF = "half", "半年"
        MONTH = "month", "月"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        PLANNED = "planned", "未开始"
        OPEN = "open", "报送中"
        CLOSED = "closed", "已关闭"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="periods", verbose_name="台账")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.QUARTER)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("名称", max_length=40)
    opens_on = models.DateField("开始填报")
    due_on = models.DateField("截止日期")
    closes_on = models.DateField("关闭日期")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PLANNED)
    opened_at = models.DateTimeField("开启时间", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ("year", "number", "id")
        verbose_name = "报送期"
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "kind", "year", "number"],
                name="progress_period_unique",
                violation_error_message="这个报送期已经设置。",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on"), closes_on__gte=F("due_on")),
                name="progress_period_dates_in_order",
                violation_error_message="日期顺序应为：开始填报、截止日期、关闭日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def locked(self, on: date) -> bool:
        """Whether nothing can be filed any more on that day."""
        return on > self.closes_on
