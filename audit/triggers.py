"""Database triggers that make a table append-only on SQLite and PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_entry", "audit_seal", "audit_archive", "progress_revision", "tasks_taskchange")

_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    # REPLACE removes the old row without asking the trigger above.
    "CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}"
    " WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$",
    "CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)
_SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS {table}_no_update",
    "DROP TRIGGER IF EXISTS {table}_no_delete",
    "DROP TRIGGER IF EXISTS {table}_no_replace",
)
_POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
    "DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
)


def _run(
    connection: BaseDatabaseWrapper, table: str, sqlite: tuple[str, ...], postgresql: tuple[str, ...]
) -> None:
    statements = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=table), [] if connection.vendor == "postgresql" else None)


def install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Refuse every later UPDATE and DELETE (and TRUNCATE) on `table`."""
    _run(connection, table, _SQLITE, _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper, table: str) -> None:
    """Undo `install`: only for reversing a migration, for emptying a test database, and for `audit.purge`."""
    _run(connection, table, _SQLITE_DROP, _POSTGRESQL_DROP)
