"""批量确认: what is proposed, what strikes, what is left and why."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import Membership, User
from departments.tests.factories import make_officer
from progress.batch import Line, lines_of, striking
from progress.models import ProgressReport
from progress.tests.cast import DAY, Cast, make_cast, make_last
from progress.tests.factories import make_report
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
UNCHANGED = {"no_change": True, "no_change_reason": "等待上级部署或资金"}


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    make_last(cast)
    cast.in_state("signed", **UNCHANGED, said_percent=45)
    return cast


def another(cast: Cast, **fields: object) -> ProgressReport:
    task = make_task(cast.ledger, leads=(cast.department,))
    return make_report(
        cast.period, task, cast.department, submitted_on=DAY, written_by=cast.reporter, **fields
    )


def page_of(cast: Cast) -> str:
    return reverse("progress:batch", args=[cast.ledger.pk])


def post(client: Client, cast: Cast, *seen: str) -> str:
    return client.post(page_of(cast), {"report": seen}, follow=True).content.decode()


def line(cast: Cast, report: ProgressReport) -> Line:
    (found,) = [one for one in lines_of(cast.coordinator, cast.ledger, DAY) if one.report.pk == report.pk]
    return found


def state(report: ProgressReport) -> str:
    return ProgressReport.objects.get(pk=report.pk).state


def test_it_confirms_the_ticked_with_the_departments_own_numbers(cast: Cast, sign_in: SignIn) -> None:
    other, third = another(cast, said_percent=88), another(cast)
    text = post(sign_in(cast.coordinator), cast, f"{cast.report.pk}:0", f"{other.pk}:0")
    assert "已按单位自报数确认2份。" in text
    cast.report.refresh_from_db()
    other.refresh_from_db()
    assert (cast.report.state, cast.report.confirmed_percent) == ("accepted", 45)
    assert (other.state, other.confirmed_percent, other.confirmed_status) == ("accepted", 88, "normal")
    assert state(third) == "signed"
    assert cast.report.revisions.get().act == "accept"


def test_it_ticks_what_is_unchanged_and_does_not_strike(cast: Cast, sign_in: SignIn) -> None:
    plain = another(cast, **UNCHANGED, said_percent=85)
    changed = another(cast, said_percent=85)
    assert (line(cast, plain).ticked, line(cast, changed).ticked) == (True, False)
    # 45 % where 88.6 % should be reached: far under the line, so somebody should look.
    assert (line(cast, cast.report).ticked, line(cast, cast.report).striking) == (
        False,
        ["低于应达43.6个百分点"],
    )
    text = sign_in(cast.coordinator).get(page_of(cast)).content.decode()
    assert text.count("checked") == 1
    assert "低于应达43.6个百分点" in text


def test_it_says_what_strikes() -> None:
    last = ProgressReport(confirmed_percent=80)
    lower = ProgressReport(said_percent=70, said_status="lagging")
    assert striking(lower, last) == ["自报滞后", "比此前确认的80%低"]
    assert striking(ProgressReport(said_percent=100, said_status="done"), None) == ["自报已完成"]
    assert striking(ProgressReport(said_percent=80, said_status="normal"), last) == []


def test_it_strikes_that_the_task_is_red(cast: Cast) -> None:
    report = another(cast, **UNCHANGED, said_percent=100)
    report.task.due_on = date(2020, 11, 30)
    report.task.save()
    assert line(cast, report).striking == ["红灯任务"]


def test_it_names_what_has_moved_since_the_page_was_shown(cast: Cast, sign_in: SignIn) -> None:
    ProgressReport.objects.filter(pk=cast.report.pk).update(version=2)
    text = post(sign_in(cast.coordinator), cast, f"{cast.report.pk}:0")
    assert f"没有确认：市发改委　{cast.task}。页面打开以后有变动，现在是“待审核”。" in text
    assert state(cast.report) == "signed"


def test_it_names_what_a_colleague_has_returned(cast: Cast, sign_in: SignIn) -> None:
    other = make_officer(full_name="张敏")
    sign_in(other).post(
        reverse("progress:return_report", args=[cast.report.pk]), {"version": 0, "note": "请补充。"}
    )
    assert "现在是“退回修改”" in post(sign_in(cast.coordinator), cast, f"{cast.report.pk}:0")
    assert state(cast.report) == "returned"


def test_it_takes_a_second_click_for_the_first(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    post(client, cast, f"{cast.report.pk}:0")
    text = post(client, cast, f"{cast.report.pk}:0")
    assert "没有确认" not in text
    assert ProgressReport.objects.get(pk=cast.report.pk).version == 1


def test_it_offers_and_confirms_nothing_that_the_coordinator_wrote(cast: Cast, sign_in: SignIn) -> None:
    Membership.objects.create(user=cast.coordinator, department=cast.department, role="reporter")
    cast.in_state("signed", written_by=cast.coordinator)
    client = sign_in(cast.coordinator)
    assert f'value="{cast.report.pk}:0"' not in client.get(page_of(cast)).content.decode()
    text = post(client, cast, f"{cast.report.pk}:0")
    assert "没有确认" in text
    assert "不能审核自己填报的报告，请由其他协调员审核。" in text
    assert state(cast.report) == "signed"


def test_it_asks_for_a_tick_and_ignores_what_is_no_report(cast: Cast, sign_in: SignIn) -> None:
    assert "没有勾选报告" in post(sign_in(cast.coordinator), cast, "x:1", "7", "1:2:3")
    assert state(cast.report) == "signed"


def test_it_says_that_nothing_waits(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("draft")
    assert "没有等待审核的报告" in sign_in(cast.coordinator).get(page_of(cast)).content.decode()


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "stranger"])
def test_it_refuses_everybody_but_the_office(cast: Cast, sign_in: SignIn, who: str) -> None:
    text = post(sign_in(getattr(cast, who)), cast, f"{cast.report.pk}:0")
    assert "只有本地医改办的协调员可以办理此事。" in text
    assert state(cast.report) == "signed"


def test_it_costs_a_constant_number_of_queries(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    def fill(count: int) -> int:
        while ProgressReport.objects.filter(period=cast.period).count() < count:
            another(cast)
        client.get(page_of(cast))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(cast)).status_code == 200
        return len(queries)

    assert fill(2) == fill(20)
