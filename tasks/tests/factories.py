"""Plain makers of ledgers and tasks; every argument may be overridden."""

from datetime import date
from itertools import count
from typing import Any

from departments.models import Department
from departments.tests.factories import make_jurisdiction
from tasks.models import Assignment, Ledger, Section, Task

_serial = count(1)


def make_ledger(**fields: Any) -> Ledger:
    """Make a ledger of the second half of 2020, by default of 平凉市."""
    fields = {
        "jurisdiction": fields.pop("jurisdiction", None) or make_jurisdiction(),
        "name": f"2020年下半年医改重点工作任务{next(_serial)}",
        "year": 2020,
        "starts_on": date(2020, 7, 1),
        "ends_on": date(2020, 12, 31),
        **fields,
    }
    return Ledger.objects.create(**fields)


def make_section(ledger: Ledger, number: str = "一", title: str = "加强公共卫生体系建设") -> Section:
    """Get or make a section by its number."""
    found = ledger.sections.filter(number=number).first()
    return found or Section.objects.create(
        ledger=ledger, number=number, title=title, position=ledger.sections.count() + 1
    )


def make_task(
    ledger: Ledger | None = None,
    *,
    leads: tuple[Department, ...] = (),
    responsible: tuple[Department, ...] = (),
    participants: tuple[Department, ...] = (),
    **fields: Any,
) -> Task:
    """Make an open task due on 2020-12-31, with its departments."""
    ledger = ledger or make_ledger()
    place = next(_serial)
    fields = {
        "section": fields.pop("section", None) or make_section(ledger),
        "ref": f"（{place}）",
        "number": f"（{place}）",
        "position": place % 30_000,
        "title": f"完善传染病监测预警系统{place}",
        "due_kind": Task.DueKind.LEDGER_END,
        "due_on": date(2020, 12, 31),
        **fields,
    }
    fields.setdefault("original_due_on", fields["due_on"])
    task = Task.objects.create(ledger=ledger, jurisdiction=ledger.jurisdiction, **fields)
    roles = Assignment.Role
    parts = [(roles.LEAD, leads), (roles.RESPONSIBLE, responsible), (roles.PARTICIPANT, participants)]
    for role, departments in parts:
        for department in departments:
            assign(task, department, role)
    return task


def assign(task: Task, department: Department, role: str = "lead", **fields: Any) -> Assignment:
    """Give a department a part in a task."""
    return Assignment.objects.create(
        task=task, department=department, role=role, position=task.assignments.count() + 1, **fields
    )
