"""The stage on which acts are done: a place with its people, a ledger, a period and a paper."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from departments.models import Jurisdiction, Post, User
from departments.tests.factories import (
    make_department,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
)
from documents.models import Draft
from documents.tests.factories import draft_of, make_text_paper
from notices.models import Notice
from progress.models import (
    ProgressReport,
)
from progress.tests.factories import at, make_period, make_report
from reports.draft_bulletin import draft_bulletin
from reports.models import Bulletin
from tasks.tests.factories import make_ledger, make_task

TODAY = date(2020, 12, 10)
NOW = at(TODAY)
Do = Callable[[], object]
SignIn = Callable[[User], Client]


@dataclass
class Stage:
    """平凉市 with a department, its people, a ledger, a period and a paper."""

    sign_in: SignIn
    place: Jurisdiction = field(default_factory=make_jurisdiction)

    def __post_init__(self) -> None:
        self.body = make_department("市卫健委", self.place)
        self.other = make_department("市体育局", self.place)
        self.reporter, self.head = make_reporter(self.body), make_head(self.body)
        self.office = make_officer()
        self.ledger = make_ledger(jurisdiction=self.place)
        self.task = make_task(self.ledger, leads=(self.body,))

    def person(self, role: Post.Role) -> User:
        """Somebody with a post here."""
        return make_officer(role, full_name="冯凯")

    def report(self, state: str = "", **fields: object) -> ProgressReport:
        """The department's report of the running quarter, handed in when a state is named."""
        handed = (
            {"state": state, "submitted_on": date(2020, 12, 8), "written_by": self.reporter} if state else {}
        )
        return make_report(make_period(self.ledger), self.task, self.body, **(handed | fields))

    def draft(self) -> Draft:
        """A paper that was read and is not adopted yet."""
        return draft_of(make_text_paper())

    def bulletin(self) -> Bulletin:
        """The draft of a circular."""
        return draft_bulletin(self.ledger, make_period(self.ledger), by=self.office, on=TODAY)

    def notice(self, **fields: object) -> Notice:
        """A notice to the reporter."""
        period = make_period(self.ledger)
        return Notice.objects.create(
            recipient=self.reporter,
            kind="reminder",
            subject_type="progress.reportingperiod",
            subject_id=period.pk,
            occurrence=TODAY,
            period=period,
            jurisdiction=self.place,
            title="报送提醒",
            body="请报送。",
            link="/",
            **fields,
        )

    def get(self, user: User, address: str) -> Do:
        """Open an address to the end."""
        client = self.sign_in(user)
        return lambda: b"".join(client.get(address))

    def post(self, user: User, address: str, **data: object) -> Do:
        """Send a form."""
        client = self.sign_in(user)
        return lambda: client.post(address, data)
