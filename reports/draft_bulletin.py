"""起草通报: a draft with texts and figures made from the ledger, and the same again with new figures.

`content` holds the texts as they stand ("texts"), as they were made ("generated"), and the number of
writings ("revision"), so that a text somebody has rewritten is never replaced, and a second tab cannot
overwrite the first.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from progress.models import ProgressReport, ReportingPeriod
from reports.bulletin_figures import BulletinFigures, bulletin_figures, differences
from reports.bulletin_names import addressees_of, basis_of, copies_of, short_office, title_of
from reports.bulletin_text import texts_of
from reports.models import Bulletin
from reports.permissions import draft_bulletin as may_draft
from reports.rows import TaskRow, is_accepted, task_rows
from tasks.lights import Colour
from tasks.models import Ledger, Task


@transaction.atomic
def draft_bulletin(ledger: Ledger, period: ReportingPeriod, *, by: User, on: date) -> Bulletin:
    """The open draft of a period: a new one, or the one that exists already. Raises Refused."""
    require(may_draft(afresh(by), ledger))
    found = Bulletin.objects.filter(period=period, state=Bulletin.State.DRAFT).first()
    if found:
        return found
    bulletin = make_bulletin(ledger, period, on=on)
    bulletin.created_by = by
    bulletin.version = Bulletin.objects.filter(period=period).count() + 1
    bulletin.save()
    record(
        "bulletin.draft",
        actor=by,
        target=bulletin,
        jurisdiction_id=ledger.jurisdiction_id,
        after={"period": period.name, "as_of": on.isoformat()},
    )
    return bulletin


def make_bulletin(ledger: Ledger, period: ReportingPeriod, *, on: date) -> Bulletin:
    """A circular as the ledger stands on a day, not saved."""
    figures = read_figures(ledger, period, on)
    place = ledger.jurisdiction
    texts = _texts(ledger, figures)
    return Bulletin(
        jurisdiction=place,
        ledger=ledger,
        period=period,
        title=title_of(ledger, period),
        addressees=addressees_of(place),
        copies_to=copies_of(place),
        as_of=on,
        dated=on,
        content={"texts": texts, "generated": texts, "revision": 1},
        figures=figures.as_json(),
    )


def refreshed(bulletin: Bulletin, on: date) -> Bulletin:
    """The same circular with the figures of a day, not saved; rewritten texts stay as they are."""
    ledger = bulletin.ledger
    figures = read_figures(ledger, bulletin.period, on)
    made, content = _texts(ledger, figures), bulletin.content
    kept = rewritten(bulletin)
    bulletin.content = {
        **content,
        "texts": {key: content["texts"][key] if key in kept else text for key, text in made.items()},
        "generated": made,
    }
    bulletin.figures = figures.as_json()
    bulletin.as_of = on
    return bulletin


def changed_since(bulletin: Bulletin, on: date) -> list[str]:
    """What the ledger says otherwise on a day than when the draft's figures were taken."""
    now = read_figures(bulletin.ledger, bulletin.period, on)
    return differences(BulletinFigures.from_json(bulletin.figures), now)


def rewritten(bulletin: Bulletin) -> set[str]:
    """The blocks whose text a person has changed."""
    texts, made = bulletin.content["texts"], bulletin.content["generated"]
    return {key for key, text in texts.items() if text != made.get(key, "")}


def read_figures(ledger: Ledger, period: ReportingPeriod, on: date) -> BulletinFigures:
    """The figures of a period as of a day."""
    rows = task_rows(Task.objects.filter(ledger=ledger), period=period, on=on)
    return bulletin_figures(ledger, rows, period, on, _latest_confirmed(rows, on), _practices(period, on))


def _practices(period: ReportingPeriod, on: date) -> list[ProgressReport]:
    """The reports of a period, confirmed by a day, that are recommended as 典型做法."""
    recommended = period.reports.filter(is_practice=True).select_related("task", "department")
    return [one for one in recommended if is_accepted(one, on)]


def _latest_confirmed(rows: list[TaskRow], on: date) -> dict[int, list[ProgressReport]]:
    """Of each red task, the reports confirmed by a day in the newest period that has any (one query)."""
    red = [row.task.pk for row in rows if row.colour == Colour.RED]
    reports = ProgressReport.objects.filter(task__in=red, state=ProgressReport.State.ACCEPTED)
    newest: dict[int, int] = {}
    found: dict[int, list[ProgressReport]] = {}
    for report in reports.order_by("-period__opens_on", "department__position"):
        if not is_accepted(report, on):
            continue
        if newest.setdefault(report.task_id, report.period_id) == report.period_id:
            found.setdefault(report.task_id, []).append(report)
    return found


def _texts(ledger: Ledger, figures: BulletinFigures) -> dict[str, str]:
    return texts_of(figures, basis=basis_of(ledger), office=short_office(ledger.jurisdiction))
