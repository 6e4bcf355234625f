"""The trail: one row an act, in the act's transaction, never changed again."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AppendOnly, Archive, Entry, Seal
from audit.record import OutsideTransaction, SecretInTrail, record
from audit.tests.trail import day, make_sealed
from departments.models import User
from departments.tests.factories import make_user


@pytest.fixture
def person(db: None) -> User:
    return make_user("李静")


def test_it_records_who_did_what(person: User) -> None:
    record(
        "user.rename",
        actor=person,
        target=person,
        jurisdiction_id=7,
        before={"name": "李"},
        after={"name": "李静"},
    )

    entry = Entry.objects.get()
    assert (entry.actor_id, entry.actor_name, entry.act, entry.jurisdiction_id) == (
        person.pk,
        "李静",
        "user.rename",
        7,
    )
    assert (entry.target_type, entry.target_id, entry.target_label) == ("departments.user", person.pk, "李静")
    assert (entry.before, entry.after) == ({"name": "李"}, {"name": "李静"})


def test_it_names_the_system_when_nobody_acts(person: User) -> None:
    record("notice.write", actor=None, target=person, jurisdiction_id=None)

    assert Entry.objects.get().actor_name == "系统"


def test_it_leaves_nothing_when_the_act_is_rolled_back(person: User) -> None:
    with transaction.atomic():
        record("user.rename", actor=person, target=person, jurisdiction_id=None)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_it_refuses_to_record_outside_a_transaction() -> None:
    person = make_user()

    with pytest.raises(OutsideTransaction):
        record("user.rename", actor=person, target=person, jurisdiction_id=None)
    assert not Entry.objects.exists()


def test_it_refuses_change_and_removal_in_code(person: User) -> None:
    entry = record("user.rename", actor=person, target=person, jurisdiction_id=None)

    with pytest.raises(AppendOnly):
        Entry.objects.update(act="other")
    with pytest.raises(AppendOnly):
        Entry.objects.all().delete()
    with pytest.raises(AppendOnly):
        entry.delete()
    assert Entry.objects.get().act == "user.rename"


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"])
def test_it_refuses_change_and_removal_in_the_database(person: User, statement: str) -> None:
    record("user.rename", actor=person, target=person, jurisdiction_id=None)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.get().act == "user.rename"


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_archive"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_it_refuses_direct_sql_on_every_table_of_the_trail(db: None, table: str, statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor != "postgresql":
        statement = "DELETE FROM {} WHERE 1"  # SQLite knows no TRUNCATE, and this is what it makes of it
    entry = make_sealed(days=1, each=1)[0]
    Archive.objects.create(
        from_day=day(0),
        through_day=day(0),
        last_id=1,
        count=1,
        file_name="a",
        sha256="",
        archived_at=entry.at,
    )

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert (Entry.objects.count(), Seal.objects.count(), Archive.objects.count()) == (2, 1, 1)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            "REPLACE INTO audit_seal SELECT id, '2020-01-01', last_id, count, previous, digest, sealed_at FROM audit_seal",
            marks=pytest.mark.sqlite,  # PostgreSQL knows no REPLACE
        ),
        "INSERT INTO audit_seal SELECT * FROM audit_seal WHERE true ON CONFLICT (id) DO UPDATE SET digest = 'x'",
    ],
)
def test_it_refuses_a_row_put_over_another(db: None, statement: str) -> None:
    make_sealed(days=1)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_it_names_who_is_not_signed_in_and_needs_no_object(db: None) -> None:
    record("user.sign_in_failed", actor="nobody", target=None, jurisdiction_id=None)

    entry = Entry.objects.get()
    assert (entry.actor_id, entry.actor_name) == (None, "nobody")
    assert (entry.target_type, entry.target_id, entry.target_label) == ("", None, "")


@pytest.mark.parametrize("name", ["password", "new_password", "totp_secret", "session_key", "Token"])
def test_it_refuses_what_is_named_like_a_secret(person: User, name: str) -> None:
    with pytest.raises(SecretInTrail, match=name):
        record(
            "user.rename", actor=person, target=person, jurisdiction_id=None, after={"x": {name: "geheim"}}
        )
    assert not Entry.objects.exists()


def test_it_takes_the_fact_that_a_secret_changed(person: User) -> None:
    entry = record(
        "user.add", actor=person, target=person, jurisdiction_id=None, after={"must_change_password": True}
    )
    assert entry.after == {"must_change_password": True}
