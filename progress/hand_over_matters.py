"""移交 of what waits beside reports: requests that are not decided, notes that were asked for, findings to be put right.

Whoever follows goes on with them where they stand. A request and a finding keep the name of the department that
asked or was inspected; a note is given under the name of the one that gives it.
"""

from datetime import date

from django.db.models import F

from departments.heads import signing_off
from departments.models import Department
from progress.models import Closure, Contribution, Extension, Finding, RequestState

Matter = Extension | Closure | Contribution | Finding
_WORDS = {Extension: "延期申请", Closure: "销号申请", Contribution: "配合情况", Finding: "检查发现的问题"}


def open_matters(department: Department, on: date) -> list[Matter]:
    """What a department has open of the three (four queries)."""
    of_task = ("task__ledger", "task__section", "department", "asked_by")
    notes = Contribution.objects.waiting(on=on).filter(department=department)
    findings = Finding.objects.filter(
        department=department, state__in=[Finding.State.OPEN, Finding.State.RECTIFIED]
    )
    return [
        *Extension.objects.undecided().filter(department=department).select_related(*of_task),
        *Closure.objects.undecided().filter(department=department).select_related(*of_task),
        *notes.select_related(
            "report__task__ledger", "report__task__section", "report__period", "department"
        ),
        *findings.select_related("task__ledger", "task__section", "inspection", "department"),
    ]


def key_of(matter: Matter) -> str:
    """What names a matter in a form."""
    return f"{matter._meta.model_name}-{matter.pk}"


def word_of(matter: Matter) -> str:
    """What kind of matter it is, and where it stands."""
    return f"{_WORDS[type(matter)]}（{matter.get_state_display()}）"


def task_of(matter: Matter) -> str:
    """The task that it is about."""
    return str(matter.report.task if isinstance(matter, Contribution) else matter.task)


def move_matter(matter: Matter, to: Department, *, on: date) -> bool:
    """Let another department go on with it; False when somebody has acted on it meanwhile."""
    rows = type(matter)._default_manager.filter(pk=matter.pk, state=matter.state, version=matter.version)
    return rows.update(**_changes(matter, to, on), version=F("version") + 1) == 1


def _changes(matter: Matter, to: Department, on: date) -> dict[str, object]:
    if isinstance(matter, Contribution):
        return _note(matter, to)
    if isinstance(matter, Finding) or matter.state != RequestState.SUBMITTED:
        return {"department": to}
    # Without a head who may sign off it would wait for nobody, as a new request would.
    signing = signing_off([to.pk], writer=matter.asked_by, on=on)
    return {"department": to, "state": RequestState.SUBMITTED if signing else RequestState.SIGNED}


def _note(note: Contribution, to: Department) -> dict[str, object]:
    """A lead asks nothing of itself, and of nobody twice: then the successor's own word is enough."""
    asked = Contribution.objects.in_force().filter(report=note.report_id, department=to)
    if note.report.department_id == to.pk or asked.exists():
        return {"state": Contribution.State.CANCELLED}
    return {"department": to, "department_name": to.name}
