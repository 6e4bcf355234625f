"""不同意更正: the confirmed report stays as it is."""

from datetime import datetime

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.corrections.permissions import may_decline
from progress.models import Correction
from progress.moves import NotPossible


def decline_correction(correction: Correction, *, reason: str, by: User, at: datetime) -> None:
    """Leave the report as it was confirmed, with a reason. Raises Refused or NotPossible."""
    require(may_decline(by, correction))
    if not reason.strip():
        raise NotPossible("不同意更正的，须写明理由。")
    with transaction.atomic():
        require(may_decline(afresh(by), correction))
        changed = Correction.objects.asked().filter(pk=correction.pk)
        if not changed.update(
            state=Correction.State.DECLINED, decided_by=by, decided_at=at, decision=reason.strip()
        ):
            raise NotPossible("这件更正申请刚刚办理过，请刷新页面后再看。")
        record(
            "correction.decline",
            actor=by,
            target=correction,
            jurisdiction_id=correction.jurisdiction_id,
            before={"state": Correction.State.ASKED},
            after={"state": Correction.State.DECLINED},
            reason=reason.strip(),
        )
