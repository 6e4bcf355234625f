"""承接任务: another department goes on with a part, after a reorganisation. The act that asks leaves the trail."""

from __future__ import annotations

from datetime import date

from departments.models import Department
from tasks.models import Assignment

_STRENGTH = [Assignment.Role.LEAD, Assignment.Role.RESPONSIBLE, Assignment.Role.PARTICIPANT]


def take_over(part: Assignment, to: Department, *, on: date) -> bool:
    """End a part on a day and let `to` go on with it; False when it has ended meanwhile.

    A department that has a part in the task already keeps the stronger of the two roles.
    """
    if Assignment.objects.filter(pk=part.pk).update(ended_on=on) != 1:
        return False
    held = Assignment.ever.filter(task=part.task_id, department=to).first()
    if held is None:
        Assignment.objects.create(
            task_id=part.task_id,
            department=to,
            role=part.role,
            via_group_id=part.via_group_id,
            position=part.position,
            contact=part.contact,
            follows_id=part.department_id,
        )
        return True
    own = [held.role] if held.ended_on is None else []
    held.role = min([part.role, *own], key=_strength)
    held.position = min(held.position, part.position) if own else part.position
    held.via_group_id = held.via_group_id if own else part.via_group_id
    held.follows_id, held.ended_on = held.follows_id or part.department_id, None
    held.save(update_fields=["role", "position", "via_group", "follows", "ended_on"])
    return True


def _strength(role: str) -> int:
    return _STRENGTH.index(Assignment.Role(role))
