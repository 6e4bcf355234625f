"""What the demonstration shows of 延期 and 销号: a granted extension, one that waits, two closed tasks, one that waits.

Made by the same acts that the screens use; the words begin with 【示例】 like all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from departments.models import Department, User
from progress.models import Closure, Extension, RequestState
from progress.requests.ask_closure import ask_closure
from progress.requests.ask_extension import ask_extension
from progress.requests.decide import decide
from progress.requests.workflow import Act
from tasks.models import Assignment, Ledger, Task

MARK = "【示例】"
SHANGHAI = ZoneInfo("Asia/Shanghai")
Asked = TypeVar("Asked", Extension, Closure)
_EXTENDED, _WAITING_EXTENSION = "十三", "二十三"
_CLOSED, _WAITING_CLOSURE = ("十四", "十六"), "二"


@dataclass
class _Lead:
    """Who asks and signs for a task."""

    department: Department
    reporter: User
    head: User


def make_requests(ledger: Ledger, office: User, people: Mapping[str, Mapping[int, User]]) -> None:
    """Ask and decide for some tasks of a ledger; `people` are reporters and heads by department."""
    tasks = {task.number.strip("()（）"): task for task in ledger.tasks.all()}
    leads = {number: _lead(task, people) for number, task in tasks.items()}

    def known(*numbers: str) -> list[tuple[Task, _Lead]]:
        return [(tasks[one], lead) for one in numbers if (lead := leads.get(one))]

    for task, lead in known(_EXTENDED):
        _settle(_signed(_extend(task, lead), lead, Act.SIGN_EXTENSION), Act.GRANT, office)
    for task, lead in known(_WAITING_EXTENSION):
        _signed(_extend(task, lead), lead, Act.SIGN_EXTENSION)
    for task, lead in known(*_CLOSED):
        _settle(_signed(_close(task, lead), lead, Act.SIGN_CLOSURE), Act.COMPLETE, office)
    for task, lead in known(_WAITING_CLOSURE):
        _signed(_close(task, lead), lead, Act.SIGN_CLOSURE)


def _lead(task: Task, people: Mapping[str, Mapping[int, User]]) -> _Lead | None:
    """The first lead that has somebody to write and to sign."""
    parts = task.assignments.filter(role=Assignment.Role.LEAD).select_related("department")
    for part in parts:
        reporter = people["reporter"].get(part.department_id)
        head = people["head"].get(part.department_id)
        if reporter and head:
            return _Lead(part.department, reporter, head)
    return None


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 10), SHANGHAI)


def _extend(task: Task, lead: _Lead) -> Extension | None:
    if task.due_on is None:
        return None
    return ask_extension(
        task,
        department=lead.department,
        to=task.due_on + timedelta(days=90),
        percent=52,
        reason=f"{MARK}征求意见后须与省级办法衔接，需顺延一个季度。",
        by=lead.reporter,
        at=_at(date(2020, 12, 7), 9),
    )


def _close(task: Task, lead: _Lead) -> Closure:
    return ask_closure(
        task,
        department=lead.department,
        result=f"{MARK}任务要求的各项措施已经落实，相关文件已经印发执行。",
        evidence="",
        by=lead.reporter,
        at=_at(date(2020, 12, 7), 10),
    )


def _signed(row: Asked | None, lead: _Lead, act: Act) -> Asked | None:
    """Let the head sign where one does."""
    if row is None or row.state != RequestState.SUBMITTED:
        return row
    return decide(row, act, version=row.version, note="", by=lead.head, at=_at(date(2020, 12, 8), 11))


def _settle(row: Asked | None, act: Act, office: User) -> None:
    if row is not None:
        decide(row, act, version=row.version, note="", by=office, at=_at(date(2020, 12, 9), 15))
