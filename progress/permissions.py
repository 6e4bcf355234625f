"""Who may do what to a report, a period, a queue; every refusal says why."""

from datetime import date

from departments.models import User
from departments.permissions import (
    Allowed,
    Decision,
    Denied,
    coordinate,
    oversee,
    report_for,
    sign_off_for,
)
from progress.locks import why_not
from progress.models import ProgressReport
from progress.workflow import ACTOR, Act, Who
from tasks.models import Ledger


def who_may(user: User, report: ProgressReport, act: Act) -> Decision:
    """Whether it is this person's part to do `act`, whatever the report's state."""
    who = ACTOR[act]
    if who is Who.REPORTER:
        return report_for(user, report.department)
    if who is Who.HEAD:
        return _sign_off(user, report)
    decision = coordinate(user, report.jurisdiction_id)
    if decision and act in (Act.ACCEPT, Act.RETURN) and report.written_by_id == user.pk:
        return Denied("不能审核自己填报的报告，请由其他协调员审核。")
    return decision


def may(user: User, report: ProgressReport, act: Act, on: date) -> Decision:
    """Whether this person can do `act` now: the part first, then state and dates."""
    decision = who_may(user, report, act)
    if not decision:
        return decision
    reason = why_not(report, act, on)
    return Denied(reason) if reason else Allowed()


def read_unsent(user: User, department_id: int) -> Decision:
    """Read what a department is still writing: its own people."""
    if department_id in user.scope.departments:
        return Allowed()
    return Denied("单位正在填写，提交后才能查看。")


def open_period(user: User, ledger: Ledger) -> Decision:
    """Open a reporting period of a ledger."""
    return coordinate(user, ledger.jurisdiction_id)


def review(user: User, ledger: Ledger) -> Decision:
    """Open the page of waiting reports: the office's queue, or a head's."""
    if user.scope.heads:
        return Allowed()
    if oversee(user, ledger.jurisdiction_id):
        return Allowed()
    return Denied("只有医改办和单位审核人可以打开审核页。")


def _sign_off(user: User, report: ProgressReport) -> Decision:
    decision = sign_off_for(user, report.department)
    if decision and report.written_by_id == user.pk:
        return Denied("不能审签自己填报的报告，请由本单位其他审核人审签。")
    return decision
