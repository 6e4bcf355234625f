"""任务."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from departments.models import Jurisdiction
from documents.numbering import numbered
from tasks.models.ledger import Ledger, Section
from tasks.querysets import TaskQuerySet

if TYPE_CHECKING:
    from tasks.parts import ListedPart


class Task(models.Model):
    """任务: one thing to do, with the words of the paper and where they stand in it.

    `due_on` is the deadline in force, `original_due_on` the one of the paper: both stay visible.
    `confirmed_percent` and `confirmed_status` repeat what the office last accepted (progress tells them);
    questions about another day are answered from the reports.

    A relative deadline (省政策文件印发后1个月内) keeps its event and offset; it has a day once the event's own
    day is known (`event_on`).
    """

    class DueKind(models.TextChoices):
        FIXED = "fixed", "明确日期"
        RELATIVE = "relative", "相对期限"
        CONTINUING = "continuing", "持续推进"
        LEDGER_END = "ledger_end", "台账止期"
        NONE = "none", "未规定"

    class OffsetUnit(models.TextChoices):
        DAY = "day", "日"
        WORKDAY = "workday", "个工作日"
        WEEK = "week", "周"
        MONTH = "month", "个月"
        QUARTER = "quarter", "个季度"
        YEAR = "year", "年"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        COMPLETED = "completed", "完成"
        TERMINATED = "terminated", "终止"

    class Status(models.TextChoices):
        AHEAD = "ahead", "超前"
        NORMAL = "normal", "正常"
        LAGGING = "lagging", "滞后"
        DONE = "done", "已完成"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="tasks", verbose_name="台账")
    section = models.ForeignKey(Section, models.PROTECT, related_name="tasks", verbose_name="章节")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级任务"
    )
    ref = models.CharField("编号", max_length=60)
    number = models.CharField("序号", max_length=20)
    position = models.PositiveSmallIntegerField("位置")
    title = models.CharField("任务", max_length=300)
    body = models.TextField("任务内容", blank=True)
    clause = models.TextField("责任分工原文", blank=True)
    mode = models.CharField("分工方式", max_length=20, blank=True)
    source_start = models.PositiveIntegerField("原文起", null=True, blank=True)
    source_end = models.PositiveIntegerField("原文止", null=True, blank=True)

    due_kind = models.CharField("时限类别", max_length=12, choices=DueKind.choices, default=DueKind.NONE)
    due_text = models.CharField("时限原文", max_length=200, blank=True)
    original_due_on = models.DateField("原定时限", null=True, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    event = models.CharField("起算事件", max_length=200, blank=True)
    offset_count = models.PositiveSmallIntegerField("起算后", null=True, blank=True)
    offset_unit = models.CharField("起算单位", max_length=8, choices=OffsetUnit.choices, blank=True)
    event_on = models.DateField("起算日期", null=True, blank=True)

    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closing_reason = models.TextField("办结说明", blank=True)
    confirmed_percent = models.DecimalField("确认进度", max_digits=4, decimal_places=1, null=True, blank=True)
    confirmed_status = models.CharField("确认判断", max_length=8, choices=Status.choices, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("section__position", "position")
        verbose_name = "任务"
        constraints = [
            models.UniqueConstraint(fields=["ledger", "ref"], name="tasks_task_ref_unique"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="tasks_task_closed_with_date_and_reason",
                violation_error_message="办结须有日期和说明。",
            ),
            models.CheckConstraint(
                condition=~Q(due_kind="fixed") | Q(due_on__isnull=False),
                name="tasks_task_fixed_has_date",
                violation_error_message="明确日期的任务须填写完成时限。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_percent__isnull=True) | Q(confirmed_percent__range=(0, 100)),
                name="tasks_task_percent_in_range",
            ),
            models.CheckConstraint(
                condition=Q(offset_count__isnull=True, offset_unit="")
                | (Q(offset_count__isnull=False) & ~Q(offset_unit="")),
                name="tasks_task_offset_has_unit",
                violation_error_message="起算后的时间须同时填写数字和单位。",
            ),
            models.CheckConstraint(
                condition=Q(event_on__isnull=True) | Q(offset_count__isnull=False, due_on__isnull=False),
                name="tasks_task_event_day_dates_it",
                violation_error_message="填写起算日期须有起算后的时间和完成时限。",
            ),
            models.CheckConstraint(
                condition=Q(source_end__isnull=True) | Q(source_end__gte=F("source_start")),
                name="tasks_task_span_in_order",
            ),
        ]
        indexes = [models.Index(fields=["ledger", "state", "due_on"], name="tasks_task_open_by_deadline")]

    def __str__(self) -> str:
        return numbered(self.number, self.title)

    @cached_property
    def parts(self) -> list["ListedPart"]:
        """Who has a part in the task, in the order of the paper; `with_parts` reads those of many tasks."""
        return self.assignments.listed()[self.pk]

    @property
    def line_end(self) -> date:
        """Where the expected line reaches 100: the deadline, else the ledger's end."""
        return self.due_on or self.ledger.ends_on
