"""上传佐证材料: the file under its digest, the row and the entry, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.evidence.judge import Sent, refuse_more
from progress.models import Closure, Evidence, ProgressReport
from progress.permissions import may
from progress.workflow import Act, Who
from timekeeping.clock import day_of


def add(report: ProgressReport, file: Sent, *, by: User, at: datetime) -> Evidence:
    """Put a file beside a report, as long as this person may write it.

    The report's version stays: a file overwrites no text, so a page that is being written must not find itself
    in conflict with the files that were added from it. Two who add at once are told apart by the held row.
    Raises Refused, and NotTaken for a file that is there already or one too many.
    """
    require(may(by, report, Act.SAVE, day_of(at)))
    with gone_when_it_fails() as stored, transaction.atomic():
        person, held = afresh(by), hold(report)  # in the order of every other act
        require(may(person, held, Act.SAVE, day_of(at)))
        refuse_more(file, digests(held))
        evidence = store(file, held, stored, by=by, at=at)
        note("evidence.add", evidence, held, by)
    return evidence


def hold(report: ProgressReport) -> ProgressReport:
    """The report as it stands, held until the transaction ends: nobody hands it in meanwhile."""
    rows = ProgressReport.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("period", "department").get(pk=report.pk)


def digests(report: ProgressReport) -> dict[str, str]:
    """The names of the files beside a report, by digest."""
    return dict(report.evidence.present().values_list("sha256", "name"))


def store(
    file: Sent, owner: ProgressReport | Closure, stored: list[Evidence], *, by: User, at: datetime
) -> Evidence:
    """Write the file and its row; what is named in `stored` goes again when the act fails."""
    evidence = Evidence(
        report=owner if isinstance(owner, ProgressReport) else None,
        closure=owner if isinstance(owner, Closure) else None,
        jurisdiction_id=owner.jurisdiction_id,
        name=file.name,
        size=len(file.data),
        sha256=file.sha256,
        media_type=file.kind.media_type,
        added_by=by,
        added_at=at,
    )
    stored.append(evidence)
    evidence.file.save(file.name, ContentFile(file.data), save=False)
    evidence.save(force_insert=True)
    return evidence


@contextmanager
def gone_when_it_fails() -> Iterator[list[Evidence]]:
    """A list for what an act stores; its files leave the disk again when the act fails."""
    stored: list[Evidence] = []
    try:
        yield stored
    except BaseException:
        for evidence in stored:
            if evidence.file.name:
                evidence.file.storage.delete(evidence.file.name)
        raise


def note(act: str, evidence: Evidence, report: ProgressReport, by: User) -> None:
    """Leave the entry of an act on a report's file: which report, which file."""
    record(
        act,
        actor=by,
        target=evidence,
        jurisdiction_id=evidence.jurisdiction_id,
        after={
            "report": str(report),
            "name": evidence.name,
            "size": evidence.size,
            "sha256": evidence.sha256,
        },
        stands_in_for=by.scope.stands_in_for(Who.REPORTER, report.department_id),
    )
