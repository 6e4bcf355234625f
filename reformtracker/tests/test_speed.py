"""The ledger page stays near what a bare Django page costs here, measured in one run."""

import gc
from collections.abc import Callable
from datetime import date
from functools import cache
from time import perf_counter
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import path

from departments.models import User
from departments.tests.factories import make_department, make_officer
from progress.tests.factories import make_period, make_report
from reformtracker import urls
from tasks.models import Ledger, Task
from tasks.querysets import TaskQuerySet
from tasks.tests.factories import make_ledger, make_task

LIMIT = 3.0
ROUNDS = 40
_ROWS = (
    "<table>{% for task in tasks %}<tr><td>{{ task.number }}<td>{{ task.title }}"
    "<td>{{ task.body }}<td>{{ task.clause }}<td>{{ task.due_on }}<td>{{ task.get_due_kind_display }}"
    "<td>{{ task.get_state_display }}</tr>{% endfor %}</table>"
)
_IN_SHELL = "{% extends 'base.html' %}{% block content %}" + _ROWS + "{% endblock %}"


def bare(request: HttpRequest) -> HttpResponse:
    """A bare Django page: a table of 50 rows from one query, with the context that every template gets."""
    return HttpResponse(compiled(_ROWS).render({"tasks": fifty()}, request))


def in_shell(request: HttpRequest) -> HttpResponse:
    """The same table inside the shell, printed for comparison: no limit is held against it."""
    return HttpResponse(compiled(_IN_SHELL).render({"tasks": fifty()}, request))


def alone(request: HttpRequest) -> HttpResponse:
    """The same table without any context of the installation, printed for comparison too."""
    return HttpResponse(compiled(_ROWS).render({"tasks": fifty()}))


@cache
def compiled(source: str) -> Any:
    """A template, read once as the loaders of the installation do."""
    return engines["django"].from_string(source)


def fifty() -> TaskQuerySet:
    """The rows of the pages compared with."""
    return Task.objects.filter(ledger__name="bare")[:50]


urlpatterns = [*urls.urlpatterns, path("bare/", bare), path("in-shell/", in_shell), path("alone/", alone)]


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


class Server:
    """The application as a web server calls it, without what the test client adds to every template."""

    def __init__(self, client: Client) -> None:
        self.handler = WSGIHandler()
        self.requests = RequestFactory()
        self.requests.cookies = client.cookies

    def milliseconds(self, url: str) -> float:
        """How long one answer takes."""
        request = self.requests.get(url)
        start = perf_counter()
        response = self.handler.get_response(request)
        passed = (perf_counter() - start) * 1000
        assert response.status_code == 200
        return passed


@pytest.mark.speed
@pytest.mark.urls("reformtracker.tests.test_speed")
def test_it_serves_forty_tasks_within_three_times_a_bare_page(
    db: None, sign_in: Callable[[User], Client], capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = make_full_ledger()
    other = make_ledger(name="bare")
    for _ in range(50):
        make_task(other)
    server = Server(sign_in(make_officer()))
    pages = (f"/ledgers/{ledger.pk}/", "/bare/", "/in-shell/", "/alone/")
    for url in pages:
        server.milliseconds(url)  # loads templates

    gc.freeze()  # what the tests before this one keep in memory is not the pages' burden
    rounds = [[server.milliseconds(url) for url in pages] for _ in range(ROUNDS)]
    # The best of each: what the pages cost when nothing else is going on.
    page_ms, bare_ms, shell_ms, alone_ms = (min(times) for times in zip(*rounds, strict=True))

    with capsys.disabled():
        print(
            f"\nledger page, 40 tasks: {page_ms:.1f} ms; bare page, 50 rows: {bare_ms:.1f} ms, "
            f"ratio {page_ms / bare_ms:.2f} (in the shell: {shell_ms:.1f} ms, {page_ms / shell_ms:.2f}; "
            f"without any context: {alone_ms:.1f} ms, {page_ms / alone_ms:.2f})"
        )
    assert page_ms <= LIMIT * bare_ms
