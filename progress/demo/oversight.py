"""What the demonstration shows of 批示 and 专项检查: two directives, and an inspection with three findings.

Made by the same acts that the screens use; the words begin with 【示例】 like all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from departments.models import Department, User
from progress.models import Finding
from progress.oversight.add_finding import add_finding
from progress.oversight.add_inspection import add_inspection
from progress.oversight.answer_directive import answer_directive
from progress.oversight.give_directive import give_directive
from progress.oversight.rectify import rectify
from progress.oversight.verify import close
from tasks.models import Assignment, Ledger, Task

MARK = "【示例】"
SHANGHAI = ZoneInfo("Asia/Shanghai")
LEADER = "赵兴国副市长"
_INSPECTED = date(2020, 11, 24)
# Of which task, by which day, what was found, what was answered: one overdue, one waiting to be verified, one closed.
# All of one department, so that its reporter's account shows the three.
_FINDINGS = (
    (
        "五",
        date(2020, 12, 4),
        "两个县区疾控机构招聘后没有安排岗前培训，规范化培训学员的待遇没有按时发放。",
        "",
    ),
    (
        "二十四",
        date(2020, 12, 11),
        "抽查的3家基层中医馆都没有中医药适宜技术培训的考核记录。",
        "已补齐2020年培训考核记录，从12月起每月抽查一次。",
    ),
    (
        "二",
        date(2020, 12, 18),
        "监测哨点的值班表没有更新，2处联系电话打不通。",
        "值班表已按月更新并上墙，打不通的电话已经更正，逐处回访核实。",
    ),
)


def make_oversight(ledger: Ledger, office: User, reporters: Mapping[int, User]) -> None:
    """Write two directives and enter an inspection of a ledger."""
    tasks = {task.number.strip("()（）"): task for task in ledger.tasks.all()}
    _make_directives(tasks, office)
    inspection = add_inspection(
        ledger,
        name="2020年第四季度医改重点任务专项检查",
        inspected_on=_INSPECTED,
        note=f"{MARK}抽查3项任务、7家单位，总体推进有序，发现3个问题。",
        by=office,
        at=_at(_INSPECTED, 16),
    )
    for number, day, text, answer in _FINDINGS:
        task = tasks.get(number)
        body = _writing(task, reporters) if task else None
        if task is None or body is None:
            continue
        finding = add_finding(
            inspection, task=task, department=body, text=f"{MARK}{text}", rectify_by=day, by=office
        )
        if answer:
            _answer(finding, answer, reporters[body.pk], office, closes=number == "二")


def _make_directives(tasks: Mapping[str, Task], office: User) -> None:
    given = {
        "十八": "请市卫健委会同市医保局抓紧落实采购配送，年底前见到实效。",
        "五": "请市人社局、市卫健委研究提出岗位和待遇保障办法。",
    }
    for number, text in given.items():
        task = tasks.get(number)
        if task is None:
            continue
        directive = give_directive(
            task,
            leader_name=LEADER,
            given_on=date(2020, 11, 26),
            text=f"{MARK}{text}",
            by=office,
            at=_at(date(2020, 11, 27), 9),
        )
        if number == "五":
            answer_directive(
                directive,
                outcome=f"{MARK}已召开专题会议，形成初步办法，正在征求意见。",
                outcome_on=date(2020, 12, 8),
                version=0,
                by=office,
                at=_at(date(2020, 12, 8), 17),
            )


def _writing(task: Task, reporters: Mapping[int, User]) -> Department | None:
    """市卫健委 where it has a part and somebody who writes, else the first that has."""
    parts = Assignment.objects.filter(task=task, department__in=reporters).select_related("department")
    bodies = sorted((part.department for part in parts), key=lambda one: one.short_name != "市卫健委")
    return next(iter(bodies), None)


def _answer(finding: Finding, text: str, writer: User, office: User, *, closes: bool) -> None:
    row = rectify(finding, text=f"{MARK}{text}", version=0, by=writer, at=_at(date(2020, 12, 8), 10))
    if closes:
        close(row, note="回访情况属实。", version=row.version, by=office, at=_at(date(2020, 12, 9), 15))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), SHANGHAI)
