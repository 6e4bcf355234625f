"""The application of the room `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知: see docs/architecture.md for what this room holds."""

    name = "notices"
    verbose_name = "通知"
