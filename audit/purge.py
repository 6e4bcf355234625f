"""The only place where entries leave the table: sealed, older than the keeping time, and safe in a file."""

from __future__ import annotations

from django.db import connection

from audit import triggers
from audit.models import Entry


class NotPurged(Exception):
    """Other rows were removed than the archive holds; the transaction must be given up."""


def purge(*, last_id: int, count: int) -> None:
    """Remove the `count` entries up to `last_id`; call it inside the transaction that records the archive.

    The triggers are lifted and put back in that same transaction: on PostgreSQL lifting them locks the table
    against everybody else until its end, on SQLite there is only one writer, and on both a failure brings
    back rows and triggers together.
    """
    table = Entry._meta.db_table
    triggers.remove(connection, table)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id <= %s", [last_id])
        removed = cursor.rowcount
    triggers.install(connection, table)
    if removed != count:
        raise NotPurged(f"{removed} != {count}")
