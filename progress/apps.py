"""The application of the room `progress`."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """报送: see docs/architecture.md for what this room holds."""

    name = "progress"
    verbose_name = "报送"
