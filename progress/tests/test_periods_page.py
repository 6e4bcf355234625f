"""报送期."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_jurisdiction, make_officer
from progress.models import ReportingPeriod
from progress.tests.cast import Cast, make_cast
from progress.tests.factories import make_period
from timekeeping.models import Holiday

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def page_of(cast: Cast) -> str:
    return reverse("progress:periods", args=[cast.ledger.pk])


def form(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "quarter",
        "year": 2021,
        "number": 1,
        "name": "2021年第一季度",
        "opens_on": "2021-03-01",
        "due_on": "2021-03-15",
        "closes_on": "2021-03-22",
        **fields,
    }


def test_it_proposes_the_next_quarter(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coordinator).get(page_of(cast))
    assert response.context["form"].initial["name"] == "2021年第一季度"
    assert "开启后应报1份，涉及1个单位" in response.content.decode()


def test_it_opens_a_period(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coordinator).post(page_of(cast), form())
    period = ReportingPeriod.objects.get(year=2021)
    assert response.status_code == 302
    assert (period.state, period.reports.count()) == ("open", 1)


def test_it_refuses_the_same_period_twice(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coordinator).post(page_of(cast), form(year=2020, number=4))
    assert response.status_code == 400
    assert "这个报送期已经设置。" in response.content.decode()
    assert ReportingPeriod.objects.count() == 1


def test_it_refuses_dates_out_of_order(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coordinator).post(page_of(cast), form(closes_on="2021-03-10"))
    assert response.status_code == 400
    assert "日期顺序应为：开始填报、截止日期、关闭日期。" in response.content.decode()
    assert ReportingPeriod.objects.count() == 1


def test_it_warns_of_a_short_window_and_lets_the_office_insist(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    response = client.post(page_of(cast), form(due_on="2021-03-03"))
    assert response.status_code == 400
    assert "填报时间只有3个工作日，少于5个工作日" in response.content.decode()
    assert ReportingPeriod.objects.count() == 1
    client.post(page_of(cast), form(due_on="2021-03-03", confirm_short="on"))
    assert ReportingPeriod.objects.count() == 2


def test_it_says_how_long_departments_have(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.coordinator).get(page_of(cast)).content.decode()
    assert "填报时间11个工作日" in page
    assert "请尽量留足时间" not in page


def test_it_says_that_the_holidays_of_a_year_are_not_known(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    assert "节假日安排还没有录入" not in client.get(page_of(cast)).content.decode()
    Holiday.objects.filter(day__year=2021).delete()

    page = client.get(page_of(cast)).content.decode()

    assert "2021年的节假日安排还没有录入，工作日暂按周一至周五推算" in page
    assert "/holidays/?year=2021" in page


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "stranger"])
def test_it_shows_others_the_list_and_refuses_the_act(cast: Cast, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(cast, who))
    page = client.get(page_of(cast))
    assert page.context["form"] is None
    assert "2020年第四季度" in page.content.decode()
    refused = client.post(page_of(cast), form())
    assert refused.status_code == 403
    assert refused.context["exception"] == "只有本地医改办的协调员可以办理此事。"
    assert ReportingPeriod.objects.count() == 1


def test_it_counts_only_the_own_department_for_a_department(cast: Cast, sign_in: SignIn) -> None:
    mine = sign_in(cast.reporter).get(page_of(cast)).context["rows"][0][1]
    others = sign_in(cast.stranger).get(page_of(cast)).context["rows"][0][1]
    assert mine.expected == 1
    assert others is None


def test_it_is_missing_for_another_place(cast: Cast, sign_in: SignIn) -> None:
    outsider = make_officer(jurisdiction=make_jurisdiction("640400", "固原市"))
    assert sign_in(outsider).get(page_of(cast)).status_code == 404
    assert sign_in(outsider).post(page_of(cast), form()).status_code == 404
    assert ReportingPeriod.objects.count() == 1


def test_it_costs_a_constant_number_of_queries(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    def fill(count: int) -> int:
        while ReportingPeriod.objects.count() < count:
            number = ReportingPeriod.objects.count()
            make_period(cast.ledger, kind="month", number=number, name=f"2020年{number}月")
        client.get(page_of(cast))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(cast)).status_code == 200
        return len(queries)

    assert fill(2) == fill(12)
