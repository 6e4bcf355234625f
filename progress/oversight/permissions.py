"""Who writes directives and inspections, who puts findings right; nobody verifies their own writing."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied, coordinate, oversee
from progress.models import Directive, Finding, Inspection
from progress.oversight.workflow import TABLE, Act
from progress.workflow import Who
from tasks.models import Ledger, Task


def give_directive(user: User, task: Task) -> Decision:
    """Write a directive on a task: a leader of the place, or a coordinator who records one made on paper."""
    if task.jurisdiction_id in user.scope.oversees:
        return Allowed()
    return Denied("只有分管领导和本地医改办的协调员可以写批示、录入批示。")


def record_for_leader(user: User, task: Task) -> Decision:
    """Write a directive in a leader's name: what a leader writes here stands under the own name."""
    return coordinate(user, task.jurisdiction_id)


def answer_directive(user: User, directive: Directive) -> Decision:
    """Say what came of a directive."""
    return coordinate(user, directive.jurisdiction_id)


def strike_directive(user: User, directive: Directive) -> Decision:
    """Strike out a directive: the office, and the leader who wrote it here."""
    if directive.entered_by_id == user.pk and directive.jurisdiction_id in user.scope.leads:
        return Allowed()
    if directive.jurisdiction_id in user.scope.coordinates:
        return Allowed()
    return Denied("只有本地医改办的协调员和写批示的领导本人可以撤销批示。")


def see_directives(user: User, ledger: Ledger) -> Decision:
    """Open the list of directives of a ledger."""
    if oversee(user, ledger.jurisdiction_id):
        return Allowed()
    return Denied("只有本地医改办和分管领导可以查看批示清单；涉及本单位的批示见任务页。")


def see_inspections(user: User, ledger: Ledger) -> Decision:
    """Open the list of inspections of a ledger; a department finds its own findings there."""
    if user.scope.departments or oversee(user, ledger.jurisdiction_id):
        return Allowed()
    return Denied("只有医改办、分管领导和有关单位可以查看专项检查。")


def add_inspection(user: User, ledger: Ledger) -> Decision:
    """Enter an inspection of a ledger."""
    return coordinate(user, ledger.jurisdiction_id)


def change_inspection(user: User, inspection: Inspection) -> Decision:
    """Correct an inspection, and enter what it found."""
    return coordinate(user, inspection.jurisdiction_id)


def who_may(user: User, finding: Finding, act: Act) -> Decision:
    """Whether it is this person's part to do `act`, whatever the finding's state."""
    if TABLE.actor(act) is Who.REPORTER:
        name = finding.department.short_name
        mine = finding.department_id in user.scope.reports_for
        return Allowed() if mine else Denied(f"只有{name}的填报员可以填写本单位的整改情况。")
    decision = coordinate(user, finding.jurisdiction_id)
    if decision and finding.rectified_by_id == user.pk:
        return Denied("不能办理自己填报的整改情况，请由其他协调员办理。")
    return decision


def takes_part(user: User, finding: Finding) -> Decision:
    """Whether the person has any part in what becomes of a finding."""
    own = finding.department_id in user.scope.reports_for
    if own or finding.jurisdiction_id in user.scope.coordinates:
        return Allowed()
    return Denied("只有有关单位的填报员和本地医改办可以办理检查发现的问题。")
