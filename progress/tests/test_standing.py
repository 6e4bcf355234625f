"""How a task stands on a day, from periods and reports."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from departments.models import Department, User
from departments.tests.factories import make_department, make_group, make_officer
from progress.models import ProgressReport, ReportingPeriod
from progress.standing import Standing, Voice, mean_percent, standings
from progress.tests.factories import at, make_period, make_report
from tasks.lights import Colour
from tasks.models import Task
from tasks.tests.factories import assign, make_ledger, make_task
from tasks.with_parts import with_parts

ON = date(2020, 12, 10)


@pytest.fixture
def office(db: None) -> User:
    return make_officer()


@pytest.fixture
def task(db: None) -> Task:
    return make_task(leads=(make_department("市卫健委"),))


def standing(task: Task, on: date = ON) -> Standing:
    return standings(with_parts(Task.objects.filter(pk=task.pk)), on)[task.pk]


def third_quarter(task: Task) -> ReportingPeriod:
    return make_period(
        task.ledger,
        number=3,
        name="2020年第三季度",
        opens_on=date(2020, 10, 9),
        due_on=date(2020, 10, 20),
        closes_on=date(2020, 10, 30),
    )


def accepted(
    period: ReportingPeriod, task: Task, office: User, percent: int, **fields: Any
) -> ProgressReport:
    lead = fields.pop("department", None) or task.assignments.get().department
    reviewed = fields.pop("reviewed_on", period.due_on)
    return make_report(
        period,
        task,
        lead,
        submitted_on=fields.pop("submitted_on", period.due_on),
        state="accepted",
        reviewed_by=office,
        reviewed_at=at(reviewed),
        confirmed_percent=percent,
        confirmed_status="normal",
        **fields,
    )


def test_it_is_grey_before_any_period(task: Task) -> None:
    found = standing(task)

    assert found.light.colour is Colour.IDLE
    assert (found.percent, found.expected) == (None, None)


def test_it_takes_the_line_at_the_due_date_of_the_last_closed_period(task: Task, office: User) -> None:
    accepted(third_quarter(task), task, office, 60)
    fourth = make_period(task.ledger)
    make_report(fourth, task, task.assignments.get().department)

    found = standing(task)

    assert found.percent == Decimal("60.0")
    assert found.expected == Decimal("60.9")  # 112 of 184 days on 20 October
    assert found.light.colour is Colour.GREEN


def test_it_takes_the_line_today_once_a_report_of_the_running_period_is_accepted(
    task: Task, office: User
) -> None:
    fourth = make_period(task.ledger)
    accepted(fourth, task, office, 60, reviewed_on=date(2020, 12, 8), submitted_on=date(2020, 12, 7))

    found = standing(task)

    assert found.expected == Decimal("88.6")
    assert found.light.reasons == ("低于序时进度28.6个百分点",)


def test_it_looks_back_at_a_day_before_the_acceptance(task: Task, office: User) -> None:
    fourth = make_period(task.ledger)
    accepted(fourth, task, office, 60, reviewed_on=date(2020, 12, 8), submitted_on=date(2020, 12, 7))

    assert standing(task, date(2020, 12, 7)).percent is None
    assert standing(task, date(2020, 12, 8)).percent == Decimal("60.0")


def test_it_stays_yellow_after_a_late_report_until_the_next_period_closes(task: Task, office: User) -> None:
    accepted(third_quarter(task), task, office, 61, submitted_on=date(2020, 10, 23))

    assert standing(task).light.reasons == ("市卫健委第三季度报送逾期3天",)
    assert standing(task).light.colour is Colour.YELLOW


def test_it_turns_red_when_a_lead_never_reported(task: Task) -> None:
    make_report(third_quarter(task), task, task.assignments.get().department)

    assert standing(task, date(2020, 10, 30)).light.colour is Colour.YELLOW
    assert standing(task, date(2020, 10, 31)).light.colour is Colour.RED
    assert standing(task, date(2020, 10, 31)).light.reasons == ("市卫健委第三季度未报",)


def test_it_turns_yellow_when_some_members_of_a_group_are_missing_and_red_when_all_are(office: User) -> None:
    members = [
        make_department(f"{name}人民政府", kind=Department.Kind.LOCAL) for name in ("泾川县", "静宁县")
    ]
    group = make_group("各县（市、区）人民政府", members)
    task = make_task()
    for member in members:
        assign(task, member, via_group=group)
    third = third_quarter(task)
    filed = accepted(third, task, office, 70, department=members[0], group_name=group.name)
    make_report(third, task, members[1], group_name=group.name)

    assert standing(task).light.reasons == ("静宁县人民政府第三季度未报",)
    assert standing(task).light.colour is Colour.YELLOW

    ProgressReport.objects.filter(pk=filed.pk).update(
        state="expected", submitted_at=None, first_submitted_at=None, on_time=None
    )
    assert standing(task).light.colour is Colour.RED


def test_it_names_the_department_that_says_it_lags(task: Task) -> None:
    fourth = make_period(task.ledger)
    make_report(
        fourth, task, task.assignments.get().department, submitted_on=date(2020, 12, 5), said_status="lagging"
    )

    assert standing(task).light.reasons == ("市卫健委自报滞后",)


def test_it_leaves_an_exempted_report_out(task: Task) -> None:
    make_report(
        third_quarter(task),
        task,
        task.assignments.get().department,
        state="exempt",
        exempt_reason="本季无安排",
    )

    assert standing(task).light.colour is Colour.IDLE


def test_it_counts_a_group_once_in_the_mean() -> None:
    voices = [
        Voice("市卫健委", "", 90),
        Voice("泾川县", "各县", 40),
        Voice("静宁县", "各县", 60),
        Voice("华亭市", "各县", None),
    ]

    assert mean_percent(voices) == Decimal("70.0")
    assert mean_percent([]) is None


def test_it_costs_the_same_for_two_tasks_and_for_twenty(
    office: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ledger = make_ledger()
    third = make_period(ledger)
    lead = make_department()
    for _ in range(20):
        task = make_task(ledger, leads=(lead,))
        accepted(third, task, office, 50)
    tasks = with_parts(Task.objects.filter(ledger=ledger))

    with django_assert_max_num_queries(4):
        assert len(standings(tasks[:2], ON)) == 2
    with django_assert_max_num_queries(4):
        assert len(standings(tasks, ON)) == 20
