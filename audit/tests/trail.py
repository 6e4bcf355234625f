"""Makers of entries on given days, and the hand of somebody who may do anything to the database."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from audit import triggers
from audit.models import Entry
from audit.seal import seal_days

DAY = date(2020, 3, 2)


def day(number: int) -> date:
    """The nth day of the sample, from 0."""
    return DAY + timedelta(days=number)


def make_entry(on: date = DAY, hour: int = 9, **fields: Any) -> Entry:
    """Write an entry as `record` does, at a moment of our own."""
    at = datetime.combine(on, time(hour), ZoneInfo("Asia/Shanghai"))
    given = {"actor_id": 5, "actor_name": "李静", "act": "ledger.export", "jurisdiction_id": 1, **fields}
    return Entry.objects.create(at=at, **given)


def make_sealed(days: int = 3, each: int = 3) -> list[Entry]:
    """Some days with entries, all sealed."""
    entries = [make_entry(day(n), 8 + m, after={"tasks": m}) for n in range(days) for m in range(each)]
    seal_days(until=day(days))
    return entries


def tamper(statement: str, *parameters: str | int, table: str = "audit_entry") -> int:
    """Run SQL as the owner of the database would, past the triggers; returns how many rows it touched."""
    triggers.remove(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        touched = int(cursor.rowcount)
    triggers.install(connection, table)
    assert touched
    return touched
