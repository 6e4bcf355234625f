"""How often something was asked within a minute."""

from django.db import models


class RateWindow(models.Model):
    """The calls of one kind by one person, or from one address, within one minute."""

    key = models.CharField("谁和什么", max_length=120)
    began = models.DateTimeField("起点")
    count = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = "频次"
        constraints = [models.UniqueConstraint(fields=["key", "began"], name="one_window_per_key_and_minute")]

    def __str__(self) -> str:
        return f"{self.key}：{self.count}次"
