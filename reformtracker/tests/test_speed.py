"""The ledger page stays near what Django itself costs for a table of the same kind, measured in one run."""

from collections.abc import Callable
from datetime import date
from time import perf_counter

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from departments.models import User
from departments.tests.factories import make_department, make_officer
from progress.tests.factories import make_period, make_report
from reformtracker import urls
from tasks.models import Ledger, Task
from tasks.tests.factories import make_ledger, make_task

LIMIT = 3.0
ROUNDS = 15
_TABLE = (
    "<!doctype html><title>Bare</title><table>{% for task in tasks %}<tr><td>{{ task.number }}<td>{{ task.title }}"
    "<td>{{ task.body }}<td>{{ task.clause }}<td>{{ task.due_on }}<td>{{ task.get_due_kind_display }}"
    "<td>{{ task.get_state_display }}</tr>{% endfor %}</table>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """A page with a 50-row table from one query, behind the same middleware."""
    tasks = Task.objects.filter(ledger__name="bare")[:50]
    return HttpResponse(engines["django"].from_string(_TABLE).render({"tasks": tasks}, request))


urlpatterns = [*urls.urlpatterns, path("bare/", bare)]


def make_full_ledger() -> Ledger:
    """Forty tasks with three departments each, and a period with their reports."""
    leads = [make_department(f"市第{number}局") for number in range(3)]
    ledger = make_ledger()
    period = make_period(ledger)
    for _ in range(40):
        task = make_task(ledger, leads=(leads[0], leads[1]), participants=(leads[2],))
        for lead in leads[:2]:
            make_report(period, task, lead, submitted_on=date(2020, 12, 5))
    return ledger


def fastest(client: Client, url: str) -> float:
    """The best of several rounds, in milliseconds: what the page costs when nothing else is going on."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        response = client.get(url)
        times.append((perf_counter() - start) * 1000)
        assert response.status_code == 200
    return min(times)


@pytest.mark.urls("reformtracker.tests.test_speed")
def test_it_serves_forty_tasks_within_three_times_a_bare_table(
    db: None, sign_in: Callable[[User], Client], capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = make_full_ledger()
    other = make_ledger(name="bare")
    for _ in range(50):
        make_task(other)
    client = sign_in(make_officer())
    page, table = f"/ledgers/{ledger.pk}/", "/bare/"
    for url in (page, table):
        client.get(url)  # loads templates

    bare_ms, page_ms = fastest(client, table), fastest(client, page)

    with capsys.disabled():
        print(
            f"\nledger page, 40 tasks: {page_ms:.1f} ms; bare table, 50 rows: {bare_ms:.1f} ms; ratio {page_ms / bare_ms:.2f}"
        )
    assert page_ms <= LIMIT * bare_ms
