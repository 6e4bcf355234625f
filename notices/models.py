"""通知 (the outbox) and 催办."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from departments.models import Department, Jurisdiction, User
from notices.querysets import NoticeQuerySet
from progress.models import ReportingPeriod


class Notice(models.Model):
    """通知: a message that must reach a person, once.

    The row is the outbox: written under a unique key in the act's own transaction (or by the daily rules),
    shown in the application at once, and sent by e-mail afterwards. `occurrence` is the day it belongs to,
    `occasion` tells apart two events of one subject on one day (a report returned twice).
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "报送开始"
        REMINDER = "reminder", "报送提醒"
        OVERDUE = "overdue", "逾期提醒"
        ESCALATION = "escalation", "提请关注"
        RETURNED = "returned", "退回修改"
        SIGN_OFF = "sign_off", "待审签"
        URGE = "urge", "催办"
        # What waits beside the reports of a period (notices/waiting/)
        REQUEST = "request", "待办申请"
        ANSWER = "answer", "申请结果"
        CONTRIBUTION = "contribution", "配合情况"
        FINDING = "finding", "检查整改"
        CORRECTION = "correction", "申请更正"

    class State(models.TextChoices):
        QUEUED = "queued", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        FAILED = "failed", "发送失败"
        VOID = "void", "已作废"
        DOUBTFUL = "doubtful", "不确定"

    class Channel(models.TextChoices):
        INSIDE = "inside", "系统内"
        EMAIL = "email", "电子邮件"

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name="接收人")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    subject_type = models.CharField("事项类型", max_length=60)
    subject_id = models.BigIntegerField("事项编号")
    occurrence = models.DateField("所属日期")
    occasion = models.CharField("场次", max_length=32, blank=True, default="")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    period = models.ForeignKey(
        ReportingPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name="报送期",
    )
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    link = models.CharField("链接", max_length=200, blank=True)
    covers = models.JSONField("所列事项", default=list, blank=True)  # of a digest of what waits
    urgent = models.BooleanField("紧急", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    channel = models.CharField("送达方式", max_length=8, choices=Channel.choices, blank=True)
    created_at = models.DateTimeField("生成时间", default=timezone.now)
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", null=True, blank=True)
    error = models.TextField("未送达的原因", blank=True)  # of a failure, or why it was made void
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = "通知"
        constraints = [
            # A voided notice gives its place free: a moved deadline may fall on the same slot again.
            models.UniqueConstraint(
                fields=["recipient", "kind", "subject_type", "subject_id", "occurrence", "occasion"],
                condition=~Q(state="void"),
                name="notices_notice_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="notices_notice_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False),
                name="notices_notice_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="notices_notice_waiting"),
            models.Index(fields=["recipient", "read_at"], name="notices_notice_of_person"),
        ]

    def __str__(self) -> str:
        return self.title


class Urge(models.Model):
    """催办: a coordinator's one-click reminder to a department, logged."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="urges", verbose_name="报送期")
    department = models.ForeignKey(Department, models.PROTECT, related_name="urges", verbose_name="单位")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="催办人")
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    text = models.TextField("内容")

    class Meta:
        ordering = ("-at",)
        verbose_name = "催办"
        constraints = [
            # The cooldown: one urge a department, period and day (practice: an interval between two urges).
            models.UniqueConstraint(
                fields=["period", "department", "on"],
                name="notices_urge_cooldown",
                violation_error_message="今天已经催办过这个单位。",
            ),
        ]

    def __str__(self) -> str:
        return f"催办{self.department}"
