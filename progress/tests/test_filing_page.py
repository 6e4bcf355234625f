"""报送: cards of a department, the office's table, who sees what."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from progress.models import ProgressReport
from progress.tests.cast import CONTENT, Cast, make_cast, make_last
from progress.tests.factories import make_report
from tasks.models import Indicator, Milestone
from tasks.tests.factories import make_ledger, make_task

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def page_of(cast: Cast) -> str:
    return reverse("progress:filing", args=[cast.ledger.pk])


def test_it_shows_what_the_department_owes(cast: Cast, sign_in: SignIn) -> None:
    make_last(cast)
    response = sign_in(cast.reporter).get(page_of(cast))
    text = response.content.decode()
    card = response.context["cards"][0]
    assert response.status_code == 200
    assert card.prefilled
    assert card.form.initial["text"] == "完成公立医院债务摸底。"
    assert "自报48%，医改办确认45%" in text
    assert "应报1项，剩1项" in text
    assert f'id="task-{cast.task.pk}"' in text
    assert "提交后由本单位审核人审签，再送医改办。" in text


def test_it_shows_the_draft_and_not_the_last_quarter_once_begun(cast: Cast, sign_in: SignIn) -> None:
    make_last(cast)
    cast.in_state("draft", text="写了一半")
    response = sign_in(cast.reporter).get(page_of(cast))
    assert response.context["cards"][0].form.initial["text"] == "写了一半"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("submitted", "不能修改：已提交，正在等待本单位审签。"),
        ("signed", "不能修改：已提交，医改办正在审核。"),
        ("accepted", "不能修改：医改办已于12月10日确认。"),
        ("exempt", "不需填报：医改办已同意免报"),
    ],
)
def test_it_says_why_a_card_is_locked(cast: Cast, sign_in: SignIn, state: str, words: str) -> None:
    cast.in_state(state)
    response = sign_in(cast.reporter).get(page_of(cast))
    assert words in response.content.decode()
    assert response.context["cards"][0].form is None


def test_it_says_that_the_period_is_closed(cast: Cast, sign_in: SignIn, settings: Settings) -> None:
    settings.DEMO_TODAY = "2020-12-23"
    text = sign_in(cast.reporter).get(page_of(cast)).content.decode()
    assert "不能修改：2020年第四季度已于12月22日关闭。需要补报的，请联系医改办重新开放。" in text


def test_it_keeps_the_button_for_a_late_report(cast: Cast, sign_in: SignIn, settings: Settings) -> None:
    settings.DEMO_TODAY = "2020-12-16"
    text = sign_in(cast.reporter).get(page_of(cast)).content.decode()
    assert "12月22日前提交按逾期计，任务显示黄灯。" in text
    assert "提交（按逾期计）" in text


def test_it_shows_the_return_reason(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("returned", returned_by=cast.coordinator, revise_by=date(2020, 12, 15))
    text = sign_in(cast.reporter).get(page_of(cast)).content.decode()
    assert "请补充数据。" in text
    assert "再次提交" in text


def test_it_shows_that_a_missed_report_may_still_be_handed_in(
    cast: Cast, sign_in: SignIn, settings: Settings
) -> None:
    settings.DEMO_TODAY = "2020-12-24"
    cast.in_state("expected", return_reason="同意补报。", revise_by=date(2020, 12, 29))
    response = sign_in(cast.reporter).get(page_of(cast))
    text = response.content.decode()
    assert "同意补报。" in text
    assert "12月29日前提交按逾期计" in text
    assert response.context["cards"][0].form is not None


def test_it_lets_the_head_read_and_go_to_sign(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("submitted")
    response = sign_in(cast.head).get(page_of(cast))
    assert response.context["cards"][0].form is None
    assert "去审签" in response.content.decode()


def test_it_puts_what_waits_for_the_person_first(cast: Cast, sign_in: SignIn) -> None:
    open_one = make_report(cast.period, make_task(cast.ledger, leads=(cast.department,)), cast.department)
    cast.in_state("submitted")
    for who, first, words in ((cast.reporter, open_one, "剩1项"), (cast.head, cast.report, "待审签1项")):
        response = sign_in(who).get(page_of(cast))
        text = response.content.decode()
        assert [card.report for card in response.context["first"]] == [first]
        assert response.context["cards"][0].report == first
        assert f"应报2项，{words}" in text
        assert "其余1项" in text
        assert ("继续填报（剩1项）" in text) == (who == cast.reporter)


def test_it_shows_the_office_who_has_filed(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coordinator).get(page_of(cast), {"department": cast.department.pk})
    row = response.context["rows"][0]
    text = response.content.decode()
    assert (row.department, row.rate.expected, row.rate.not_submitted) == (cast.department, 1, 1)
    assert "0/1　0.0%" in text
    assert "同意免报" in text


def test_it_shows_the_leader_the_table_without_acts(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.leader).get(page_of(cast), {"department": cast.department.pk})
    assert len(response.context["rows"]) == 1
    assert "同意免报" not in response.content.decode()


def test_it_shows_a_department_without_reports_that_nothing_is_owed(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.stranger).get(page_of(cast))
    assert "本期没有应报的任务" in response.content.decode()
    assert "rows" not in response.context


def test_it_shows_an_earlier_period(cast: Cast, sign_in: SignIn) -> None:
    last = make_last(cast)
    response = sign_in(cast.reporter).get(page_of(cast), {"period": last.period_id})
    assert [card.report for card in response.context["cards"]] == [last]


def test_it_knows_no_period_of_another_ledger(cast: Cast, sign_in: SignIn) -> None:
    other = make_ledger()
    page = reverse("progress:filing", args=[other.pk])
    assert sign_in(cast.reporter).get(page, {"period": cast.period.pk}).status_code == 404


def test_it_says_that_no_period_is_open(cast: Cast, sign_in: SignIn) -> None:
    other = make_ledger()
    text = sign_in(cast.reporter).get(reverse("progress:filing", args=[other.pk])).content.decode()
    assert "还没有开启报送期" in text


def test_it_is_missing_for_another_place(cast: Cast, sign_in: SignIn) -> None:
    elsewhere = make_jurisdiction("640400", "固原市")
    assert sign_in(make_officer(jurisdiction=elsewhere)).get(page_of(cast)).status_code == 404
    outsider = make_reporter(make_department("固原市卫健委", elsewhere))
    assert sign_in(outsider).get(page_of(cast)).status_code == 404


def test_it_never_shows_another_departments_draft(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("draft", text="市发改委的草稿")
    assert "市发改委的草稿" not in sign_in(cast.stranger).get(page_of(cast)).content.decode()


@pytest.mark.parametrize("who", ["reporter", "coordinator"])
def test_it_costs_a_constant_number_of_queries(cast: Cast, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(cast, who))

    def fill(count: int) -> int:
        while (number := ProgressReport.objects.count()) < count:
            task = make_task(cast.ledger, leads=(cast.department, make_department(f"第{number}单位")))
            make_report(cast.period, task, cast.department, text=CONTENT.text, state="draft")
            Indicator.objects.create(ledger=cast.ledger, task=task, name="覆盖率", comparator=">=", low=76)
            Milestone.objects.create(task=task, title="印发方案")
        address = {"department": cast.department.pk}
        client.get(page_of(cast), address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page_of(cast), address).status_code == 200
        return len(queries)

    assert fill(2) == fill(20)
