"""印发通报: the Word file is written once, kept by its digest, and never changes again."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import Denied, require
from reports.circular import write_circular
from reports.compose import circular_of
from reports.models import Bulletin, stored_name
from reports.permissions import edit_bulletin


@transaction.atomic
def issue(bulletin: Bulletin, *, by: User, at: datetime) -> Bulletin:
    """Freeze a draft as the issued circular of its period.

    Raises Refused when it is no longer a draft, or when the period's circular was issued before.
    """
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("jurisdiction", "period")
    current = rows.get(pk=bulletin.pk)
    require(edit_bulletin(afresh(by), current))
    if Bulletin.objects.filter(period=current.period, state=Bulletin.State.ISSUED).exists():
        require(Denied("这个报送期的通报已经印发。"))
    data = write_circular(circular_of(current))
    current.sha256 = sha256(data).hexdigest()
    _keep(current, data)
    current.state = Bulletin.State.ISSUED
    current.issued_at, current.issued_by = at, by
    current.save(update_fields=["state", "file", "sha256", "issued_at", "issued_by"])
    record(
        "bulletin.issue",
        actor=by,
        target=current,
        jurisdiction_id=current.jurisdiction_id,
        before={"state": Bulletin.State.DRAFT},
        after={"state": current.state, "sha256": current.sha256, "number": current.number},
    )
    return current


def _keep(bulletin: Bulletin, data: bytes) -> None:
    """Store the file under its digest; the same bytes are stored once."""
    name, storage = stored_name(bulletin, ""), bulletin.file.storage
    bulletin.file.name = name if storage.exists(name) else storage.save(name, ContentFile(data))
