"""The application of the room `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """文件: see docs/architecture.md for what this room holds."""

    name = "documents"
    verbose_name = "文件"
