"""Append-only trail: one row an act, written in the act's own transaction, never changed again."""

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AppendOnly(Exception):
    """Raised when code tries to change or remove a row of the trail."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Rows of the trail; the database triggers refuse what these methods refuse."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a trail that can be changed proves nothing."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse: see `update`."""
        raise AppendOnly


class Entry(models.Model):
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
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.act}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: see `EntryQuerySet.update`."""
        raise AppendOnly
