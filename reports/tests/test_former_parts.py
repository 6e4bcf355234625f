"""A part that a newer paper took away stays on the task's page."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_department, make_officer
from tasks.tests.factories import assign, make_task

pytestmark = pytest.mark.django_db


def test_the_task_page_names_parts_that_have_ended(sign_in: Callable[[User], Client]) -> None:
    task = make_task(leads=(make_department("市卫健委"),))
    assign(task, make_department("市体育局"), "participant", ended_on=date(2020, 11, 2))
    page = sign_in(make_officer()).get(reverse("reports:task", args=[task.pk])).content.decode()
    assert "市体育局（参与，至2020年11月2日）" in page
    assert [str(part.department) for part in task.assignments.all()] == ["市卫健委"]
