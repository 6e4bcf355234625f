"""The application of bodies and people."""

from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    """单位与人员: jurisdictions, departments, people, sign-in, scope."""

    name = "departments"
    verbose_name = "单位与人员"
