"""What a person does with a notice: open it; or, as a coordinator, have one sent again."""

from datetime import datetime

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import coordinate, require
from notices import outbox
from notices.models import Notice


@transaction.atomic
def read(notice: Notice, *, by: User, at: datetime) -> None:
    """Remember when the recipient first opened a notice."""
    unread = Notice.objects.visible_to(by).unread().filter(pk=notice.pk)
    if unread.update(read_at=at):
        record("notice.read", actor=by, target=notice, jurisdiction_id=notice.jurisdiction_id)


@transaction.atomic
def resend(notice: Notice, *, by: User) -> bool:
    """Queue a failed or doubtful notice once more; False when somebody has done so already.

    Raises Refused for anybody but a coordinator of the place.
    """
    require(coordinate(afresh(by), notice.jurisdiction_id))
    if not outbox.requeue(notice):
        return False
    record(
        "notice.resend",
        actor=by,
        target=notice,
        jurisdiction_id=notice.jurisdiction_id,
        before={"state": notice.state, "error": notice.error},
        after={"state": Notice.State.QUEUED},
    )
    return True
