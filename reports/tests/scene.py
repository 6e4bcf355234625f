"""A small ledger on 10 December 2020 with one task of every colour, a closed third and an open fourth quarter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Department, Post, User
from departments.tests.factories import (
    make_department,
    make_group,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
)
from documents.models import PolicyDocument
from progress.models import ProgressReport, ReportingPeriod
from progress.tests.factories import at, make_period, make_report
from tasks.models import Ledger, Task
from tasks.tests.factories import assign, make_ledger, make_section, make_task

TODAY = date(2020, 12, 10)
COLOURS = {"red": 2, "yellow": 1, "green": 1, "done": 1, "idle": 1, "stop": 0}


@dataclass(frozen=True)
class Scene:
    """The people, the departments, the ledger and its quarters."""

    ledger: Ledger
    third: ReportingPeriod
    fourth: ReportingPeriod
    health: Department
    insurance: Department
    county: Department
    coordinator: User
    leader: User
    reporter: User
    head: User
    tasks: dict[str, Task]


def make_scene(**ledger_fields: Any) -> Scene:
    """Six tasks: green, yellow (behind), overdue, missing (both red), done, idle."""
    ledger = make_ledger(name="平凉市2020年下半年医改重点工作任务", document=make_paper(), **ledger_fields)
    health, insurance = make_department("市卫健委"), make_department("市医保局")
    county = make_department("静宁县", kind="local")
    third, fourth = make_quarters(ledger)
    tasks = _make_tasks(ledger, health, insurance, county)
    coordinator = make_officer()
    _file_third(third, tasks, health, insurance, coordinator)
    _file_fourth(fourth, tasks, health, insurance)
    return Scene(
        ledger=ledger,
        third=third,
        fourth=fourth,
        health=health,
        insurance=insurance,
        county=county,
        coordinator=coordinator,
        leader=make_officer(Post.Role.LEADER, full_name="赵市长"),
        reporter=make_reporter(health),
        head=make_head(health),
        tasks=tasks,
    )


def make_paper(**fields: Any) -> PolicyDocument:
    """The paper behind the ledger."""
    fields = {
        "jurisdiction": fields.pop("jurisdiction", None) or make_jurisdiction(),
        "title": "平凉市深化医药卫生体制改革2020年下半年重点工作任务及分工",
        "number": "平政办发〔2020〕81号",
        "file": "papers/aa/aa",
        "file_name": "81.docx",
        "size": 1,
        "sha256": "a" * 64,
        "text": "一、加强公共卫生体系建设",
        "uploaded_at": at(date(2020, 11, 2)),
        **fields,
    }
    return PolicyDocument.objects.create(**fields)


def make_quarters(ledger: Ledger) -> tuple[ReportingPeriod, ReportingPeriod]:
    """The third quarter, closed on 20 November, and the fourth, open."""
    third = make_period(
        ledger,
        number=3,
        name="2020年第三季度",
        opens_on=date(2020, 11, 2),
        due_on=date(2020, 11, 13),
        closes_on=date(2020, 11, 20),
        state="closed",
    )
    return third, make_period(ledger)


def accept(report: ProgressReport, percent: int, by: User, **fields: Any) -> None:
    """Confirm a report at a percent, on 16 November."""
    fields = {
        "state": "accepted",
        "confirmed_percent": percent,
        "confirmed_status": "normal",
        "reviewed_by": by,
        "reviewed_at": at(date(2020, 11, 16)),
        **fields,
    }
    for name, value in fields.items():
        setattr(report, name, value)
    report.save()


def _make_tasks(
    ledger: Ledger, health: Department, insurance: Department, county: Department
) -> dict[str, Task]:
    first = make_section(ledger)
    second = make_section(ledger, "二", "深化医疗保障制度改革")
    tasks = {
        "green": _task(ledger, first, 1, "改革完善疾病预防控制体系", leads=(health,)),
        "yellow": _task(ledger, first, 2, "完善传染病监测预警系统", leads=(health,)),
        "overdue": _task(
            ledger,
            first,
            3,
            "完善药品耗材采购政策",
            leads=(health,),
            due_on=date(2020, 11, 30),
            due_kind="fixed",
        ),
        "missing": _task(
            ledger, second, 4, "落实政府投入保障责任", leads=(health, insurance), body="化解公立医院债务。"
        ),
        "done": _task(
            ledger,
            second,
            5,
            "推进分级诊疗",
            leads=(insurance,),
            state="completed",
            closed_on=date(2020, 12, 1),
            closing_reason="12月1日销号",
        ),
        "idle": _task(ledger, second, 6, "促进中医药振兴发展", due_on=None, due_kind="continuing"),
    }
    assign(tasks["green"], insurance, "participant")
    group = make_group("各县（市、区）人民政府", [county])
    assign(tasks["yellow"], county, "participant", via_group=group)
    return tasks


def _task(ledger: Ledger, section: Any, number: int, title: str, **fields: Any) -> Task:
    label = f"（{'零一二三四五六'[number]}）"
    return make_task(ledger, section=section, number=label, ref=label, position=number, title=title, **fields)


def _file_third(
    third: ReportingPeriod,
    tasks: dict[str, Task],
    health: Department,
    insurance: Department,
    by: User,
) -> None:
    filed = {"submitted_on": date(2020, 11, 12)}
    for name, percent in (("green", 76), ("yellow", 60), ("missing", 75)):
        accept(make_report(third, tasks[name], health, **filed), percent, by)
    late = make_report(third, tasks["overdue"], health, submitted_on=date(2020, 11, 16))
    why = {
        "problems": "采购平台未上线",
        "next_steps": "年底前上线",
        "cause": "招标采购未完成",
        "remedy": "倒排工期",
    }
    accept(late, 74, by, **why)
    accept(make_report(third, tasks["done"], insurance, **filed), 100, by)
    make_report(third, tasks["missing"], insurance)


def _file_fourth(
    fourth: ReportingPeriod, tasks: dict[str, Task], health: Department, insurance: Department
) -> None:
    make_report(fourth, tasks["green"], health, submitted_on=date(2020, 12, 8))
    make_report(fourth, tasks["yellow"], health, state="draft", text="正在整理的文字")
    make_report(fourth, tasks["overdue"], health)
    make_report(fourth, tasks["missing"], health)
    make_report(fourth, tasks["missing"], insurance)
