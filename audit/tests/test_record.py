"""The trail: one row an act, in the act's transaction, never changed again."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AppendOnly, Entry
from audit.record import OutsideTransaction, record
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
