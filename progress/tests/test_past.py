"""How a task stood on an earlier day: nothing that was done later changes it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.content import CAUSES, REMEDIES
from progress.models import Closure
from progress.requests.decide import decide
from progress.requests.workflow import Act
from progress.review import accept, reopen
from progress.standing import Standing, standings, standings_on
from progress.submit import submit
from progress.tests.cast import CONTENT, Cast, make_cast
from progress.tests.factories import at, make_period, make_report
from progress.tests.requests import make_closure, make_extension
from tasks.lights import Colour
from tasks.models import Task, TaskChange
from tasks.reopen import reopen_task
from tasks.with_parts import with_parts

pytestmark = pytest.mark.django_db
DEADLINE = date(2020, 12, 31)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast(needs_sign_off=False)
    Task.objects.filter(pk=cast.task.pk).update(due_kind="fixed", due_on=DEADLINE, original_due_on=DEADLINE)
    return cast


def stood(cast: Cast, on: date) -> Standing:
    return standings(with_parts(Task.objects.filter(pk=cast.task.pk)), on)[cast.task.pk]


def grant(cast: Cast, on: date) -> None:
    decide(make_extension(cast), Act.GRANT, version=0, note="", by=cast.coordinator, at=at(on))


def test_an_extension_counts_from_the_day_it_is_granted(cast: Cast) -> None:
    grant(cast, date(2020, 12, 28))

    assert stood(cast, date(2020, 12, 27)).task.due_on == DEADLINE
    assert "距完成时限还有4天" in stood(cast, date(2020, 12, 27)).light.reasons
    assert stood(cast, date(2020, 12, 28)).task.due_on == date(2021, 3, 31)
    assert not any("距完成时限" in reason for reason in stood(cast, date(2020, 12, 28)).light.reasons)


def test_a_task_closed_later_was_open_and_one_opened_again_was_closed(cast: Cast) -> None:
    closure: Closure = make_closure(cast)
    decide(closure, Act.COMPLETE, version=0, note="", by=cast.coordinator, at=at(date(2020, 12, 12)))
    reopen_task(
        Task.objects.get(pk=cast.task.pk), reason="抽查不实。", by=cast.coordinator, on=date(2020, 12, 20)
    )

    days = [date(2020, 12, 11), date(2020, 12, 12), date(2020, 12, 19), date(2020, 12, 20)]
    closed = [stood(cast, day).light.colour is Colour.DONE for day in days]
    assert closed == [False, True, True, False]


def test_a_report_counts_from_its_confirmation_until_it_is_opened_again(cast: Cast) -> None:
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 12, 8)))
    confirmed = accept(
        sent, version=1, percent=80, status="normal", note="", by=cast.coordinator, at=at(date(2020, 12, 10))
    )
    reopen(confirmed, version=2, reason="数据有误。", by=cast.coordinator, at=at(date(2020, 12, 14)))

    days = [date(2020, 12, 9), date(2020, 12, 10), date(2020, 12, 13), date(2020, 12, 14)]
    assert [stood(cast, day).percent for day in days] == [None, 80, 80, None]


def test_a_judgement_of_lagging_is_the_one_that_stood_on_the_day(cast: Cast) -> None:
    lagging = replace(
        CONTENT,
        said_status="lagging",
        cause=CAUSES[0],
        remedy=REMEDIES[0],
        problems="资金未到位。",
        next_steps="争取资金。",
    )
    sent = submit(cast.report, content=lagging, version=0, by=cast.reporter, at=at(date(2020, 12, 8)))
    cast.report.refresh_from_db()
    assert sent.said_status == "lagging"

    assert not stood(cast, date(2020, 12, 7)).light.reasons[0].endswith("自报滞后")
    assert any("自报滞后" in reason for reason in stood(cast, date(2020, 12, 8)).light.reasons)


def test_a_period_opened_later_asked_for_nothing_yet(cast: Cast) -> None:
    period = make_period(cast.ledger, year=2021, number=1, opened_at=at(date(2021, 3, 1)))
    make_report(period, cast.task, cast.department)

    assert len(stood(cast, date(2021, 2, 28)).reports) == 1
    assert len(stood(cast, date(2021, 3, 1)).reports) == 2


def test_what_the_task_repeats_of_its_reports_is_the_answer_of_today(cast: Cast) -> None:
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 12, 8)))
    accept(
        sent, version=1, percent=62, status="ahead", note="", by=cast.coordinator, at=at(date(2020, 12, 9))
    )

    task = Task.objects.get(pk=cast.task.pk)
    assert task.confirmed_percent == 62
    assert task.confirmed_status == "ahead"
    assert stood(cast, date(2020, 12, 10)).percent == task.confirmed_percent


def test_many_days_cost_no_more_than_one(cast: Cast) -> None:
    grant(cast, date(2020, 12, 28))
    submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 12, 8)))
    tasks = with_parts(Task.objects.filter(pk=cast.task.pk))

    with CaptureQueriesContext(
        connection,
    ) as one:
        standings_on(tasks, [date(2020, 12, 1)])
    with CaptureQueriesContext(connection) as many:
        found = standings_on(tasks, [date(2020, 12, day) for day in range(1, 31)])

    assert len(many) == len(one) <= 5
    assert len(found) == 30


def test_what_was_changed_stays_as_it_was_written(cast: Cast) -> None:
    grant(cast, date(2020, 12, 28))
    change = TaskChange.objects.get()

    assert (change.kind, change.before, change.after) == (
        "extension",
        {"due_on": "2020-12-31"},
        {"due_on": "2021-03-31"},
    )
    with pytest.raises(Exception, match="append-only"):
        change.delete()
