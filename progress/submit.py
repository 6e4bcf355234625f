"""提交 and 撤回."""

from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q

from departments.heads import signing_off
from departments.models import User
from progress.content import Faults, ReportContent, find_faults
from progress.models import ProgressReport
from progress.moves import check, move
from progress.previous import last_confirmed
from progress.workflow import Act, after_submitting
from timekeeping.clock import day_of


class Incomplete(Exception):
    """The content cannot be handed in yet; `faults` are sentences by field."""

    def __init__(self, faults: Faults) -> None:
        super().__init__("；".join(sentence for field in faults.values() for sentence in field))
        self.faults = faults


def submit(
    report: ProgressReport, *, content: ReportContent, version: int, by: User, at: datetime, note: str = ""
) -> ProgressReport:
    """Hand a report in: to the head's desk, or to the office where nobody else there signs off.

    Only the first submission decides whether it is on time (`due_on` inclusive, Asia/Shanghai).
    `note` says by which way it came, where that is not the page. Raises Incomplete besides what `move` raises.
    """
    check(report, Act.SUBMIT, version=version, by=by, at=at)
    last = last_confirmed(report)
    faults = find_faults(content, last, day_of(at))
    if faults:
        raise Incomplete(faults)
    signing = signing_off([report.department_id], writer=by, on=day_of(at))
    return move(
        report,
        Act.SUBMIT,
        version=version,
        by=by,
        at=at,
        changes=content.settled(last).as_dict() | _times(report, at) | {"written_by": by},
        note=note,
        after=after_submitting(needs_sign_off=bool(signing)),
    )


def withdraw(report: ProgressReport, *, version: int, by: User, at: datetime) -> ProgressReport:
    """Take a submitted report back to the desk, as long as the office has not decided on it."""
    cleared = {"signed_by": None, "signed_at": None}
    return move(report, Act.WITHDRAW, version=version, by=by, at=at, changes=cleared)


def _times(report: ProgressReport, at: datetime) -> dict[str, object]:
    times: dict[str, object] = {"submitted_at": at, "signed_by": None, "signed_at": None}
    if report.first_submitted_at is None:
        # Asked of the row: the office may move the deadline while the report is on its way.
        on_time = ExpressionWrapper(Q(due_on__gte=day_of(at)), BooleanField())
        times |= {"first_submitted_at": at, "on_time": on_time}
    return times
