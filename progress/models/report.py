"""进展报告 and its revisions."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from departments.models import Department, Jurisdiction, User
from progress.lateness import days_late
from progress.models.period import ReportingPeriod
from progress.querysets import UNSENT, ReportQuerySet
from tasks.models import Task


class ProgressReport(models.Model):
    """进展报告: what one department says of one task in one period; exactly one row, revised in place.

    The row is made when the period opens (the expected set) with the department's name of that day.
    What the department says (`said_*`) and what the office confirmed (`confirmed_*`) stay apart.
    `version` counts every write: a write names the version it read, so that nobody overwrites another.
    `due_on` decides whether the first submission is on time and is never moved by a return; only the office
    moves it for one department, and `due_reason` says why. `revise_by` is the day until which a returned or
    reopened report may be written, even after the period has closed.
    `said_values` holds the values of indicators by their number, as decimal strings; `said_steps` by the numbers
    of milestones the days on which the department says they were done.
    """

    class State(models.TextChoices):
        EXPECTED = "expected", "未填报"
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审签"
        SIGNED = "signed", "待审核"
        RETURNED = "returned", "退回修改"
        ACCEPTED = "accepted", "已确认"
        EXEMPT = "exempt", "免报"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports", verbose_name="报送期")
    task = models.ForeignKey(Task, models.PROTECT, related_name="reports", verbose_name="任务")
    department = models.ForeignKey(Department, models.PROTECT, related_name="reports", verbose_name="单位")
    department_name = models.CharField("单位名称", max_length=100)
    group_name = models.CharField("所属集合", max_length=60, blank=True)
    due_on = models.DateField("截止日期")
    due_reason = models.TextField("延长理由", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.EXPECTED)
    version = models.PositiveIntegerField("版本", default=0)

    text = models.TextField("进展情况", blank=True)
    problems = models.TextField("存在问题", blank=True)
    next_steps = models.TextField("下一步措施", blank=True)
    no_change = models.BooleanField("本季无变化", default=False)
    no_change_reason = models.CharField("无变化的原因", max_length=200, blank=True)
    said_percent = models.PositiveSmallIntegerField("自报进度", null=True, blank=True)
    said_status = models.CharField("自报判断", max_length=8, choices=Task.Status.choices, blank=True)
    cause = models.CharField("滞后原因", max_length=40, blank=True)
    remedy = models.CharField("整改措施", max_length=40, blank=True)
    said_values = models.JSONField("自报指标值", default=dict, blank=True)
    said_steps = models.JSONField("自报完成节点", default=dict, blank=True)
    is_practice = models.BooleanField("典型做法", default=False)

    confirmed_percent = models.PositiveSmallIntegerField("确认进度", null=True, blank=True)
    confirmed_status = models.CharField("确认判断", max_length=8, choices=Task.Status.choices, blank=True)

    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )
    first_submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    on_time = models.BooleanField("按时", null=True, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审签人"
    )
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    review_note = models.TextField("审核意见", blank=True)
    return_reason = models.TextField("退回意见", blank=True)
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回人"
    )
    revise_by = models.DateField("修改期限", null=True, blank=True)
    exempt_reason = models.TextField("免报理由", blank=True)
    is_sample = models.BooleanField("示例", default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("task__section__position", "task__position", "department__position", "id")
        verbose_name = "进展报告"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "task", "department"], name="progress_report_one_per_period"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="progress_report_accepted_has_reviewer",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="progress_report_returned_has_reason",
                violation_error_message="退回须写明意见。",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(reviewed_by=F("written_by")),
                name="progress_report_reviewer_not_author",
                violation_error_message="不能审核自己填报的报告。",
            ),
            models.CheckConstraint(
                condition=~Q(state="exempt") | ~Q(exempt_reason=""),
                name="progress_report_exempt_has_reason",
                violation_error_message="免报须写明理由。",
            ),
            models.CheckConstraint(
                condition=(Q(said_percent__isnull=True) | Q(said_percent__lte=100))
                & (Q(confirmed_percent__isnull=True) | Q(confirmed_percent__lte=100)),
                name="progress_report_percent_in_range",
                violation_error_message="进度应在0到100之间。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["expected", "draft", "returned", "exempt"])
                | Q(submitted_at__isnull=False, first_submitted_at__isnull=False, on_time__isnull=False),
                name="progress_report_submitted_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "state"], name="progress_report_by_state"),
            models.Index(fields=["department", "period"], name="progress_report_by_department"),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}　{self.task}（{self.period}）"

    @property
    def last_day(self) -> date:
        """The last day on which it may still be written: the period's, or a later one of its own."""
        return max(self.period.closes_on, self.due_on, self.revise_by or self.due_on)

    @property
    def is_unsent(self) -> bool:
        """Whether it was never handed in and is still the department's to write (see `unsent`)."""
        return self.state in UNSENT and self.first_submitted_at is None

    @property
    def extended_from(self) -> date | None:
        """The period's own deadline where the office has given this report a later one (原截止日)."""
        return self.period.due_on if self.due_on > self.period.due_on else None

    @property
    def problems_with_cause(self) -> str:
        """存在问题 as papers print it: of a lagging task with the cause."""
        return self.problems + (f"（原因：{self.cause}）" if self.cause else "")

    @property
    def next_steps_with_remedy(self) -> str:
        """下一步措施 as papers print it: of a lagging task with the remedy."""
        return self.next_steps + (f"（措施：{self.remedy}）" if self.remedy else "")

    @property
    def late_days(self) -> int:
        """Days between the deadline and the first submission; 0 when on time or not submitted."""
        return days_late(self.due_on, self.first_submitted_at, self.on_time)


class Revision(models.Model):
    """What a report said at each act; append-only, so that every submission stays readable."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="revisions", verbose_name="报告")
    version = models.PositiveIntegerField("版本")
    act = models.CharField("行为", max_length=20)
    content = models.JSONField("内容")
    note = models.TextField("意见", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ("version", "id")
        verbose_name = "报告历次内容"
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="progress_revision_version_unique"),
        ]
        indexes = [models.Index(fields=["at"], name="progress_revision_by_time")]  # what came after a day

    def __str__(self) -> str:
        return f"{self.report} 第{self.version}版"
