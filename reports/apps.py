"""The application of the room `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """报表: see docs/architecture.md for what this room holds."""

    name = "reports"
    verbose_name = "报表"
