"""What the demonstration shows of 配合情况: one note that was given, one that waits, one of each for the same report.

Made by the same acts that the screens use; the words begin with 【示例】 like all of it.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from departments.models import Department, User
from progress.contributing.ask import ask
from progress.contributing.give import give
from progress.models import ProgressReport, ReportingPeriod

MARK = "【示例】"
SHANGHAI = ZoneInfo("Asia/Shanghai")
_DUE = date(2020, 12, 11)
# The lead, its task, what it wants; the departments asked, each with what it gave.
_ASKED: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "市卫健委",
        "八",
        "第四季度资金安排和拨付情况",
        {"市财政局": f"{MARK}第四季度已拨付专项资金320万元，年内累计拨付1180万元。"},
    ),
    (
        "市人社局",
        "十二",
        "本单位负责部分的进展和数据",
        {"市财政局": f"{MARK}已将所需经费列入2021年部门预算，共260万元。", "市卫健委": ""},
    ),
)


def make_contributions(period: ReportingPeriod, reporters: Mapping[int, User]) -> None:
    """Let two leads ask and their partners answer, where a paper names them."""
    for lead, number, request, answers in _ASKED:
        report = _report(period, lead, number)
        if report is not None and report.department_id in reporters:
            _ask(report, request, answers, reporters)


def _report(period: ReportingPeriod, lead: str, number: str) -> ProgressReport | None:
    rows = period.reports.filter(department__short_name=lead, task__number__in=(number, f"（{number}）"))
    return rows.select_related("period", "department", "task").first()


def _ask(
    report: ProgressReport, request: str, answers: Mapping[str, str], reporters: Mapping[int, User]
) -> None:
    departments = Department.objects.filter(
        jurisdiction=report.jurisdiction_id, short_name__in=answers, pk__in=reporters
    )
    asked = ask(
        report,
        departments=list(departments),
        due_on=_DUE,
        request=f"{MARK}{request}",
        by=reporters[report.department_id],
        at=datetime.combine(date(2020, 12, 9), time(17, 5), SHANGHAI),
    )
    for row in asked:
        if text := answers[row.department.short_name]:
            at = datetime.combine(date(2020, 12, 10), time(9, 30), SHANGHAI)
            give(row, text=text, version=row.version, by=reporters[row.department_id], at=at)
