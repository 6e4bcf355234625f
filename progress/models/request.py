"""延期 and 销号: what a lead asks the office to decide about a task."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from departments.models import Department, Jurisdiction, User
from progress.querysets import OPEN_REQUEST, RequestQuerySet
from tasks.models import Task


class RequestState(models.TextChoices):
    """Where a request stands; which act leads where is in progress/requests/workflow.py."""

    SUBMITTED = "submitted", "待审签"
    SIGNED = "signed", "待审核"
    WITHDRAWN = "withdrawn", "已撤回"
    RETURNED = "returned", "已退回"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "不同意"
    COMPLETED = "completed", "核实完成"
    TERMINATED = "terminated", "核实终止"


class Request(models.Model):
    """What the two kinds have in common: who asks for what task, who signed off, who decided and why.

    A request that came back is finished; asking again makes a new one. `version` counts every act, so that
    nobody decides on what another has just decided.
    """

    State = RequestState
    KIND: ClassVar[str]
    CONTENT: ClassVar[tuple[str, ...]]  # what the trail keeps of a new request

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    task = models.ForeignKey(Task, models.PROTECT, related_name="%(class)ss", verbose_name="任务")
    department = models.ForeignKey(Department, models.PROTECT, related_name="%(class)ss", verbose_name="单位")
    department_name = models.CharField("单位名称", max_length=100)
    state = models.CharField("状态", max_length=10, choices=RequestState.choices)
    version = models.PositiveIntegerField("版本", default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审签人"
    )
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    decision = models.TextField("办理意见", blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("asked_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state__in=OPEN_REQUEST),
                name="progress_%(class)s_one_open",
                violation_error_message="这项任务已有一件同样的申请正在办理。",
            ),
            models.CheckConstraint(
                condition=(Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")))
                & (Q(signed_by__isnull=True) | ~Q(signed_by=F("asked_by"))),
                name="progress_%(class)s_not_by_asker",
                violation_error_message="不能办理自己提出的申请。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN_REQUEST, "withdrawn"], decided_by__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="progress_%(class)s_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "refused", "terminated"]) | ~Q(decision=""),
                name="progress_%(class)s_has_reason",
                violation_error_message="请写明意见。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}（{self.department_name}）"


class Extension(Request):
    """延期: a later deadline for a task, asked for before the one in force has passed."""

    KIND = "延期"
    CONTENT = ("from_due_on", "to_due_on", "percent", "reason")

    from_due_on = models.DateField("现时限")
    to_due_on = models.DateField("申请延期到")
    percent = models.PositiveSmallIntegerField("目前完成进度")
    reason = models.TextField("延期理由")

    class Meta(Request.Meta):
        verbose_name = "延期申请"
        constraints = [
            *Request.Meta.constraints,
            models.CheckConstraint(
                condition=Q(to_due_on__gt=F("from_due_on")),
                name="progress_extension_later",
                violation_error_message="新的时限须晚于现时限。",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_extension_percent_in_range"),
            models.CheckConstraint(condition=~Q(reason=""), name="progress_extension_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN_REQUEST, "withdrawn", "returned", "granted", "refused"]),
                name="progress_extension_state",
            ),
        ]


class Closure(Request):
    """销号: asking the office to verify the result and to close the task."""

    KIND = "销号"
    CONTENT = ("result", "evidence")

    result = models.TextField("完成情况")
    evidence = models.TextField("佐证说明", blank=True)

    class Meta(Request.Meta):
        verbose_name = "销号申请"
        constraints = [
            *Request.Meta.constraints,
            models.CheckConstraint(condition=~Q(result=""), name="progress_closure_has_result"),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN_REQUEST, "withdrawn", "returned", "completed", "terminated"]),
                name="progress_closure_state",
            ),
        ]
