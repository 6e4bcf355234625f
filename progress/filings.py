"""Who has filed: the office's view of a period, department by department."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from departments.models import Department, User
from progress.extend_filing import extendable
from progress.forms import ReasonForm
from progress.models import ProgressReport, ReportingPeriod
from progress.permissions import may
from progress.rates import FilingRate, filing_rates_by
from progress.workflow import Act

State = ProgressReport.State


@dataclass(frozen=True)
class Row:
    """A department with its counts in the frozen set, and how many reports it was exempted from."""

    department: Department
    rate: FilingRate
    exempt: int


@dataclass(frozen=True)
class Line:
    """One report of the chosen department, with what the person may do to it."""

    report: ProgressReport
    exempt: ReasonForm | None
    reopen: ReasonForm | None


def rows_of(user: User, period: ReportingPeriod) -> list[Row]:
    """Departments that owe in a period or were exempted, in the order of the bodies (three queries)."""
    reports = ProgressReport.objects.visible_to(user).filter(period=period)
    rates = filing_rates_by(reports, "department_id")
    exempt = Counter(reports.filter(state=State.EXEMPT).values_list("department_id", flat=True))
    found = Department.objects.filter(pk__in={*rates, *exempt})
    return [Row(one, rates.get(one.pk, FilingRate()), exempt[one.pk]) for one in found]


def lines_of(user: User, period: ReportingPeriod, department: int, on: date) -> list[Line]:
    """The reports of one department in a period."""
    reports = ProgressReport.objects.visible_to(user).filter(period=period, department=department)
    return [
        Line(report, _form(user, report, Act.EXEMPT, on), _form(user, report, Act.REOPEN, on))
        for report in reports.select_related("period", "department", "task__section")
    ]


def to_extend(lines: list[Line], on: date) -> list[ProgressReport]:
    """The reports for which a later day can still be agreed to."""
    return [line.report for line in lines if extendable(line.report, on)]


def _form(user: User, report: ProgressReport, act: Act, on: date) -> ReasonForm | None:
    if not may(user, report, act, on):
        return None
    return ReasonForm(initial={"version": report.version}, auto_id=f"{act}{report.pk}_%s")
