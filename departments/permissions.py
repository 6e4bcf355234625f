"""The permission vocabulary: questions that answer Allowed, or Denied with the reason in words.

Each room has such a module; pages, exports and commands ask it and nobody else.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from departments.models import Department, User


@dataclass(frozen=True)
class Decision:
    """The answer to "may this person do this?"; true when allowed."""

    reason: str = ""

    def __bool__(self) -> bool:
        return isinstance(self, Allowed)


class Allowed(Decision):
    """Yes."""


class Denied(Decision):
    """No; `reason` is the sentence shown to the person."""


class Refused(PermissionDenied):
    """Raised by `require`; the 403 page shows its reason."""


def require(decision: Decision) -> None:
    """Go on when allowed; raise Refused with the reason when not."""
    if not decision:
        raise Refused(decision.reason)


def coordinate(user: User, jurisdiction_id: int) -> Decision:
    """Do the reform office's work in a jurisdiction."""
    if jurisdiction_id in user.scope.coordinates:
        return Allowed()
    return Denied("只有本地医改办的协调员可以办理此事。")


def oversee(user: User, jurisdiction_id: int) -> Decision:
    """See a jurisdiction's work as a whole: dashboards, all departments' filings."""
    if jurisdiction_id in user.scope.oversees:
        return Allowed()
    return Denied("只有本地医改办和分管领导可以查看全部单位的情况。")


def report_for(user: User, department: Department) -> Decision:
    """Write a department's reports."""
    if department.pk in user.scope.reports_for:
        return Allowed()
    return Denied(f"只有{department.short_name}的填报员可以填写本单位的报告。")


def sign_off_for(user: User, department: Department) -> Decision:
    """Sign off what leaves a department."""
    if department.pk in user.scope.heads:
        return Allowed()
    return Denied(f"只有{department.short_name}的审核人可以审签本单位的报告。")


def see_people(user: User) -> Decision:
    """Open the list of departments and people."""
    if user.scope.coordinates or user.scope.administers:
        return Allowed()
    return Denied("只有医改办协调员和系统管理员可以查看单位与人员。")
