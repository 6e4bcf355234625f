"""A 填报表 as somebody fills it in offline, for tests."""

from __future__ import annotations

from datetime import date

from departments.models import Department
from documents.tests.keyed_book import KeyedBook, Typed
from progress.models import ProgressReport, ReportingPeriod
from progress.period_sheet.columns import FORM
from progress.period_sheet.desk import Desk
from progress.period_sheet.write import write_period_sheet
from progress.tests.cast import DAY, Cast
from progress.tests.factories import make_report
from tasks.tests.factories import make_task

FILLED: dict[str, Typed] = {"进展情况": "平台已经上线。", "完成进度": 70, "本单位判断": "正常"}


def desk_of(cast: Cast, on: date = DAY) -> Desk:
    """What the department of the cast owes, as it stands now."""
    period = ReportingPeriod.objects.get(pk=cast.period.pk)
    return Desk.of(period, Department.objects.get(pk=cast.department.pk), on)


def more_reports(cast: Cast, count: int) -> list[ProgressReport]:
    """Further tasks of the department with expected reports."""
    made = []
    for number in range(2, count + 2):
        task = make_task(cast.ledger, leads=(cast.department,), title=f"完善第{number}项机制")
        made.append(make_report(cast.period, task, cast.department))
    return made


class PeriodBook(KeyedBook):
    """The exported workbook of the cast's department."""

    def __init__(self, cast: Cast, on: date = DAY) -> None:
        super().__init__(write_period_sheet(desk_of(cast, on)), FORM)
