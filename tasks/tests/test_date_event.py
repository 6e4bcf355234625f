"""date_event: a relative deadline gets its day from the day of its event."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_jurisdiction, make_officer
from tasks.models import Ledger, Task
from tasks.relative import day_after
from tasks.tests.factories import make_ledger, make_task

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
RELATIVE: dict[str, Any] = {
    "due_kind": "relative",
    "due_on": None,
    "event": "省级文件印发",
    "offset_count": 1,
    "offset_unit": "month",
}


@pytest.fixture
def ledger() -> Ledger:
    return make_ledger()


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    return sign_in(make_officer())


def post(client: Client, task: Task, **changes: Any) -> int:
    """Send what the page proposes, changed."""
    url = reverse("tasks:event", args=[task.pk])
    form = client.get(url).context["form"]
    given = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    return client.post(url, {**given, **changes}).status_code


@pytest.mark.parametrize(
    ("count", "unit", "day"),
    [
        (1, "month", date(2020, 10, 30)),
        (5, "month", date(2021, 2, 28)),
        (1, "quarter", date(2020, 12, 30)),
        (2, "week", date(2020, 10, 14)),
        (10, "day", date(2020, 10, 10)),
        (1, "year", date(2021, 9, 30)),
        (1, "workday", date(2020, 10, 9)),  # after the long holiday
    ],
)
def test_it_counts_from_the_event(count: int, unit: str, day: date) -> None:
    assert day_after(date(2020, 9, 30), count, unit) == day


def test_it_dates_the_task_and_those_of_the_same_event(office: Client, ledger: Ledger) -> None:
    one, other = make_task(ledger, **RELATIVE), make_task(ledger, **RELATIVE)
    apart = make_task(ledger, **{**RELATIVE, "event": "国家文件印发"})
    assert post(office, one, event_on="2020-09-15") == 302
    for task in (one, other, apart):
        task.refresh_from_db()
    assert (one.due_on, one.original_due_on) == (date(2020, 10, 15), date(2020, 10, 15))
    assert (other.due_on, apart.due_on) == (date(2020, 10, 15), None)
    assert Entry.objects.filter(act="task.date_event").count() == 2


def test_it_leaves_the_unticked_alone(office: Client, ledger: Ledger) -> None:
    one, other = make_task(ledger, **RELATIVE), make_task(ledger, **RELATIVE)
    post(office, one, event_on="2020-09-15", others=[])
    other.refresh_from_db()
    assert other.due_on is None


def test_it_counts_anew_when_the_day_is_corrected_and_clears_without_one(
    office: Client, ledger: Ledger
) -> None:
    task = make_task(ledger, **RELATIVE)
    post(office, task, event_on="2020-09-15")
    post(office, task, event_on="2020-09-20")
    task.refresh_from_db()
    assert (task.due_on, task.original_due_on) == (date(2020, 10, 20), date(2020, 10, 15))
    post(office, task, event_on="")
    task.refresh_from_db()
    assert (task.due_on, task.original_due_on, task.event_on) == (None, None, None)


def test_it_takes_event_and_span_that_the_paper_did_not_give(office: Client, ledger: Ledger) -> None:
    task = make_task(ledger, due_kind="relative", due_on=None)
    assert post(office, task, event="省级文件印发", count="2", unit="week", event_on="2020-09-15") == 302
    task.refresh_from_db()
    assert (task.event, task.due_on) == ("省级文件印发", date(2020, 9, 29))


@pytest.mark.parametrize(
    "wrong", [{"event": ""}, {"count": "0"}, {"unit": "age"}, {"event_on": "2020-13-01"}, {"seen": "x"}]
)
def test_it_refuses_what_cannot_be_counted(office: Client, ledger: Ledger, wrong: dict[str, str]) -> None:
    task = make_task(ledger, **RELATIVE)
    assert post(office, task, **{"event_on": "2020-09-15", **wrong}) == 400
    task.refresh_from_db()
    assert task.due_on is None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {**RELATIVE, "state": "completed", "closed_on": date(2020, 12, 1), "closing_reason": "已建成"},
    ],
)
def test_it_refuses_other_deadlines_and_closed_tasks(
    office: Client, ledger: Ledger, fields: dict[str, Any]
) -> None:
    task = make_task(ledger, **fields)
    assert office.get(reverse("tasks:event", args=[task.pk])).status_code == 403


def test_it_knows_no_task_of_another_place(sign_in: SignIn, ledger: Ledger) -> None:
    task = make_task(ledger, **RELATIVE)
    outsider = sign_in(make_officer(jurisdiction=make_jurisdiction("130100", "石家庄市")))
    assert outsider.get(reverse("tasks:event", args=[task.pk])).status_code == 404


def test_the_task_page_leads_there(office: Client, ledger: Ledger) -> None:
    task = make_task(ledger, **RELATIVE)
    page = office.get(reverse("reports:task", args=[task.pk])).content.decode()
    assert reverse("tasks:event", args=[task.pk]) in page
    assert "省级文件印发后1个月内" in page
