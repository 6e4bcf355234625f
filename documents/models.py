"""政策文件 and the draft that its reading gave."""

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from departments.models import Jurisdiction, User
from documents.querysets import DraftQuerySet, PolicyDocumentQuerySet


def stored_name(document: "PolicyDocument", filename: str) -> str:
    """Where the file lies: by its digest, so that no uploaded name reaches the disk."""
    return f"papers/{document.sha256[:2]}/{document.sha256}"


class PolicyDocument(models.Model):
    """政策文件: the paper as it came, unchanged, with what was read of its head."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="documents", verbose_name="行政区域"
    )
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("发文机关", max_length=100, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    file = models.FileField("文件", upload_to=stored_name, storage=default_storage, max_length=200)
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField("摘要", max_length=64)
    text = models.TextField("正文")
    based_on = models.JSONField("依据文件", default=list)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更新的文件"
    )
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-id")
        verbose_name = "政策文件"
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "sha256"], name="documents_document_file_unique"),
        ]

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """读入稿: the parse as corrected so far; nothing of it is in a ledger before a person adopts it.

    `content` is what `documents.parsing` gives (`as_dict()`: document, sections, tasks); `problems` its
    list of things to check; `previous` is both as they were before the last change. `version` counts the changes and guards against two people correcting at once.
    """

    class State(models.TextChoices):
        OPEN = "open", "待核对"
        ADOPTED = "adopted", "已入账"
        DROPPED = "dropped", "已放弃"

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="drafts", verbose_name="文件")
    version = models.PositiveIntegerField("版本", default=1)
    content = models.JSONField("内容", default=dict)
    problems = models.JSONField("需核对", default=list)
    previous = models.JSONField("上一步", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "读入稿"
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="open"),
                name="documents_draft_one_open",
                violation_error_message="这份文件已有一份正在核对的读入稿。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}（{self.get_state_display()}）"
