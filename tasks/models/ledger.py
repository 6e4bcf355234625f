"""台账 and 章节."""

from django.db import models
from django.db.models import F, Q

from departments.models import Jurisdiction
from documents.models import PolicyDocument
from tasks.querysets import LedgerQuerySet
from timekeeping import clock


class Ledger(models.Model):
    """台账: the tasks of one plan (or one year) of one jurisdiction.

    The light thresholds are the ledger's own (docs/rules.md, 灯): no national standard exists, and
    published definitions conflict.
    """

    class Reporters(models.TextChoices):
        LEADS = "leads", "牵头单位"
        RESPONSIBLE = "responsible", "牵头和负责单位"
        ALL = "all", "全部责任单位"

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="ledgers", verbose_name="行政区域"
    )
    document = models.ForeignKey(
        PolicyDocument, models.PROTECT, null=True, blank=True, related_name="ledgers", verbose_name="依据文件"
    )
    name = models.CharField("名称", max_length=120)
    year = models.PositiveSmallIntegerField("年度")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    reporters = models.CharField(
        "报送单位", max_length=12, choices=Reporters.choices, default=Reporters.LEADS
    )
    due_soon_days = models.PositiveSmallIntegerField("临期天数", default=15)
    yellow_points = models.PositiveSmallIntegerField("黄灯：低于序时进度百分点", default=10)
    red_points = models.PositiveSmallIntegerField("红灯：低于序时进度百分点", default=30)
    created_at = models.DateTimeField("建立时间", default=clock.now)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("-ends_on", "-id")
        verbose_name = "台账"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="tasks_ledger_ends_after_start",
                violation_error_message="台账结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(red_points__gte=F("yellow_points")),
                name="tasks_ledger_red_beyond_yellow",
                violation_error_message="红灯的百分点不能小于黄灯的百分点。",
            ),
            models.UniqueConstraint(
                fields=["document"],
                name="tasks_ledger_one_per_document",
                violation_error_message="这份文件已经入账。",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="tasks_ledger_name_unique",
                violation_error_message="本行政区域已有同名台账。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """章节: 一、 of the paper."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="sections", verbose_name="台账")
    number = models.CharField("序号", max_length=20)
    title = models.CharField("标题", max_length=200)
    position = models.PositiveSmallIntegerField("位置")

    class Meta:
        ordering = ("position",)
        verbose_name = "章节"
        constraints = [
            models.UniqueConstraint(fields=["ledger", "position"], name="tasks_section_position_unique"),
        ]

    def __str__(self) -> str:
        if not self.number:
            return self.title
        return f"{self.number}、{self.title}" if self.number != "附件" else f"附件　{self.title}"
