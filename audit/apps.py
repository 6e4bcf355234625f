"""The trail's application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计: who did what, when, from where."""

    name = "audit"
    verbose_name = "审计"
