"""A database trigger that keeps an issued circular as it is, on SQLite and PostgreSQL.

Only withdrawing it (state) stays possible: papers that went out are never rewritten.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "reports_bulletin"
_KEPT = (
    "title",
    "number",
    "addressees",
    "copies_to",
    "as_of",
    "dated",
    "content",
    "figures",
    "file",
    "sha256",
    "issued_at",
    "issued_by_id",
    "period_id",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse changes to issued rows, except the state going to 已撤回."""
    if connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _KEPT)
        _run(
            connection,
            "CREATE OR REPLACE FUNCTION refuse_issued_change() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'an issued bulletin does not change'; END $$",
            f"CREATE OR REPLACE TRIGGER {TABLE}_issued BEFORE UPDATE ON {TABLE} FOR EACH ROW"
            f" WHEN (OLD.state = 'issued' AND ({changed} OR NEW.state = 'draft'))"
            " EXECUTE FUNCTION refuse_issued_change()",
        )
        return
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _KEPT)
    _run(
        connection,
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_issued BEFORE UPDATE ON {TABLE}"
        f" WHEN OLD.state = 'issued' AND ({changed} OR NEW.state = 'draft')"
        " BEGIN SELECT RAISE(ABORT, 'an issued bulletin does not change'); END",
    )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Undo `install`: only for reversing the migration."""
    suffix = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    _run(connection, f"DROP TRIGGER IF EXISTS {TABLE}_issued{suffix}")


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
