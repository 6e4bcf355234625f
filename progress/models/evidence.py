"""佐证材料: files that a department adds to a report or to a request for closing."""

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from departments.models import Jurisdiction, User
from progress.evidence.kinds import SHOWN
from progress.models.report import ProgressReport
from progress.models.request import Closure
from progress.querysets import EvidenceQuerySet


def stored_name(evidence: "Evidence", filename: str) -> str:
    """Where the file lies: by its digest, so that no uploaded name reaches the disk."""
    return f"evidence/{evidence.sha256[:2]}/{evidence.sha256}"


class Evidence(models.Model):
    """佐证材料: one file beside one report or one closure; optional everywhere.

    Taken out is marked, not deleted: what was once handed in stays on record.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    report = models.ForeignKey(
        ProgressReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name="进展报告",
    )
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="files", verbose_name="销号申请"
    )
    file = models.FileField("文件", upload_to=stored_name, storage=default_storage, max_length=200)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField("摘要", max_length=64)
    media_type = models.CharField("类型", max_length=100)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"
    )
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "id")
        verbose_name = "佐证材料"
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, closure__isnull=True)
                | Q(report__isnull=True, closure__isnull=False),
                name="progress_evidence_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["report", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="progress_evidence_once_a_report",
                violation_error_message="这个文件已经添加。",
            ),
            models.UniqueConstraint(
                fields=["closure", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="progress_evidence_once_a_closure",
                violation_error_message="这个文件已经添加。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it in place."""
        return self.media_type.startswith("image/")

    @property
    def can_be_shown(self) -> bool:
        """Whether a browser shows it by itself; the others are downloaded."""
        return self.media_type in SHOWN
