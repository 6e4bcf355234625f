"""Who may do what with the circulars of a ledger, and who reads the trail."""

from __future__ import annotations

from departments.models import User
from departments.permissions import Allowed, Decision, Denied, coordinate, oversee
from reports.models import Bulletin
from tasks.models import Ledger

ISSUED_STANDS = "通报已经印发，内容不能再修改。"


def draft_bulletin(user: User, ledger: Ledger) -> Decision:
    """Begin a circular."""
    return coordinate(user, ledger.jurisdiction_id)


def edit_bulletin(user: User, bulletin: Bulletin) -> Decision:
    """Write or issue a circular: the coordinator, while it is a draft."""
    decision = coordinate(user, bulletin.jurisdiction_id)
    if decision and bulletin.state != Bulletin.State.DRAFT:
        return Denied(ISSUED_STANDS)
    return decision if not decision else Allowed()


def see_below(user: User) -> Decision:
    """Read how the ledgers of lower places stand: the office and the leaders of a province or a city."""
    if user.scope.trees:
        return Allowed()
    return Denied("只有省、市两级的医改办协调员和分管领导可以查看下级台账的汇总。")


def read_trail(user: User) -> Decision:
    """Read and export the trail: the audit administrator and nobody else."""
    if user.scope.audits:
        return Allowed()
    return Denied("只有审计管理员可以查看审计记录。")


def follow_inside(user: User, jurisdiction_id: int, department_id: int) -> Decision:
    """Follow what a department does inside and is told: its own people, the office and the leaders."""
    if department_id in user.scope.departments or oversee(user, jurisdiction_id):
        return Allowed()
    return Denied("单位内部的办理经过只有本单位和医改办可以查看。")
