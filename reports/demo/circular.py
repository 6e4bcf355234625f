"""The demonstration's circular: the third quarter's, issued when that quarter had closed.

Made by the same acts that the screens use, from the ledger as it stood on that day; its number says 示例.
"""

from __future__ import annotations

from datetime import date, datetime, time

from departments.models import User
from progress.demo.quarters import SHANGHAI
from reports.draft_bulletin import draft_bulletin
from reports.issue import issue
from reports.models import Bulletin
from reports.save_bulletin import BulletinContent, save_bulletin
from tasks.models import Ledger

NUMBER = "平医改办发〔2020〕示例1号"
_DAY = date(2020, 11, 20)
_ISSUED = datetime.combine(_DAY, time(16, 20), SHANGHAI)


def make_circular(ledger: Ledger, office: User) -> None:
    """Issue the circular of a ledger's first period; nothing when a circular is there already."""
    if ledger.bulletins.exists():
        return
    period = ledger.periods.earliest("opens_on")
    draft = draft_bulletin(ledger, period, by=office, on=_DAY)
    issue(_numbered(draft, office), by=office, at=_ISSUED)


def _numbered(draft: Bulletin, office: User) -> Bulletin:
    content = BulletinContent(
        title=draft.title,
        number=NUMBER,
        addressees=draft.addressees,
        copies_to=draft.copies_to,
        dated=draft.dated,
        texts=draft.content["texts"],
    )
    return save_bulletin(draft, content, revision=draft.content["revision"], by=office)
