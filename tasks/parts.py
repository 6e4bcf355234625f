"""A part in a task as a list shows it: a ledger page names hundreds of them."""

from __future__ import annotations

from typing import NamedTuple

from departments.listed import ListedDepartment


class ListedPart(NamedTuple):
    """责任分工 without the weight of a model; `via_group` is the collective's name, empty without one."""

    role: str
    contact: str
    via_group_id: int | None
    via_group: str
    department: ListedDepartment
    follows_id: int | None = None  # the department whose part it continues

    @property
    def department_id(self) -> int:
        """The department's key."""
        return self.department.pk
