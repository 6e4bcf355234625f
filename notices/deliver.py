"""Delivery: one notice at a time, by e-mail where there is an address and a mail server, never in a transaction."""

import logging
from collections import Counter
from datetime import datetime
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage

from notices import outbox
from notices.models import Notice
from notices.words import one_line

logger = logging.getLogger(__name__)
BATCH = 1000
# One run ends before the next sweep begins, and well before its own claims would look abandoned.
SECONDS = 50
FOOTER = "（本邮件由医改任务台账系统自动发出，请勿直接回复。）"


def deliver_waiting(at: datetime) -> Counter[str]:
    """Send what waits, each notice on its own account: a bad address does not block the rest.

    A mail server that cannot be reached ends the run, and the rest keep their attempts for the next one.
    Returns how many were sent, how many failed this time and how many were found interrupted.
    """
    counts = Counter(doubtful=outbox.set_doubtful_aside(at))
    end = monotonic() + SECONDS
    for pk in Notice.objects.waiting(at).order_by("pk").values_list("pk", flat=True)[:BATCH]:
        if not outbox.claim(pk, at):
            continue
        error = deliver(Notice.objects.select_related("recipient").get(pk=pk), at)
        counts["failed" if error else "sent"] += 1
        if monotonic() > end or (error and unreachable(error)):
            break
    return counts


def deliver(notice: Notice, at: datetime) -> Exception | None:
    """Send one claimed notice and settle it; returns what went wrong, or None."""
    if not has_mailbox(notice):
        outbox.mark_sent(notice, Notice.Channel.INSIDE, at)
        return None
    try:
        message(notice).send()
    except (SMTPException, OSError, ValueError) as error:  # ValueError: an address or header Django refuses
        logger.warning("notice %s was not sent: %s", notice.pk, type(error).__name__)
        outbox.mark_failed(notice, reason(error), at)
        return error
    outbox.mark_sent(notice, Notice.Channel.EMAIL, at)
    return None


def has_mailbox(notice: Notice) -> bool:
    """Whether e-mail is set up here and the recipient has an address; the notice is shown inside anyway."""
    return bool(settings.EMAIL_HOST and notice.recipient.email and notice.recipient.is_active)


def unreachable(error: Exception) -> bool:
    """Whether the server is to blame, so that no other notice would fare better now."""
    if isinstance(error, SMTPException):
        return isinstance(error, SMTPConnectError | SMTPServerDisconnected | SMTPAuthenticationError)
    return isinstance(error, OSError)


def reason(error: Exception) -> str:
    """Why a notice was not sent, as the coordinator reads it; the log has the technical name."""
    sentences: list[tuple[type[Exception], str]] = [
        (SMTPRecipientsRefused, "邮件服务器拒绝这个收件地址，请核对邮箱。"),
        (SMTPAuthenticationError, "邮件服务器不接受本系统的账号，请联系系统管理员。"),
        (SMTPConnectError, "连接不上邮件服务器，请联系系统管理员。"),
        (SMTPServerDisconnected, "连接不上邮件服务器，请联系系统管理员。"),
        (SMTPException, "邮件服务器没有接收，请联系系统管理员。"),
        (OSError, "连接不上邮件服务器，请联系系统管理员。"),
    ]
    known = (sentence for kind, sentence in sentences if isinstance(error, kind))
    return next(known, "邮箱地址的格式不正确，请核对邮箱。")


def message(notice: Notice) -> EmailMessage:
    """The e-mail of a notice; its Message-ID is the notice's own, so that a repeat can be recognised."""
    link = f"{settings.SITE_URL}{notice.link}" if notice.link else settings.SITE_URL
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return EmailMessage(
        subject=one_line(notice.title),
        body=f"{notice.recipient.full_name}：\n\n{notice.body}\n\n{link}\n\n{FOOTER}\n",
        to=[notice.recipient.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
