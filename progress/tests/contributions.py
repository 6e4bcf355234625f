"""A partner of the cast's task, its people, and notes in every state."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Department, User
from departments.tests.factories import make_department, make_reporter
from progress.models import Contribution
from progress.tests.cast import MORNING, Cast
from tasks.tests.factories import assign

DUE = date(2020, 12, 14)


@dataclass
class Partner:
    """A department that takes part in the task, and who files for it."""

    department: Department
    reporter: User


def make_partner(cast: Cast, name: str = "市民政局", role: str = "participant") -> Partner:
    """Let a department take part in the cast's task."""
    department = make_department(name)
    assign(cast.task, department, role)
    return Partner(department, make_reporter(department, "许琴"))


def make_note(cast: Cast, partner: Partner, state: str = "asked", **fields: Any) -> Contribution:
    """Make what the cast's reporter asked of a partner, with all that the state needs."""
    given = {"text": "已拨付资金200万元。", "given_by": partner.reporter, "given_at": MORNING, "version": 1}
    return Contribution.objects.create(
        jurisdiction=cast.task.jurisdiction,
        report=cast.report,
        department=partner.department,
        department_name=partner.department.name,
        due_on=fields.pop("due_on", DUE),
        asked_by=cast.reporter,
        asked_at=MORNING,
        state=state,
        **(given if state == "given" else {}) | fields,
    )
