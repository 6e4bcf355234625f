"""Delivery: inside the application, by a real SMTP conversation, once, and never silently lost."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from pytest_django import Settings

from departments.models import User
from departments.tests.factories import make_user
from notices import outbox
from notices.deliver import deliver_waiting, message
from notices.models import Notice
from notices.tests.factories import make_notice
from progress.models import ReportingPeriod
from progress.tests.factories import at, make_period

NOW = at(date(2020, 12, 10))


class Postbox:
    """A mail server that keeps what it takes and refuses one address."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse an unknown mailbox for good."""
        if address.startswith("unknown"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter."""
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def unused_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postbox(settings: Settings, unused_port: int) -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=unused_port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = unused_port
    settings.DEFAULT_FROM_EMAIL = "医改办 <ygb@example.gov.cn>"
    settings.SITE_URL = "https://ygb.example.gov.cn"
    yield box
    controller.stop()


@pytest.fixture
def period(db: None) -> ReportingPeriod:
    return make_period()


@pytest.fixture
def person(db: None) -> User:
    return make_user("王涛", email="wangtao@example.gov.cn")


# Channels


def test_it_sends_a_letter_in_chinese(postbox: Postbox, person: User, period: ReportingPeriod) -> None:
    notice = make_notice(person, period)

    assert deliver_waiting(NOW) == {"sent": 1, "doubtful": 0}

    (letter,) = postbox.letters
    text = letter.get_content().replace("\r\n", "\n")
    assert letter["Subject"].strip() == notice.title  # folded: the parser keeps the blank of the fold
    assert str(letter["From"]) == "医改办 <ygb@example.gov.cn>"
    assert letter["To"] == "wangtao@example.gov.cn"
    assert letter["Message-ID"] == f"<notice-{notice.pk}@example.gov.cn>"
    assert text.startswith("王涛：\n\n台账：2020年下半年医改重点工作任务\n市卫健委\n")
    assert f"https://ygb.example.gov.cn{notice.link}" in text
    notice.refresh_from_db()
    assert (notice.state, notice.channel, notice.sent_at, notice.attempts) == ("sent", "email", NOW, 1)


def test_it_sends_nothing_twice(postbox: Postbox, person: User, period: ReportingPeriod) -> None:
    make_notice(person, period)

    deliver_waiting(NOW)
    deliver_waiting(NOW)

    assert len(postbox.letters) == 1


def test_it_shows_a_notice_inside_when_no_mail_is_set_up(
    person: User, period: ReportingPeriod, settings: Settings
) -> None:
    settings.EMAIL_HOST = ""
    notice = make_notice(person, period)

    deliver_waiting(NOW)

    notice.refresh_from_db()
    assert (notice.state, notice.channel) == ("sent", "inside")


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}])
def test_it_sends_no_letter_to_somebody_without_mailbox_or_account(
    postbox: Postbox, period: ReportingPeriod, fields: dict[str, object]
) -> None:
    notice = make_notice(make_user("刘洋", **fields), period)

    deliver_waiting(NOW)

    notice.refresh_from_db()
    assert (notice.channel, postbox.letters) == ("inside", [])


def test_it_keeps_a_line_break_out_of_the_header(
    postbox: Postbox, person: User, period: ReportingPeriod
) -> None:
    make_notice(person, period, title="催办\r\nBcc: other@example.com")

    deliver_waiting(NOW)

    (letter,) = postbox.letters
    assert letter["Subject"] == "催办 Bcc: other@example.com"
    assert letter["Bcc"] is None
    assert postbox.recipients == ["wangtao@example.gov.cn"]


def test_it_writes_titles_on_one_line(person: User, period: ReportingPeriod) -> None:
    row = Notice(
        recipient=person,
        kind="urge",
        subject_type="notices.urge",
        subject_id=1,
        occurrence=date(2020, 12, 10),
        jurisdiction=period.jurisdiction,
        period=period,
        title="（一）\n任务" * 60,
        body="",
    )

    outbox.write([row], NOW)

    title = Notice.objects.get().title
    assert "\n" not in title
    assert len(title) == 200


# Failures


def test_it_sends_the_rest_when_one_address_is_bad(
    postbox: Postbox, person: User, period: ReportingPeriod
) -> None:
    unknown = make_notice(make_user("赵敏", email="unknown@example.gov.cn"), period)
    broken = make_notice(make_user("钱进", email="钱 进@@"), period)
    good = make_notice(person, period)

    assert deliver_waiting(NOW) == {"sent": 1, "failed": 2, "doubtful": 0}

    for notice in (unknown, broken, good):
        notice.refresh_from_db()
    assert (unknown.state, unknown.attempts, unknown.next_try_at) == ("queued", 1, NOW + timedelta(minutes=5))
    assert unknown.error == "邮件服务器拒绝这个收件地址，请核对邮箱。"
    assert broken.state == "queued"
    assert good.state == "sent"


def test_it_gives_up_after_five_attempts_and_keeps_the_reason(
    postbox: Postbox, period: ReportingPeriod
) -> None:
    notice = make_notice(make_user("赵敏", email="unknown@example.gov.cn"), period)
    moment, waits = NOW, []
    for _ in range(6):
        deliver_waiting(moment)
        notice.refresh_from_db()
        waits.append(notice.next_try_at and (notice.next_try_at - moment).total_seconds() / 60)
        moment = notice.next_try_at or moment + timedelta(days=1)

    assert waits == [5, 30, 120, 720, None, None]
    assert (notice.state, notice.attempts) == ("failed", 5)
    assert notice.error


def test_it_waits_until_the_next_attempt_is_due(
    postbox: Postbox, person: User, period: ReportingPeriod
) -> None:
    make_notice(person, period, next_try_at=NOW + timedelta(minutes=1))

    assert deliver_waiting(NOW) == {"doubtful": 0}
    assert deliver_waiting(NOW + timedelta(minutes=1))["sent"] == 1


def test_it_spares_the_rest_when_no_server_answers(
    person: User, period: ReportingPeriod, settings: Settings, unused_port: int
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    first, second = make_notice(person, period), make_notice(person, period)

    assert deliver_waiting(NOW) == {"failed": 1, "doubtful": 0}

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.error == "连接不上邮件服务器，请联系系统管理员。"
    assert (second.state, second.attempts) == ("queued", 0)


# Interruptions


def test_it_shows_what_a_stopped_worker_left_and_does_not_send_it_again(
    postbox: Postbox, person: User, period: ReportingPeriod, settings: Settings
) -> None:
    notice = make_notice(person, period)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "notices.tests.test_deliver.Killed"
    with pytest.raises(SystemExit):
        deliver_waiting(NOW)
    settings.EMAIL_BACKEND = working

    assert deliver_waiting(NOW + timedelta(minutes=14))["doubtful"] == 0
    assert deliver_waiting(NOW + timedelta(minutes=16))["doubtful"] == 1
    deliver_waiting(NOW + timedelta(days=1))

    notice.refresh_from_db()
    assert (notice.state, postbox.letters) == ("doubtful", [])
    assert notice.error == "发送过程中断，不能确定是否送达。"


def test_it_settles_a_slow_letter_that_was_thought_doubtful(person: User, period: ReportingPeriod) -> None:
    notice = make_notice(person, period)
    outbox.claim(notice.pk, NOW)
    outbox.set_doubtful_aside(NOW + timedelta(minutes=16))

    outbox.mark_sent(notice, Notice.Channel.EMAIL, NOW + timedelta(minutes=17))

    notice.refresh_from_db()
    assert (notice.state, notice.error) == ("sent", "")


@pytest.mark.usefixtures("committed_db")
def test_it_sends_once_when_two_workers_sweep_at_once(postbox: Postbox) -> None:
    period = make_period()
    for number in range(4):
        make_notice(make_user(f"填报员{number}"), period)
    start = threading.Barrier(2)

    def sweep() -> None:
        try:
            start.wait()
            deliver_waiting(NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=sweep) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(postbox.letters) == 4
    assert set(Notice.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.usefixtures("committed_db")
def test_it_gives_a_row_to_one_of_many_claimants() -> None:
    notice = make_notice(make_user(), make_period())
    start, won = threading.Barrier(4), []

    def grab() -> None:
        try:
            start.wait()
            won.append(outbox.claim(notice.pk, NOW))
        finally:
            connection.close()

    workers = [threading.Thread(target=grab) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(won) == [False, False, False, True]


@pytest.mark.usefixtures("committed_db")
def test_it_sends_outside_any_transaction(settings: Settings, postbox: Postbox) -> None:
    make_notice(make_user(), make_period())
    settings.EMAIL_BACKEND = "notices.tests.test_deliver.Watching"
    Watching.seen = []

    deliver_waiting(NOW)

    assert Watching.seen == [(False, "sending")]


class Watching(EmailBackend):
    """The SMTP backend, noting how the database stands while a letter leaves."""

    seen: list[tuple[bool, str]] = []

    def send_messages(self, letters):  # type: ignore[no-untyped-def]  # handed through
        """Note, then send."""
        self.seen.append((connection.in_atomic_block, Notice.objects.get().state))
        return super().send_messages(letters)


class Killed(EmailBackend):
    """A worker that ends between its claim and the mail server's answer."""

    def send_messages(self, letters):  # type: ignore[no-untyped-def]  # never returns
        """End the process, as far as a test may."""
        raise SystemExit


def test_it_names_the_sender_s_host_in_the_message_id(
    person: User, period: ReportingPeriod, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "reformtracker@localhost"

    assert message(make_notice(person, period)).extra_headers["Message-ID"].endswith("@localhost>")
