"""通报."""

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from departments.models import Jurisdiction, User
from progress.models import ReportingPeriod
from reports.querysets import BulletinQuerySet
from tasks.models import Ledger


def stored_name(bulletin: "Bulletin", filename: str) -> str:
    """Where an issued circular lies: by its digest."""
    return f"bulletins/{bulletin.sha256[:2]}/{bulletin.sha256}"


class Bulletin(models.Model):
    """通报: the quarterly circular of a period; a draft is edited, an issued one stands.

    `content` holds the texts by block, `figures` the numbers as they stood when the draft was made or
    refreshed: an issued circular never changes with the data behind it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已印发"
        WITHDRAWN = "withdrawn", "已撤回"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="bulletins", verbose_name="台账")
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="bulletins", verbose_name="报送期"
    )
    version = models.PositiveIntegerField("版本", default=1)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("发文字号", max_length=60, blank=True)
    addressees = models.CharField("主送", max_length=300)
    copies_to = models.CharField("抄送", max_length=300, blank=True)
    as_of = models.DateField("数据截至")
    dated = models.DateField("成文日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("内容", default=dict)
    figures = models.JSONField("数据", default=dict)
    file = models.FileField(
        "文件", upload_to=stored_name, storage=default_storage, max_length=200, blank=True
    )
    sha256 = models.CharField("摘要", max_length=64, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="印发人"
    )

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ("-dated", "-id")
        verbose_name = "通报"
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(state="issued"),
                name="reports_bulletin_one_issued",
                violation_error_message="这个报送期的通报已经印发。",
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(state="draft"),
                name="reports_bulletin_one_draft",
                violation_error_message="这个报送期已有一份通报草稿。",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | (Q(issued_at__isnull=False) & ~Q(sha256="")),
                name="reports_bulletin_issued_has_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title
