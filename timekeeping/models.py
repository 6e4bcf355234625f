"""The editable holiday table (节假日与调休)."""

from django.db import models


class Holiday(models.Model):
    """A day that differs from the plain week: a holiday on a weekday, or a weekend day worked (调休)."""

    day = models.DateField("日期")
    is_workday = models.BooleanField("是否上班")
    name = models.CharField("名称", max_length=40)
    source = models.CharField("来源", max_length=100, blank=True)

    class Meta:
        ordering = ("day",)
        verbose_name = "节假日"
        constraints = [models.UniqueConstraint(fields=["day"], name="timekeeping_holiday_day_unique")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
