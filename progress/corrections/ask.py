"""申请更正: with one sentence what is wrong."""

from datetime import datetime

from django.db import IntegrityError, transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.corrections.permissions import may_ask
from progress.models import Correction, ProgressReport
from progress.moves import NotPossible
from progress.workflow import Who

ALREADY = "这份报告已申请更正，正在等待医改办办理。"


def ask_correction(report: ProgressReport, *, reason: str, by: User, at: datetime) -> Correction:
    """Ask the office to open a confirmed report again. Raises Refused or NotPossible."""
    require(may_ask(by, report))
    if not reason.strip():
        raise NotPossible("请写明需要更正什么。")
    with transaction.atomic():
        require(may_ask(afresh(by), report))
        held = ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)
        if why := why_not_ask(held):
            raise NotPossible(why)
        made = Correction(
            jurisdiction_id=held.jurisdiction_id, report=held, reason=reason.strip(), asked_by=by, asked_at=at
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as refused:  # two people asked at the same moment
            raise NotPossible(ALREADY) from refused
        record(
            "correction.ask",
            actor=by,
            target=made,
            jurisdiction_id=made.jurisdiction_id,
            after={"reason": made.reason},
            stands_in_for=by.scope.stands_in_for(Who.REPORTER, held.department_id),
        )
    return made


def why_not_ask(report: ProgressReport) -> str:
    """Why no correction of a report can be asked for now, or ""."""
    if report.state != ProgressReport.State.ACCEPTED:
        return f"只有已确认的报告需要申请更正，这一份现在是“{report.get_state_display()}”。"
    return ALREADY if report.corrections.asked().exists() else ""
