"""Acts of notices, circulars and exports."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from django.core.management import call_command

from notices.read import read, resend
from notices.urge import urge
from notices.write import void_before_sending, write_due
from progress.models import (
    ProgressReport,
)
from progress.tests.factories import at, make_period
from reformtracker.tests.acts.stage import NOW, TODAY, Do, Stage
from reports.draft_bulletin import draft_bulletin
from reports.issue import issue
from reports.save_bulletin import refresh_bulletin


def urged(stage: Stage) -> Do:
    period = stage.report().period
    return partial(urge, period, [stage.body], text="请报送。", by=stage.office, on=TODAY, at=NOW)


def written(stage: Stage) -> Do:
    stage.report()
    return partial(write_due, date(2020, 12, 14), at(date(2020, 12, 14)))


def voided(stage: Stage) -> Do:
    stage.report()
    write_due(date(2020, 12, 14), at(date(2020, 12, 14)))
    ProgressReport.objects.update(state="exempt", exempt_reason="本季无任务")
    return partial(void_before_sending, date(2020, 12, 14), at(date(2020, 12, 14)))


def refreshed(stage: Stage) -> Do:
    bulletin = stage.bulletin()
    return partial(
        refresh_bulletin, bulletin, revision=bulletin.content["revision"], by=stage.office, on=TODAY
    )


def drafted(stage: Stage) -> Do:
    return partial(draft_bulletin, stage.ledger, make_period(stage.ledger), by=stage.office, on=TODAY)


def built(stage: Stage) -> Do:
    period, folder = stage.report().period, Path(mkdtemp())
    return partial(
        call_command, "build_bulletin", str(stage.ledger.pk), str(period.pk), output=folder / "a.docx"
    )


ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "bulletin.build": built,
    "bulletin.download": lambda s: s.get(s.office, f"/bulletins/{s.bulletin().pk}/bulletin.docx"),
    "bulletin.draft": drafted,
    "bulletin.issue": lambda s: partial(issue, s.bulletin(), by=s.office, at=NOW),
    "bulletin.refresh": refreshed,
    "ledger.export": lambda s: s.get(s.office, f"/ledgers/{s.ledger.pk}/ledger.xlsx"),
    "notice.void": voided,
    "notice.read": lambda s: partial(read, s.notice(), by=s.reporter, at=NOW),
    "notice.resend": lambda s: partial(resend, s.notice(state="failed"), by=s.office),
    "notice.urge": urged,
    "notice.write": written,
}
