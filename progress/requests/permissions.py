"""Who may ask, sign off and decide; nobody decides on their own request."""

from departments.models import Department, User
from departments.permissions import Allowed, Decision, Denied, coordinate
from progress.models import Closure, Extension
from progress.requests.workflow import ACTOR, Act
from progress.workflow import Who
from tasks.models import Assignment, Ledger, Task


def asking_departments(user: User, task: Task) -> list[Department]:
    """The leads of a task for which the person files; several under 分别负责 or of a collective."""
    parts = task.assignments.filter(
        role=Assignment.Role.LEAD, department__in=user.scope.reports_for
    ).select_related("department")
    return [part.department for part in parts]


def may_ask(user: User, task: Task) -> Decision:
    """Ask for an extension or for the closing of a task."""
    if asking_departments(user, task):
        return Allowed()
    return Denied("只有这项任务牵头单位的填报员可以申请延期和销号。")


def may_ask_for(user: User, task: Task, department: Department) -> Decision:
    """Ask in the name of a department."""
    decision = may_ask(user, task)
    if decision and department not in asking_departments(user, task):
        return Denied(
            f"您不能代表{department.short_name}申请：该单位不是这项任务的牵头单位，或者您不是其填报员。"
        )
    return decision


def who_may(user: User, request: Extension | Closure, act: Act) -> Decision:
    """Whether it is this person's part to do `act`, whatever the request's state."""
    name = request.department.short_name
    match ACTOR[act]:
        case Who.REPORTER:
            mine = request.department_id in user.scope.reports_for
            return Allowed() if mine else Denied(f"只有{name}的填报员可以撤回本单位的申请。")
        case Who.HEAD:
            if request.department_id not in user.scope.heads:
                return Denied(f"只有{name}的审核人可以审签本单位的申请。")
            if request.asked_by_id == user.pk:
                return Denied("不能审签自己提出的申请，请由本单位其他审核人审签。")
            return Allowed()
        case _:
            decision = coordinate(user, request.jurisdiction_id)
            if decision and request.asked_by_id == user.pk:
                return Denied("不能办理自己提出的申请，请由其他协调员办理。")
            return decision


def takes_part(user: User, request: Extension | Closure) -> Decision:
    """Whether the person has any part in what becomes of a request."""
    departments = user.scope.reports_for | user.scope.heads
    if request.department_id in departments or request.jurisdiction_id in user.scope.coordinates:
        return Allowed()
    return Denied("只有申请单位和本地医改办可以办理这件申请。")


def see_requests(user: User, ledger: Ledger) -> Decision:
    """Open the page of the requests of a ledger."""
    if user.scope.departments or ledger.jurisdiction_id in user.scope.oversees:
        return Allowed()
    return Denied("只有医改办、分管领导和有关单位可以查看延期和销号申请。")
