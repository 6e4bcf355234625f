"""What is queued is asked again before it leaves: what no longer stands becomes void, with the reason in words.

An act never touches the outbox: it lies below this room. So whatever moves a date, files, exempts or closes
needs to know nothing of notices, and nothing can be forgotten there.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from notices.models import Notice
from notices.rules import DueNotice, Facts, Kind, Owed, family, standing_notices
from notices.words import one_line
from timekeeping.workdays import Exceptions

NOTHING_LEFT = "此人没有需要办理的报告了：已提交、免报，或者不再由此人负责。"
CLOSED = "报送已关闭，不能再提交。"
LATER = "后一次提醒已到，以后一次为准。"
MOVED = "期限有变动，按新的日期另行通知。"
ANSWERED = "这份报告已再次提交、免报，或者又有新的退回。"
SIGNED = "待审签的报告都已办理，或者不再由此人审签。"


def void_stale(facts: Iterable[Facts], on: date, exceptions: Exceptions) -> Counter[int]:
    """Make void what is queued and no longer due; returns how many rows of each period.

    A notice is compared with what the rules would write now; one that is still due but in other words gets
    the new words. An urge is a person's own act: it stays as long as something that was urged is still open.
    """
    voided: Counter[int] = Counter()
    by_period = {one.period: one for one in facts}
    standing = {key: standing_notices(one, on, exceptions) for key, one in by_period.items()}
    right = {notice.key: notice for notices in standing.values() for notice in notices}
    for row in Notice.objects.filter(state="queued", period__in=by_period):
        period, wanted = row.period_id or 0, right.get(_key(row))
        if wanted is None:
            why = why_void(
                row.kind, row.recipient_id, row.occurrence, by_period[period], on, standing[period]
            )
            voided[period] += void(row, why)
        elif wanted.body != row.body:
            still_queued(row).update(title=one_line(wanted.title), body=wanted.body)
    return voided


def why_void(
    kind: str, recipient: int, occurrence: date, facts: Facts, on: date, standing: Iterable[DueNotice]
) -> str:
    """Why a notice that does not stand any more must not go out; "" for an urge that still may."""
    if kind == Kind.RETURNED:
        return ANSWERED
    theirs = [item for item in facts.owed if _concerns(facts, item, recipient)]
    same = [one for one in standing if one.recipient == recipient and family(one.kind) == family(kind)]
    if kind == Kind.SIGN_OFF and not same:
        return SIGNED
    if kind != Kind.SIGN_OFF and not theirs:
        return NOTHING_LEFT
    open_ones = [item for item in theirs if on <= facts.last_day(item)]
    if kind not in (Kind.SIGN_OFF, Kind.ESCALATION) and not open_ones:
        return CLOSED
    if kind == Kind.URGE:
        return ""
    return LATER if any(one.occurrence > occurrence for one in same) else MOVED


def void(row: Notice, reason: str) -> int:
    """Take a notice out of the queue for a reason, unless a worker has claimed it meanwhile; 1 if it was."""
    return still_queued(row).update(state=Notice.State.VOID, error=reason) if reason else 0


def still_queued(row: Notice) -> QuerySet[Notice]:
    """The row, unless a worker has claimed it meanwhile."""
    return Notice.objects.filter(pk=row.pk, state=Notice.State.QUEUED)


def _concerns(facts: Facts, item: Owed, person: int) -> bool:
    body = facts.bodies[item.department]
    return person in (*body.reporters, *body.heads, *facts.coordinators)


def _key(row: Notice) -> tuple[int, str, str, int, date, str]:
    return row.recipient_id, row.kind, row.subject_type, row.subject_id, row.occurrence, row.occasion
