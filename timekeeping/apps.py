"""The calendar's application."""

from django.apps import AppConfig


class TimekeepingConfig(AppConfig):
    """日期: the clock, quarters, working days."""

    name = "timekeeping"
    verbose_name = "日期"
