"""The last day of a quarter, on PostgreSQL: many hand in at the same moment, one wins where there is one thing to win."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from threading import Barrier

import pytest
from django.db import connection

from audit.models import Entry
from departments.models import Department, Membership, User
from departments.tests.factories import make_reporter
from progress.models import ProgressReport, ReportingPeriod, Revision
from progress.moves import Conflict, fresh
from progress.submit import submit
from progress.tests.cast import CONTENT, MORNING, make_cast
from progress.tests.factories import make_period
from tasks.models import Task
from tasks.tests.factories import make_ledger, make_task

TABS, REPORTERS, EACH, POOL = 50, 200, 5, 16


# Each thread has a transaction of its own; SQLite has one writer at a time and nothing to show here.
pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("committed_db")]


def test_it_has_one_winner_among_fifty_who_submit_at_once() -> None:
    cast = make_cast()
    writers = [make_reporter(cast.department, f"填报员{number}") for number in range(TABS)]
    start = Barrier(TABS)

    def send(writer: User) -> tuple[str, str]:
        try:
            seen, text = fresh(cast.report), f"{writer.full_name}写的进展。"
            start.wait(timeout=30)
            submit(seen, content=replace(CONTENT, text=text), version=0, by=writer, at=MORNING)
            return "won", text
        except Conflict as conflict:
            return "told", conflict.current.text
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        outcomes = list(pool.map(send, writers))

    stored = ProgressReport.objects.get()
    assert Counter(how for how, _ in outcomes) == {"won": 1, "told": TABS - 1}
    # The one who won, and all who are told what stands there now, name the same text: the one that is stored.
    assert {text for _, text in outcomes} == {stored.text}
    assert (stored.version, stored.state) == (1, "signed")
    assert stored.written_by is not None
    assert stored.text == f"{stored.written_by.full_name}写的进展。"
    assert Revision.objects.get().content["text"] == stored.text
    assert Entry.objects.get().act == "report.submit"


def test_it_stores_a_thousand_reports_of_two_hundred_reporters_once() -> None:
    desks = crowd()

    def file(reports: list[ProgressReport], writer: User) -> None:
        try:
            for report in reports:
                content = replace(CONTENT, text=text_of(report))
                submit(report, content=content, version=0, by=writer, at=MORNING)
        finally:
            connection.close()

    with ThreadPoolExecutor(POOL) as pool:
        for done in [pool.submit(file, reports, writer) for writer, reports in desks.items()]:
            done.result()

    stored = ProgressReport.objects.select_related("department", "task")
    assert len(stored) == REPORTERS * EACH
    assert [one.pk for one in stored if one.text != text_of(one)] == []
    assert set(stored.values_list("state", "version", "on_time")) == {("signed", 1, True)}
    assert Revision.objects.filter(act="submit").values("report").distinct().count() == len(stored)
    assert Counter(Entry.objects.values_list("act", flat=True)) == {"report.submit": len(stored)}


def text_of(report: ProgressReport) -> str:
    """What only this report says."""
    return f"{report.department.short_name}在{report.task.number}上的进展。"


def crowd() -> dict[User, list[ProgressReport]]:
    """The reports that each of the reporters owes."""
    ledger = make_ledger()
    period, tasks = make_period(ledger), [make_task(ledger) for _ in range(EACH)]
    place = ledger.jurisdiction
    bodies = Department.objects.bulk_create(
        Department(
            jurisdiction=place, name=f"平凉市第{number}局", short_name=f"第{number}局", position=number
        )
        for number in range(REPORTERS)
    )
    Department.objects.update(needs_sign_off=False)
    writers = User.objects.bulk_create(
        User(username=f"writer{number}", full_name=f"填报员{number}", password="!")
        for number in range(REPORTERS)
    )
    Membership.objects.bulk_create(
        Membership(user=writer, department=body, role="reporter")
        for writer, body in zip(writers, bodies, strict=True)
    )
    ProgressReport.objects.bulk_create(expected(period, task, body) for body, task in product(bodies, tasks))
    desks: dict[User, list[ProgressReport]] = {writer: [] for writer in writers}
    by_body = dict(zip((body.pk for body in bodies), writers, strict=True))
    for report in ProgressReport.objects.select_related("period", "department", "task"):
        desks[by_body[report.department_id]].append(report)
    return desks


def expected(period: ReportingPeriod, task: Task, body: Department) -> ProgressReport:
    """A report as opening the period makes it."""
    return ProgressReport(
        jurisdiction=period.jurisdiction,
        period=period,
        task=task,
        department=body,
        department_name=body.name,
        due_on=period.due_on,
    )
