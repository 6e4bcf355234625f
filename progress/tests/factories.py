"""Plain makers of periods and reports; every argument may be overridden."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from departments.models import Department
from progress.models import ProgressReport, ReportingPeriod
from tasks.models import Ledger, Task
from tasks.tests.factories import make_ledger

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a day in the office's time zone."""
    return datetime.combine(day, time(hour), SHANGHAI)


def make_period(ledger: Ledger | None = None, **fields: Any) -> ReportingPeriod:
    """Make an open fourth quarter of 2020: 1 to 15 December, closing on the 22nd."""
    ledger = ledger or make_ledger()
    fields = {
        "kind": "quarter",
        "year": 2020,
        "number": 4,
        "name": "2020年第四季度",
        "opens_on": date(2020, 12, 1),
        "due_on": date(2020, 12, 15),
        "closes_on": date(2020, 12, 22),
        "state": "open",
        **fields,
    }
    return ReportingPeriod.objects.create(ledger=ledger, jurisdiction=ledger.jurisdiction, **fields)


def make_report(period: ReportingPeriod, task: Task, department: Department, **fields: Any) -> ProgressReport:
    """Make an expected report; `submitted_on` fills the submission fields, a state may be named."""
    submitted_on: date | None = fields.pop("submitted_on", None)
    if submitted_on:
        moment = at(submitted_on)
        fields = {
            "submitted_at": moment,
            "first_submitted_at": moment,
            "on_time": submitted_on <= period.due_on,
            "text": "监测预警系统建成并投入使用。",
            "said_percent": 80,
            "said_status": "normal",
            "state": "signed",
            **fields,
        }
    fields = {"department_name": department.name, "due_on": period.due_on, **fields}
    return ProgressReport.objects.create(
        period=period, task=task, department=department, jurisdiction=period.jurisdiction, **fields
    )
