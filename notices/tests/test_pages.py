"""The list of notices: one's own, unread first; what did not arrive for those who coordinate."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from notices.models import Notice
from notices.tests.factories import make_notice
from progress.models import ReportingPeriod
from progress.tests.factories import at, make_period
from tasks.tests.factories import make_ledger

SignIn = Callable[[User], Client]
READ = at(date(2020, 12, 8))


@pytest.fixture
def period(db: None) -> ReportingPeriod:
    return make_period()


@pytest.fixture
def reporter(period: ReportingPeriod) -> User:
    return make_reporter(make_department())


@pytest.fixture
def coordinator(period: ReportingPeriod) -> User:
    return make_officer()


def page(client: Client, query: str = "") -> str:
    """The list as text."""
    answer = client.get(f"/notices/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


# The list


def test_it_shows_one_s_own_unread_first(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    make_notice(reporter, period, title="较早的未读")
    make_notice(reporter, period, title="急件", urgent=True)
    make_notice(reporter, period, title="已经读过", read_at=READ)

    text = page(sign_in(reporter))

    assert "2条未读" in text
    assert text.index("急件") < text.index("较早的未读") < text.index("已经读过")
    assert "报送提醒" in text
    assert "台账：2020年下半年医改重点工作任务<br>市卫健委" in text


def test_it_shows_nothing_of_others_and_nothing_void(
    reporter: User, coordinator: User, period: ReportingPeriod, sign_in: SignIn
) -> None:
    make_notice(coordinator, period, title="别人的通知")
    make_notice(reporter, period, title="作废的通知", state="void")

    text = page(sign_in(reporter))

    assert "别人的通知" not in text
    assert "作废的通知" not in text
    assert "没有通知" in text


def test_it_escapes_what_people_wrote(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    make_notice(reporter, period, title="<script>alert(1)</script>", body="<b>请</b>")

    text = page(sign_in(reporter))

    assert "<script>alert(1)" not in text
    assert "&lt;b&gt;请&lt;/b&gt;" in text


def test_it_pages_a_long_list(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    for number in range(32):
        make_notice(reporter, period, title=f"通知{number:02}。")

    assert "第2/2页" in page(sign_in(reporter), "?page=2")


def test_it_costs_the_same_for_many_notices(
    coordinator: User, reporter: User, period: ReportingPeriod, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    for _ in range(2):
        make_notice(coordinator, period)
        make_notice(reporter, period, state="failed", error="x")
    few = queries()
    for _ in range(18):
        make_notice(coordinator, period)
        make_notice(reporter, period, state="failed", error="x")

    assert queries() == few


# Reading


def test_it_marks_a_notice_as_read_and_goes_on(
    reporter: User, period: ReportingPeriod, sign_in: SignIn
) -> None:
    notice = make_notice(reporter, period)

    answer = sign_in(reporter).post(f"/notices/{notice.pk}/read/")

    notice.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, notice.link)
    assert notice.read_at is not None
    assert Entry.objects.get(act="notice.read").target_id == notice.pk


def test_it_keeps_the_first_reading(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    notice = make_notice(reporter, period, read_at=READ, link="")

    answer = sign_in(reporter).post(f"/notices/{notice.pk}/read/")

    notice.refresh_from_db()
    assert answer["Location"] == "/notices/"
    assert notice.read_at == READ
    assert not Entry.objects.filter(act="notice.read").exists()


def test_it_hides_the_notices_of_others(
    reporter: User, coordinator: User, period: ReportingPeriod, sign_in: SignIn
) -> None:
    notice = make_notice(coordinator, period)

    assert sign_in(reporter).post(f"/notices/{notice.pk}/read/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_it_reads_only_by_post(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    notice = make_notice(reporter, period)

    assert sign_in(reporter).get(f"/notices/{notice.pk}/read/").status_code == 405
    notice.refresh_from_db()
    assert notice.read_at is None


# What did not arrive


def test_it_shows_the_coordinator_what_did_not_arrive(
    reporter: User, coordinator: User, period: ReportingPeriod, sign_in: SignIn
) -> None:
    make_notice(reporter, period, state="failed", error="邮件服务器拒绝这个收件地址，请核对邮箱。")
    make_notice(reporter, period, state="doubtful", error="发送过程中断，不能确定是否送达。")
    make_notice(reporter, period, state="queued")

    text = page(sign_in(coordinator))

    assert "2条未确认送达" in text
    assert "邮件服务器拒绝这个收件地址" in text
    assert "不确定" in text
    assert reporter.full_name in text


def test_it_shows_a_reporter_no_deliveries(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    make_notice(reporter, period, state="failed", error="邮件服务器拒绝这个收件地址，请核对邮箱。")

    text = page(sign_in(reporter))

    assert "发送情况" not in text
    assert "邮件服务器" not in text


def test_it_shows_no_deliveries_of_another_place(reporter: User, coordinator: User, sign_in: SignIn) -> None:
    elsewhere = make_period(make_ledger(jurisdiction=make_jurisdiction("130100", "石家庄市")))
    notice = make_notice(reporter, elsewhere, state="failed", error="外地的错误")
    client = sign_in(coordinator)

    assert "外地的错误" not in page(client)
    assert client.post(f"/notices/{notice.pk}/resend/").status_code == 404
    notice.refresh_from_db()
    assert notice.state == "failed"


@pytest.mark.parametrize("state", ["failed", "doubtful"])
def test_it_sends_again_when_the_coordinator_says_so(
    reporter: User, coordinator: User, period: ReportingPeriod, sign_in: SignIn, state: str
) -> None:
    notice = make_notice(reporter, period, state=state, attempts=5, error="发送过程中断。")

    answer = sign_in(coordinator).post(f"/notices/{notice.pk}/resend/", follow=True)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("queued", 0)
    assert "已重新排入发送：王涛。" in answer.content.decode()
    entry = Entry.objects.get(act="notice.resend")
    assert (entry.before["state"], entry.after["state"]) == (state, "queued")


def test_it_does_not_send_again_what_was_sent(
    reporter: User, coordinator: User, period: ReportingPeriod, sign_in: SignIn
) -> None:
    notice = make_notice(reporter, period, state="sent", sent_at=READ)

    assert sign_in(coordinator).post(f"/notices/{notice.pk}/resend/").status_code == 404
    assert Notice.objects.get().state == "sent"


def test_it_lets_no_recipient_send_again(reporter: User, period: ReportingPeriod, sign_in: SignIn) -> None:
    notice = make_notice(reporter, period, state="failed", error="x")

    assert sign_in(reporter).post(f"/notices/{notice.pk}/resend/").status_code == 404
    assert Notice.objects.get().state == "failed"
