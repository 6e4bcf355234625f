"""催办: one click for one or several departments, once a day each."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from audit.models import Entry
from departments.models import Department, Post, User
from departments.permissions import Refused
from departments.tests.factories import (
    make_department,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
)
from notices.models import Notice, Urge
from notices.urge import Outcome, urge
from progress.models import ProgressReport, ReportingPeriod
from progress.tests.factories import at, make_period, make_report
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
TODAY = date(2020, 12, 10)
TEXT = "请于12月15日前报送第四季度进展报告。"


class Cast:
    """Two departments that owe, and who serves them."""

    def __init__(self) -> None:
        self.period = make_period()
        self.health, self.finance = make_department("市卫健委"), make_department("市财政局")
        self.reporter, self.head = make_reporter(self.health), make_head(self.health)
        self.coordinator = make_officer()
        make_reporter(self.finance, "刘洋")
        for department in (self.health, self.finance):
            owe(self.period, department)

    def urge(self, *departments: Department, on: date = TODAY) -> Outcome:
        """Urge by the coordinator."""
        return urge(self.period, departments, text=TEXT, by=self.coordinator, on=on, at=at(on))

    def post(self, client: Client, **data: object) -> HttpResponse:
        """Press the button."""
        fields = {"period": self.period.pk, "department": [self.health.pk], "text": TEXT, **data}
        answer = client.post(f"/ledgers/{self.period.ledger_id}/urge/", fields, headers={"Referer": BACK})
        assert isinstance(answer, HttpResponse)
        return answer


BACK = "http://testserver/ledgers/1/dashboard/"


def owe(period: ReportingPeriod, department: Department) -> ProgressReport:
    """One expected report."""
    return make_report(period, make_task(period.ledger, leads=(department,)), department)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def told(answer: HttpResponse) -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]  # the test client adds it


# The act


def test_it_urges_those_who_file_and_those_who_sign_off(cast: Cast) -> None:
    outcome = cast.urge(cast.health)

    assert (outcome.urged, outcome.refused) == ([cast.health], [])
    assert {notice.recipient for notice in Notice.objects.all()} == {cast.reporter, cast.head}
    notice = Notice.objects.filter(recipient=cast.reporter).get()
    assert (notice.kind, notice.urgent, notice.occurrence) == ("urge", True, TODAY)
    assert notice.title == "催办：2020年第四季度进展报告还有1份未提交"
    assert TEXT in notice.body
    assert notice.link == f"/ledgers/{cast.period.ledger_id}/filing/"


def test_it_urges_several_departments_and_logs_each(cast: Cast) -> None:
    cast.urge(cast.health, cast.finance)

    assert {(row.department, row.by, row.text) for row in Urge.objects.all()} == {
        (cast.health, cast.coordinator, TEXT),
        (cast.finance, cast.coordinator, TEXT),
    }
    entry = Entry.objects.get(act="notice.urge")
    assert (entry.actor_name, entry.after) == (
        "李静",
        {"departments": ["市卫健委", "市财政局"], "text": TEXT},
    )


def test_it_leaves_one_notice_to_a_person_of_two_departments(cast: Cast) -> None:
    cast.reporter.memberships.create(department=cast.finance, role="reporter")

    cast.urge(cast.health, cast.finance)

    notice = Notice.objects.get(recipient=cast.reporter)
    assert "市卫健委" in notice.body
    assert "市财政局" in notice.body


def test_it_urges_such_a_person_again_for_the_other_department(cast: Cast) -> None:
    cast.reporter.memberships.create(department=cast.finance, role="reporter")

    cast.urge(cast.health)
    cast.urge(cast.finance)

    assert Notice.objects.filter(recipient=cast.reporter).count() == 2


def test_it_refuses_a_second_urge_of_the_day(cast: Cast) -> None:
    cast.urge(cast.health)

    outcome = cast.urge(cast.health, cast.finance)

    assert outcome.urged == [cast.finance]
    assert outcome.refused == [(cast.health, "今天已经催办过，同一单位、同一报送期一天只能催办一次。")]
    assert Urge.objects.count() == 2


def test_it_urges_again_on_the_next_day(cast: Cast) -> None:
    cast.urge(cast.health)

    assert cast.urge(cast.health, on=date(2020, 12, 11)).urged == [cast.health]


def test_it_refuses_a_department_that_has_filed(cast: Cast) -> None:
    cast.period.reports.filter(department=cast.health).update(
        state="signed", submitted_at=at(TODAY), first_submitted_at=at(TODAY), on_time=True
    )

    assert cast.urge(cast.health).refused == [(cast.health, "本期没有未提交的报告。")]
    assert not Urge.objects.exists()
    assert not Entry.objects.filter(act="notice.urge").exists()


def test_it_refuses_when_the_period_is_closed(cast: Cast) -> None:
    outcome = cast.urge(cast.health, on=date(2020, 12, 23))

    assert outcome.refused == [(cast.health, "报送期已关闭，不能再提交。")]


def test_it_refuses_a_department_whom_nobody_serves(cast: Cast) -> None:
    empty = make_department("市体育局")
    owe(cast.period, empty)

    assert cast.urge(empty).refused == [(empty, "没有填报员和审核人，收不到催办。")]


@pytest.mark.parametrize("role", [Post.Role.LEADER, Post.Role.SYSTEM_ADMIN])
def test_it_refuses_anybody_but_a_coordinator(cast: Cast, role: Post.Role) -> None:
    with pytest.raises(Refused, match="协调员"):
        urge(cast.period, [cast.health], text=TEXT, by=make_officer(role), on=TODAY, at=at(TODAY))
    assert not Urge.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_it_urges_once_when_two_coordinators_click_at_once() -> None:
    cast = Cast()
    start, urged = threading.Barrier(2), []

    def click() -> None:
        try:
            start.wait()
            urged.append(len(cast.urge(cast.health).urged))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert sorted(urged) == [0, 1]
    assert Urge.objects.count() == 1


# The button


def test_it_goes_back_and_says_what_became_of_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    cast.urge(cast.finance)

    answer = cast.post(client, department=[cast.health.pk, cast.finance.pk])

    assert (answer.status_code, answer["Location"]) == (302, BACK)
    assert told(answer) == [
        "已催办市卫健委。",
        "未催办市财政局：今天已经催办过，同一单位、同一报送期一天只能催办一次。",
    ]


def test_it_fills_in_the_words_when_there_are_none(cast: Cast, sign_in: SignIn) -> None:
    cast.post(sign_in(cast.coordinator), text="")

    assert Urge.objects.get().text == "请尽快提交2020年第四季度进展报告。"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"department": []}, "没有催办：请先选中要催办的单位。"),
        ({"department": [0]}, "没有催办：选中的单位在本台账没有报送任务。"),
        ({"department": ["x"]}, "没有催办：选中的单位在本台账没有报送任务。"),
        ({"period": ""}, "没有催办：请选择报送期。"),
        ({"period": 0}, "没有催办：没有这个报送期。"),
        ({"text": "催" * 501}, "没有催办：催办内容不能超过500字。"),
    ],
)
def test_it_says_what_is_wrong_with_the_form(
    cast: Cast, sign_in: SignIn, data: dict[str, object], sentence: str
) -> None:
    answer = cast.post(sign_in(cast.coordinator), **data)

    assert told(answer) == [sentence]
    assert not Urge.objects.exists()


def test_it_refuses_a_period_of_another_ledger(cast: Cast, sign_in: SignIn) -> None:
    answer = cast.post(sign_in(cast.coordinator), period=make_period().pk)

    assert told(answer) == ["没有催办：没有这个报送期。"]


def test_it_does_not_lead_to_another_site(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    answer = client.post(
        f"/ledgers/{cast.period.ledger_id}/urge/", headers={"Referer": "https://example.com/"}
    )

    assert answer["Location"] == "/"


def test_it_refuses_a_reporter_in_words(cast: Cast, sign_in: SignIn) -> None:
    answer = cast.post(sign_in(cast.reporter))

    assert answer.status_code == 403
    assert "只有本地医改办的协调员可以办理此事。" in answer.content.decode()


def test_it_hides_the_ledger_from_another_place(cast: Cast, sign_in: SignIn) -> None:
    outsider = make_officer(jurisdiction=make_jurisdiction("130100", "石家庄市"))

    assert cast.post(sign_in(outsider)).status_code == 404
    assert not Urge.objects.exists()


def test_it_only_takes_posts(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.coordinator).get(f"/ledgers/{cast.period.ledger_id}/urge/").status_code == 405
    assert not Urge.objects.exists()
