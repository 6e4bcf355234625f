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


def list_people(user: User) -> Decision:
    """Open the list of people: each hand sees its own part of it."""
    scope = user.scope
    if scope.coordinates or scope.administers or scope.secures:
        return Allowed()
    return Denied("只有医改办协调员、系统管理员和安全管理员可以查看人员。")


def add_account(user: User) -> Decision:
    """Make an account: the office with a part in a department, the system administrator without rights."""
    if user.scope.coordinates or user.scope.administers:
        return Allowed()
    return Denied("只有医改办协调员和系统管理员可以建立账号。")


def add_bare_account(user: User, jurisdiction_id: int) -> Decision:
    """Make an account without any right in a jurisdiction."""
    if jurisdiction_id in user.scope.administers:
        return Allowed()
    return Denied("只有本地的系统管理员可以建立没有任职的账号。")


def see_contacts(user: User, person: User) -> Decision:
    """See a person's contact and account: the office and the system administrator of a place of theirs."""
    if (user.scope.coordinates | user.scope.administers) & _places(person):
        return Allowed()
    return Denied("只有医改办协调员和系统管理员可以查看账号和联系方式。")


def keep_account(user: User, person: User) -> Decision:
    """Change a person's contact, give a new first password, end the account or open it again.

    The system administrator keeps the accounts of the place, the office those of its departments' people.
    An administrator's account is kept by nobody here: whoever reset its password would hold two hands.
    """
    if user.pk == person.pk:
        return Denied("不能办理自己的账号，请由其他管理人员办理。")
    if person.scope.is_administrator:
        return Denied("管理员的账号由运维人员在服务器上维护；停用前先由安全管理员收回岗位。")
    home, places = _home(person), _places(person)
    if home and home <= user.scope.administers:
        return Allowed()
    if not (user.scope.coordinates or user.scope.administers):
        return Denied("只有医改办协调员和系统管理员可以维护账号。")
    if person.scope.oversees:
        return Denied("医改办和分管领导的账号由系统管理员维护。")
    if places <= user.scope.coordinates:
        return Allowed()
    return Denied("此人还在其他行政区域任职，账号由其所在地的系统管理员维护。")


def settle_parts(user: User) -> Decision:
    """Open what settles parts in departments at all."""
    if user.scope.coordinates:
        return Allowed()
    return Denied("只有本地医改办的协调员可以安排单位的填报员、审核人和代理。")


def appoint_people(user: User, jurisdiction_id: int) -> Decision:
    """See and settle who files and signs off in the departments of a jurisdiction."""
    if jurisdiction_id in user.scope.coordinates:
        return Allowed()
    return Denied("只有本地医改办的协调员可以安排单位的填报员、审核人和代理。")


def appoint(user: User, person: User, department: Department) -> Decision:
    """Let a person file or sign off for a department, or end it."""
    decision = appoint_people(user, department.jurisdiction_id)
    if decision and user.pk == person.pk:
        return Denied("不能调整自己的任职，请由其他协调员办理。")
    return decision


def grant_posts(user: User) -> Decision:
    """See and grant posts at all."""
    return Allowed() if user.scope.secures else Denied("只有安全管理员可以授予和收回岗位。")


def grant_post(user: User, person: User, jurisdiction_id: int) -> Decision:
    """Grant or revoke a person's post in a jurisdiction."""
    if jurisdiction_id not in user.scope.secures:
        return Denied("只有本地的安全管理员可以授予和收回岗位。")
    if user.pk == person.pk:
        return Denied("不能调整自己的岗位，请由其他安全管理员办理。")
    return Allowed()


def _places(person: User) -> frozenset[int]:
    """All jurisdictions that a person belongs to or serves in."""
    return person.scope.jurisdictions | _home(person)


def _home(person: User) -> frozenset[int]:
    """The jurisdiction that keeps a person's account; those of the posts and departments when none is set."""
    return frozenset({person.jurisdiction_id}) if person.jurisdiction_id else person.scope.jurisdictions
