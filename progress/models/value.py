"""指标值: what the office confirmed of an indicator."""

from django.db import models

from departments.models import Department, Jurisdiction
from progress.models.period import ReportingPeriod
from progress.models.report import ProgressReport
from progress.querysets import IndicatorValueQuerySet
from tasks.models import Indicator


class IndicatorValue(models.Model):
    """指标值: one number of one department for one period, as the office confirmed it with the report.

    What the department wrote stays in its report (`ProgressReport.said_values`).
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="指标")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="单位")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="values", verbose_name="报送期")
    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="values", verbose_name="进展报告")
    value = models.DecimalField("数值", max_digits=14, decimal_places=4)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        ordering = ("period__due_on", "department__position", "id")
        verbose_name = "指标值"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "department", "period"], name="progress_value_one_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}　{self.period}：{self.value.normalize():f}{self.indicator.unit}"
