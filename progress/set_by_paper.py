"""文件规定: the reporting dates that a ledger's paper sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.models import Draft
from documents.reading import iso_day
from tasks.models import Ledger


@dataclass(frozen=True)
class SetDate:
    """A reporting date in the paper's own words; without a day where the words give none (每季度末)."""

    words: str
    due_on: date | None


def dates_set(ledger: Ledger) -> list[SetDate]:
    """The dates of the ledger's paper that no period is due on yet (two queries at most)."""
    drafts = Draft.objects.filter(document=ledger.document_id, state=Draft.State.ADOPTED)
    draft = drafts.first() if ledger.document_id else None
    if draft is None:
        return []
    used = set(ledger.periods.values_list("due_on", flat=True))
    found = draft.content.get("document", {}).get("reporting_dates") or []
    dates = [SetDate(one.get("raw") or "", iso_day(one.get("date"))) for one in found]
    return [one for one in dates if one.due_on not in used]
