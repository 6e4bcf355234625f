"""Plain makers of facts and notices; every argument may be overridden."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from departments.models import User
from notices.models import Notice
from notices.rules import Body, Facts, Owed
from progress.models import ReportingPeriod
from progress.tests.factories import make_period

_serial = count(1)
DEPARTMENT, REPORTER, HEAD, COORDINATOR = 10, 101, 201, 301


def owe(**fields: Any) -> Owed:
    """A report that nobody has begun, due on 2020-12-15."""
    number = next(_serial)
    fields = {
        "report": number,
        "department": DEPARTMENT,
        "task": f"（{number}）任务",
        "state": "expected",
        "due_on": date(2020, 12, 15),
        **fields,
    }
    return Owed(**fields)


def make_facts(*owed: Owed, bodies: Iterable[Body] | None = None, **fields: Any) -> Facts:
    """A fourth quarter of 2020 with one department, its reporter, its head and a coordinator."""
    given = bodies or [Body(DEPARTMENT, "市卫健委", (REPORTER,), (HEAD,))]
    fields = {
        "period": 1,
        "name": "2020年第四季度",
        "year": 2020,
        "ledger": 1,
        "ledger_name": "2020年下半年医改重点工作任务",
        "jurisdiction": 1,
        "announced_on": date(2020, 12, 1),
        "closes_on": date(2020, 12, 22),
        "owed": owed or (owe(),),
        "bodies": {body.pk: body for body in given},
        "coordinators": (COORDINATOR,),
        **fields,
    }
    return Facts(**fields)


def make_notice(recipient: User, period: ReportingPeriod | None = None, **fields: Any) -> Notice:
    """A queued reminder of 2020-12-10."""
    period = period or make_period()
    fields = {
        "kind": Notice.Kind.REMINDER,
        "subject_type": "progress.reportingperiod",
        "subject_id": next(_serial),
        "occurrence": date(2020, 12, 10),
        "title": "2020年第四季度进展报告12月15日截止，还有1份未提交",
        "body": "台账：2020年下半年医改重点工作任务\n市卫健委",
        "link": f"/ledgers/{period.ledger_id}/filing/",
        **fields,
    }
    return Notice.objects.create(
        recipient=recipient, period=period, jurisdiction=period.jurisdiction, **fields
    )
