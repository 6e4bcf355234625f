"""The cast of the quarter: a department with reporter and head, the office, a leader, a neighbour, a report."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Department, Post, User
from departments.tests.factories import make_department, make_head, make_officer, make_reporter
from progress.content import ReportContent
from progress.models import ProgressReport, ReportingPeriod
from progress.tests.factories import at, make_period, make_report
from tasks.models import Ledger, Task
from tasks.tests.factories import make_ledger, make_task

DAY = date(2020, 12, 10)
MORNING = at(DAY)
CONTENT = ReportContent(
    text="监测预警系统建成并投入使用，覆盖全市二级以上医院。", said_percent=85, said_status="normal"
)


@dataclass
class Cast:
    """Who and what a test is about."""

    ledger: Ledger
    department: Department
    neighbour: Department
    task: Task
    period: ReportingPeriod
    report: ProgressReport
    reporter: User
    head: User
    coordinator: User
    leader: User
    stranger: User

    def in_state(self, state: str, **fields: Any) -> ProgressReport:
        """Put the report into a state with all that the state needs."""
        fields = {"state": state, **_NEEDS.get(state, {}), **fields}
        if state in ("submitted", "signed", "accepted", "returned"):
            fields = {**_SUBMITTED, "written_by": self.reporter, **fields}
        if state == "accepted":
            fields = {"reviewed_by": self.coordinator, "reviewed_at": MORNING, **fields}
        for name, value in fields.items():
            setattr(self.report, name, value)
        self.report.save()
        return self.report


_SUBMITTED = {
    "submitted_at": MORNING,
    "first_submitted_at": MORNING,
    "on_time": True,
    **CONTENT.as_dict(),
}
_NEEDS: dict[str, dict[str, Any]] = {
    "draft": {"text": "草稿"},
    "returned": {"return_reason": "请补充数据。"},
    "exempt": {"exempt_reason": "任务并入省级任务。"},
    "accepted": {"confirmed_percent": 80, "confirmed_status": "normal"},
}


def make_cast(**department: Any) -> Cast:
    """Make them all: one task of one ledger, its fourth quarter open, the report expected."""
    ledger = make_ledger()
    body = make_department("市发改委", **department)
    other = make_department("市财政局")
    task = make_task(ledger, leads=(body,))
    period = make_period(ledger)
    return Cast(
        ledger=ledger,
        department=body,
        neighbour=other,
        task=task,
        period=period,
        report=make_report(period, task, body),
        reporter=make_reporter(body),
        head=make_head(body),
        coordinator=make_officer(),
        leader=make_officer(Post.Role.LEADER, full_name="赵副市长"),
        stranger=make_reporter(other, "刘洋"),
    )


def make_last(cast: Cast, **fields: Any) -> ProgressReport:
    """Make last quarter's confirmed report of the same task and department: 45%, normal."""
    third = make_period(
        cast.ledger,
        number=3,
        name="2020年第三季度",
        opens_on=date(2020, 11, 2),
        due_on=date(2020, 11, 13),
        closes_on=date(2020, 11, 20),
    )
    fields = {
        "state": "accepted",
        "text": "完成公立医院债务摸底。",
        "said_percent": 48,
        "confirmed_percent": 45,
        "confirmed_status": "normal",
        "reviewed_by": cast.coordinator,
        "reviewed_at": at(date(2020, 11, 16)),
        "written_by": cast.reporter,
        **fields,
    }
    return make_report(third, cast.task, cast.department, submitted_on=date(2020, 11, 12), **fields)
