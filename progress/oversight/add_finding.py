"""登记检查发现的问题: what one of a task's departments has to put right, by when."""

from datetime import date

from django.db import transaction

from departments.afresh import afresh
from departments.models import Department, User
from departments.permissions import require
from progress.models import Finding, Inspection
from progress.moves import NotPossible
from progress.oversight.permissions import change_inspection
from progress.oversight.workflow import TABLE, Act
from progress.tables import tell, told
from tasks.models import Task

CONTENT = ("department_name", "text", "rectify_by", "state")  # what the trail keeps of a new finding


def add_finding(
    inspection: Inspection,
    *,
    task: Task,
    department: Department,
    text: str,
    rectify_by: date,
    by: User,
) -> Finding:
    """Enter a finding. Raises Refused, NotPossible (another ledger's task, a department without a part in it)."""
    require(change_inspection(by, inspection))
    why = why_not_department(task, department) or why_not_day(inspection, rectify_by)
    if task.ledger_id != inspection.ledger_id:
        why = "这项任务不在这次检查的台账里。"
    if why or not text.strip():
        raise NotPossible(why or "请写明发现的问题。")
    with transaction.atomic():
        require(change_inspection(afresh(by), inspection))
        finding = Finding.objects.create(
            jurisdiction_id=inspection.jurisdiction_id,
            inspection=inspection,
            task=task,
            department=department,
            department_name=department.name,
            text=text.strip(),
            rectify_by=rectify_by,
        )
        tell(Act.ADD, TABLE.actor(Act.ADD), finding, by=by, before={}, after=told(finding, CONTENT))
    return finding


def why_not_department(task: Task, department: Department) -> str:
    """Why a department has nothing to put right in a task, or ""."""
    parts = [part.department for part in task.assignments.select_related("department")]
    if department in parts:
        return ""
    names = "、".join(one.short_name for one in parts)
    return f"{department.short_name}在这项任务中没有分工，请从这项任务的单位中选择：{names}。"


def why_not_day(inspection: Inspection, rectify_by: date) -> str:
    """Why nothing can be put right by that day, or ""."""
    return "整改期限不能早于检查日期。" if rectify_by < inspection.inspected_on else ""
