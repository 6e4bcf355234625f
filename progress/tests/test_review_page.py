"""审核: the queue, the desk, and the buttons of office and head."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_jurisdiction, make_officer
from progress.models import ProgressReport
from progress.tests.cast import DAY, Cast, make_cast, make_last
from progress.tests.factories import make_report
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
ACTS = ("accept", "return_report", "reopen", "exempt", "sign", "send_back")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def page_of(cast: Cast) -> str:
    return reverse("progress:review", args=[cast.ledger.pk])


def address(act: str, report: ProgressReport) -> str:
    return reverse(f"progress:{act}", args=[report.pk])


def second_report(cast: Cast) -> ProgressReport:
    task = make_task(cast.ledger, leads=(cast.department,))
    return make_report(cast.period, task, cast.department, submitted_on=DAY, written_by=cast.reporter)


def test_it_shows_the_first_of_the_queue_with_its_changes(cast: Cast, sign_in: SignIn) -> None:
    make_last(cast)
    cast.in_state("signed", text="完成公立医院债务摸底，化债办法已印发。")
    response = sign_in(cast.coordinator).get(page_of(cast))
    text = response.content.decode()
    assert response.context["desk"].report == cast.report
    assert "<ins>，化债办法已印发</ins>" in text
    assert "增8字，删0字" in text
    assert "采用单位自报数（85%）" in text
    assert "应达88.6%，按自报差3.6个百分点" in text


def test_it_gives_the_enter_key_nothing_to_decide(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    text = sign_in(cast.coordinator).get(page_of(cast)).content.decode()
    form = text[text.index(address("accept", cast.report)) :]
    first = form[form.index("<button") :].split(">")[0]
    assert "disabled" in first


def test_it_escapes_both_texts(cast: Cast, sign_in: SignIn) -> None:
    make_last(cast, text="<b>旧</b>")
    cast.in_state("signed", text="<i>新</i>")
    text = sign_in(cast.coordinator).get(page_of(cast)).content.decode()
    assert "<b>旧</b>" not in text
    assert "<i>新</i>" not in text
    assert "&lt;" in text


def test_it_accepts_and_goes_on(cast: Cast, sign_in: SignIn) -> None:
    report, following = cast.in_state("signed"), second_report(cast)
    response = sign_in(cast.coordinator).post(
        address("accept", report), {"version": 0, "percent": 80, "status": "normal", "note": "按80%确认。"}
    )
    report.refresh_from_db()
    assert response.headers["Location"] == f"{page_of(cast)}?report={following.pk}"
    assert (report.state, report.confirmed_percent, report.review_note) == ("accepted", 80, "按80%确认。")


def test_it_adopts_what_the_department_said(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("signed")
    sign_in(cast.coordinator).post(
        address("accept", report), {"version": 0, "percent": "", "status": "", "adopt": "said"}
    )
    report.refresh_from_db()
    assert (report.confirmed_percent, report.confirmed_status) == (85, "normal")


@pytest.mark.parametrize("percent", ["", "101", "很多"])
def test_it_asks_for_a_percent(cast: Cast, sign_in: SignIn, percent: str) -> None:
    report = cast.in_state("signed")
    response = sign_in(cast.coordinator).post(
        address("accept", report),
        {"version": 0, "percent": percent, "status": "normal", "note": "写好的意见"},
    )
    text = response.content.decode()
    assert response.status_code == 400
    assert "请填0至100之间的整数。" in text
    assert "写好的意见" in text
    report.refresh_from_db()
    assert report.state == "signed"


def test_it_returns_with_a_day(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("signed")
    response = sign_in(cast.coordinator).post(
        address("return_report", report), {"version": 0, "note": "请补充开工数。", "due_on": "2020-12-18"}
    )
    report.refresh_from_db()
    assert response.headers["Location"] == page_of(cast)
    assert (report.state, report.return_reason) == ("returned", "请补充开工数。")
    assert report.revise_by == date(2020, 12, 18)


def test_it_confirms_whatever_was_begun_as_the_day_of_a_return(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("signed")
    sign_in(cast.coordinator).post(
        address("accept", report), {"version": 0, "percent": "60", "status": "normal", "due_on": "2020-12"}
    )
    report.refresh_from_db()
    assert (report.state, report.confirmed_percent, report.revise_by) == ("accepted", 60, None)


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"percent": "", "note": " "}, "退回须写明意见。"),
        ({"note": "请补充开工数。", "due_on": "2020-12"}, "请填写日期，如2020-12-31。"),
    ],
)
def test_it_says_what_is_wrong_with_a_return(
    cast: Cast, sign_in: SignIn, sent: dict[str, str], wrong: str
) -> None:
    report = cast.in_state("signed")
    response = sign_in(cast.coordinator).post(address("return_report", report), {"version": 0, **sent})
    assert response.status_code == 400
    assert wrong in response.content.decode()
    report.refresh_from_db()
    assert report.state == "signed"


def test_it_reopens_a_confirmed_report(cast: Cast, sign_in: SignIn) -> None:
    report, client = cast.in_state("accepted"), sign_in(cast.coordinator)
    page = client.get(page_of(cast), {"report": report.pk})
    assert page.context["desk"].reopen.initial["due_on"] == date(2020, 12, 15)
    client.post(address("reopen", report), {"version": 0, "note": "数据有误。"})
    report.refresh_from_db()
    assert (report.state, report.confirmed_percent) == ("returned", None)


def test_it_exempts(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.coordinator).post(address("exempt", cast.report), {"version": 0, "note": "任务已终止。"})
    cast.report.refresh_from_db()
    assert (cast.report.state, cast.report.exempt_reason) == ("exempt", "任务已终止。")


def test_it_shows_the_head_what_waits_for_signing(cast: Cast, sign_in: SignIn) -> None:
    report, client = cast.in_state("submitted"), sign_in(cast.head)
    page = client.get(page_of(cast))
    assert [one.pk for one in page.context["queue"]] == [report.pk]
    assert page.context["desk"].sign is not None
    client.post(address("sign", report), {"version": 0})
    report.refresh_from_db()
    assert (report.state, report.signed_by) == ("signed", cast.head)


def test_it_lets_the_head_send_back(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("submitted")
    client = sign_in(cast.head)
    assert client.post(address("send_back", report), {"version": 0, "note": ""}).status_code == 400
    client.post(address("send_back", report), {"version": 0, "note": "口径有误。"})
    report.refresh_from_db()
    assert (report.state, report.return_reason) == ("returned", "口径有误。")


def test_it_tells_the_second_reviewer_what_has_happened(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("signed")
    decision = {"version": 0, "percent": 80, "status": "normal"}
    sign_in(cast.coordinator).post(address("accept", report), decision)
    other = make_officer(full_name="张敏")
    response = sign_in(other).post(address("return_report", report), {"version": 0, "note": "请补充。"})
    assert response.status_code == 409
    assert "现在是“已确认”" in response.content.decode()
    report.refresh_from_db()
    assert report.state == "accepted"


def test_it_stops_the_reviewer_of_a_text_that_the_department_has_changed(cast: Cast, sign_in: SignIn) -> None:
    report, department = cast.in_state("signed"), sign_in(cast.reporter)
    reviewer = sign_in(cast.coordinator)
    assert reviewer.get(page_of(cast)).context["desk"].report.version == 0
    department.post(address("withdraw", report), {"version": 0})
    changed = {"version": 1, "text": "改过的进展。", "said_percent": 60, "said_status": "normal"}
    department.post(address("submit", report), changed)
    cast.report.refresh_from_db()
    sign_in(cast.head).post(address("sign", report), {"version": 2})
    for act in ("accept", "return_report"):
        decision = {"version": 0, "percent": 80, "status": "normal", "note": "请补充开工数。"}
        response = reviewer.post(address(act, report), decision)
        text = response.content.decode()
        assert response.status_code == 409
        assert "现在是“待审核”。您打开以后，陈处长于2020年12月10日" in text
        assert "请补充开工数。" in text
    report.refresh_from_db()
    assert (report.state, report.version, report.text) == ("signed", 3, "改过的进展。")


def test_it_takes_a_second_click_for_the_first(cast: Cast, sign_in: SignIn) -> None:
    report, client = cast.in_state("signed"), sign_in(cast.coordinator)
    decision = {"version": 0, "percent": 80, "status": "normal"}
    assert client.post(address("accept", report), decision).status_code == 302
    assert client.post(address("accept", report), decision).status_code == 302
    report.refresh_from_db()
    assert report.version == 1


def test_it_refuses_what_has_no_place_in_the_state(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("draft")
    response = sign_in(cast.coordinator).post(
        address("accept", report), {"version": 0, "percent": 80, "status": "normal"}
    )
    assert response.status_code == 403
    assert "只有待审核的报告可以确认，这一份现在是“草稿”。" in response.content.decode()
    report.refresh_from_db()
    assert report.state == "draft"


@pytest.mark.parametrize("act", ACTS)
def test_it_refuses_the_leader_in_words(cast: Cast, sign_in: SignIn, act: str) -> None:
    response = sign_in(cast.leader).post(address(act, cast.report), {"version": 0, "note": "意见"})
    assert response.status_code == 403
    assert "只有" in response.context["exception"]
    cast.report.refresh_from_db()
    assert cast.report.version == 0


@pytest.mark.parametrize("act", ACTS)
def test_it_hides_the_report_from_other_places(cast: Cast, sign_in: SignIn, act: str) -> None:
    client = sign_in(make_officer(jurisdiction=make_jurisdiction("640400", "固原市")))
    assert client.post(address(act, cast.report), {"version": 0, "note": "意见"}).status_code == 404
    assert client.get(page_of(cast)).status_code == 404
    cast.report.refresh_from_db()
    assert cast.report.version == 0


@pytest.mark.parametrize("act", ACTS)
def test_it_changes_nothing_by_a_link(cast: Cast, sign_in: SignIn, act: str) -> None:
    assert sign_in(cast.coordinator).get(address(act, cast.report)).status_code == 405
    cast.report.refresh_from_db()
    assert cast.report.version == 0


def test_it_refuses_the_page_to_a_reporter(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).get(page_of(cast))
    assert response.status_code == 403
    assert response.context["exception"] == "只有医改办和单位审核人可以打开审核页。"


def test_it_shows_the_leader_the_page_without_buttons(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("signed")
    response = sign_in(cast.leader).get(page_of(cast), {"report": report.pk})
    desk = response.context["desk"]
    assert (desk.decision, desk.sign, desk.reopen) == (None, None, None)
    assert desk.why == "只有本地医改办的协调员可以办理此事。"


def test_it_keeps_a_draft_from_the_office(cast: Cast, sign_in: SignIn) -> None:
    report = cast.in_state("draft", text="写了一半的草稿")
    text = sign_in(cast.coordinator).get(page_of(cast), {"report": report.pk}).content.decode()
    assert "写了一半的草稿" not in text
    assert "草稿只有本单位能看到" in text


def test_it_says_that_nothing_waits(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coordinator).get(page_of(cast))
    assert "没有等待办理的报告" in response.content.decode()
    assert "desk" not in response.context


def test_it_costs_a_constant_number_of_queries(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    client = sign_in(cast.coordinator)

    def fill(count: int) -> int:
        while ProgressReport.objects.count() < count:
            second_report(cast)
        client.get(page_of(cast))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(cast)).status_code == 200
        return len(queries)

    assert fill(2) == fill(20)
