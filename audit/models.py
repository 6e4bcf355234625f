"""Append-only trail: one row an act, written in the act's own transaction, never changed again."""

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from audit.querysets import AppendOnly, EntryQuerySet, ForeverQuerySet

__all__ = ["AppendOnly", "Archive", "Entry", "Seal"]


class Forever(models.Model):
    """A row that is written once; the database triggers refuse what `delete` refuses here."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a trail that can be changed proves nothing."""
        raise AppendOnly


class Entry(Forever):
    """One act: who, when, from where, on what, what before, what after.

    The trail knows no other room: it holds numbers and copies of names, so that an entry still reads
    the same after an account is renamed or a department merged.
    """

    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=100)
    act = models.CharField("行为", max_length=60)
    jurisdiction_id = models.BigIntegerField("行政区域编号", null=True)
    target_type = models.CharField("对象类型", max_length=60, blank=True)
    target_id = models.BigIntegerField("对象编号", null=True)
    target_label = models.CharField("对象", max_length=200, blank=True)
    before = models.JSONField("变更前", default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField("变更后", default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField("理由", blank=True)
    request_id = models.CharField("请求编号", max_length=36, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["jurisdiction_id", "at"], name="audit_entry_by_place"),
            models.Index(fields=["target_type", "target_id"], name="audit_entry_by_target"),
            models.Index(fields=["at", "id"], name="audit_entry_by_time"),
            models.Index(fields=["actor_id", "at"], name="audit_entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.act}"


class Seal(Forever):
    """封存: the digest of the entries after the previous seal's last one up to `last_id`, chained to it.

    A seal is named for the day whose end it was made for. It covers a range of ids and not of times, so
    that an entry which was written late, or under a clock that had been moved, belongs to exactly one seal.
    """

    day = models.DateField("日期")
    last_id = models.BigIntegerField("末条编号")
    count = models.PositiveIntegerField("条数")
    previous = models.CharField("前一日摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    sealed_at = models.DateTimeField("封存时间")

    objects = ForeverQuerySet["Seal"].as_manager()

    class Meta:
        ordering = ("day",)
        verbose_name = "审计封存"
        constraints = [
            models.UniqueConstraint(fields=["day"], name="audit_seal_day_unique"),
            models.UniqueConstraint(fields=["previous"], name="audit_seal_chain_without_fork"),
            models.CheckConstraint(condition=Q(last_id__gte=0), name="audit_seal_last_id_counts"),
        ]
        indexes = [models.Index(fields=["last_id"], name="audit_seal_by_last_id")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Archive(Forever):
    """归档: the file into which the entries up to `last_id` were written before they were purged."""

    from_day = models.DateField("自")
    through_day = models.DateField("至")
    last_id = models.BigIntegerField("末条编号")
    count = models.PositiveIntegerField("条数")
    file_name = models.CharField("文件", max_length=120)
    sha256 = models.CharField("文件摘要", max_length=64)
    archived_at = models.DateTimeField("归档时间")

    objects = ForeverQuerySet["Archive"].as_manager()

    class Meta:
        ordering = ("through_day",)
        verbose_name = "审计归档"
        constraints = [
            models.UniqueConstraint(fields=["through_day"], name="audit_archive_through_day_unique"),
            models.CheckConstraint(
                condition=Q(through_day__gte=models.F("from_day")), name="audit_archive_through_after_from"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day:%Y-%m-%d} 至 {self.through_day:%Y-%m-%d}"
