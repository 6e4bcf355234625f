"""The application of the room `tasks`."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """台账: see docs/architecture.md for what this room holds."""

    name = "tasks"
    verbose_name = "台账"
