"""The five papers, read by the real parser and adopted as ledgers."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from departments.models import Jurisdiction, User
from documents.models import PolicyDocument
from documents.upload import take_in
from progress.demo.sources import Place, paper
from tasks.adopt import Choices, adopt
from tasks.models import Ledger

ADOPTED_AT = datetime.combine(date(2020, 11, 2), time(9, 15), ZoneInfo("Asia/Shanghai"))


def make_ledger(place: Place, jurisdiction: Jurisdiction, coordinator: User) -> Ledger:
    """Get the place's ledger, or take its paper in and adopt it as a coordinator would.

    What must be checked is accepted as read: the demonstration shows the parser's own work.
    """
    known = Ledger.objects.filter(jurisdiction=jurisdiction, name=place["ledger"]["name"]).first()
    return known or _adopt(place, _take_in(place, jurisdiction, coordinator), coordinator)


def _take_in(place: Place, jurisdiction: Jurisdiction, coordinator: User) -> PolicyDocument:
    name = f"{place['ledger']['name']}.txt"
    return take_in(paper(place), name, jurisdiction=jurisdiction, by=coordinator, at=ADOPTED_AT)


def _adopt(place: Place, document: PolicyDocument, coordinator: User) -> Ledger:
    facts = place["ledger"]
    return adopt(
        document.drafts.open().get(),
        name=facts["name"],
        year=facts["year"],
        starts_on=date.fromisoformat(facts["starts_on"]),
        ends_on=date.fromisoformat(facts["ends_on"]),
        by=coordinator,
        at=ADOPTED_AT,
        choices=Choices(accept_open=True),
    )
