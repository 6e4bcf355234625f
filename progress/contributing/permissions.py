"""Who asks, who gives and who reads a contribution; every refusal says why."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied
from progress.models import Contribution, ProgressReport


def may_ask(user: User, report: ProgressReport) -> Decision:
    """Ask those who take part for what they did, and cancel it: whoever writes the report."""
    if report.department_id in user.scope.reports_for:
        return Allowed()
    return Denied(f"只有{report.department.short_name}的填报员可以请参与单位提供情况。")


def may_give(user: User, contribution: Contribution) -> Decision:
    """Give what a department was asked for: whoever files for it."""
    if contribution.department_id in user.scope.reports_for:
        return Allowed()
    return Denied(f"只有{contribution.department.short_name}的填报员可以提供本单位的情况。")


def read_all(user: User, report: ProgressReport) -> Decision:
    """Read every note given for a report: its department, and once it is handed in the office and the leaders."""
    if report.department_id in user.scope.departments or report.jurisdiction_id in user.scope.oversees:
        return Allowed()
    return Denied("各参与单位提供的情况只有牵头单位和医改办可以查看。")
