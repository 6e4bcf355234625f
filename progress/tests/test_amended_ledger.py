"""A newer version of the paper leaves what was reported and what is asked for in a running period alone."""

from datetime import date

import pytest

from departments.models import Department, User
from documents.models import Draft
from progress.models import ProgressReport
from progress.open_period import owing_parts
from progress.tests.factories import make_period, make_report
from tasks.models import Ledger
from tasks.tests.test_amend import draft, ledger, officer, put_over, seen

__all__ = ["draft", "ledger", "officer"]
pytestmark = pytest.mark.django_db


def test_it_keeps_reports_and_the_frozen_set(draft: Draft, ledger: Ledger, officer: User) -> None:
    task, finance = ledger.tasks.get(ref="一/（二）"), Department.objects.get(short_name="市财政局")
    period = make_period(ledger)
    report = make_report(period, task, finance, submitted_on=date(2020, 12, 8))

    put_over(draft, ledger, officer, seen(draft, ledger)[0])

    assert list(ProgressReport.objects.filter(period=period)) == [report]
    report.refresh_from_db()
    assert (report.task.title, report.department) == ("健全应急物资保障体系", finance)
    owing = {(part.task_id, str(part.department)) for part in owing_parts(ledger)}
    assert (task.pk, "市发改委") in owing
    assert (task.pk, "市财政局") not in owing
