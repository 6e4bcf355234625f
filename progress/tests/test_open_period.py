"""开启报送期."""

from datetime import date
from typing import Any

import pytest

from audit.models import Entry
from departments.permissions import Refused
from departments.tests.factories import make_department, make_group
from progress.models import ProgressReport, ReportingPeriod
from progress.moves import NotPossible
from progress.open_period import open_period
from progress.propose import propose, window
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.factories import make_period
from tasks.tests.factories import assign, make_ledger, make_task


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    cast.report.delete()
    cast.period.delete()
    return cast


def open_fourth(cast: Cast, **fields: Any) -> ReportingPeriod:
    fields = {
        "kind": "quarter",
        "year": 2020,
        "number": 4,
        "name": "2020年第四季度",
        "opens_on": date(2020, 12, 1),
        "due_on": date(2020, 12, 15),
        "closes_on": date(2020, 12, 22),
        "by": cast.coordinator,
        "at": MORNING,
        **fields,
    }
    return open_period(cast.ledger, **fields)


def test_it_freezes_the_expected_set(cast: Cast) -> None:
    counties = [make_department(name) for name in ("静宁县人民政府", "泾川县人民政府")]
    group = make_group("各县（市、区）人民政府", counties)
    for county in counties:
        assign(cast.task, county, via_group=group)
    assign(cast.task, cast.neighbour, "participant")
    period = open_fourth(cast)
    rows = ProgressReport.objects.filter(period=period)
    assert set(rows.values_list("department__short_name", "department_name", "group_name")) == {
        ("市发改委", "平凉市发改委", ""),
        ("静宁县人民政府", "平凉静宁县人民政府", "各县（市、区）人民政府"),
        ("泾川县人民政府", "平凉泾川县人民政府", "各县（市、区）人民政府"),
    }
    assert {row.due_on for row in rows} == {date(2020, 12, 15)}
    assert (period.state, period.opened_at) == ("open", MORNING)
    assert Entry.objects.get(act="period.open").after["expected"] == 3


def test_it_asks_those_whom_the_ledger_names(cast: Cast) -> None:
    assign(cast.task, cast.neighbour, "responsible")
    cast.ledger.reporters = "responsible"
    cast.ledger.save()
    period = open_fourth(cast)
    assert period.reports.count() == 2


def test_it_leaves_closed_tasks_out(cast: Cast) -> None:
    make_task(
        cast.ledger,
        leads=(cast.neighbour,),
        state="completed",
        closed_on=date(2020, 12, 1),
        closing_reason="已办结。",
    )
    period = open_fourth(cast)
    assert list(period.reports.values_list("department", flat=True)) == [cast.department.pk]


def test_it_refuses_the_same_period_twice(cast: Cast) -> None:
    open_fourth(cast)
    with pytest.raises(NotPossible) as refused:
        open_fourth(cast)
    assert refused.value.reason == "这个报送期已经设置。"
    assert ProgressReport.objects.count() == 1


def test_it_refuses_dates_out_of_order(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        open_fourth(cast, closes_on=date(2020, 12, 14))
    assert refused.value.reason == "日期顺序应为：开始填报、截止日期、关闭日期。"
    assert not ReportingPeriod.objects.exists()


def test_it_refuses_a_ledger_in_which_nobody_reports(cast: Cast) -> None:
    cast.ledger = make_ledger()
    with pytest.raises(NotPossible) as refused:
        open_fourth(cast)
    assert refused.value.reason == "台账中没有需要报送的单位。"
    assert not ReportingPeriod.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "head", "leader", "stranger"])
def test_it_refuses_everybody_but_the_office(cast: Cast, role: str) -> None:
    with pytest.raises(Refused) as refused:
        open_fourth(cast, by=getattr(cast, role))
    assert str(refused.value) == "只有本地医改办的协调员可以办理此事。"
    assert not ReportingPeriod.objects.exists()


def test_it_proposes_the_quarter_of_today_on_working_days(cast: Cast) -> None:
    proposal = propose(cast.ledger, date(2020, 11, 30))
    assert proposal.quarter.name == "2020年第四季度"
    assert (proposal.opens_on, proposal.due_on, proposal.closes_on) == (
        date(2020, 12, 1),
        date(2020, 12, 15),
        date(2020, 12, 22),
    )


def test_it_proposes_ten_working_days_when_the_usual_date_is_near(cast: Cast) -> None:
    proposal = propose(cast.ledger, date(2020, 12, 14))
    assert (proposal.opens_on, proposal.due_on) == (date(2020, 12, 14), date(2020, 12, 28))


def test_it_proposes_the_quarter_after_the_last(cast: Cast) -> None:
    make_period(cast.ledger, number=3, name="2020年第三季度")
    assert propose(cast.ledger, DAY).quarter.number == 4


def test_it_counts_the_working_days_of_a_window(db: None) -> None:
    assert window(date(2020, 12, 1), date(2020, 12, 15)) == 11
    assert window(date(2020, 9, 30), date(2020, 10, 9)) == 2
