"""封存: every ended day once, in a chain, whatever the clock did."""

import logging
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.digest import line_of
from audit.jobs import seal_due
from audit.models import Entry, Seal
from audit.seal import seal_day, seal_days
from audit.tests.trail import day, make_entry, make_sealed


@pytest.mark.django_db
def test_it_seals_every_ended_day_in_a_chain() -> None:
    entries = make_sealed(days=3, each=2)

    seals = list(Seal.objects.order_by("day"))

    assert [seal.day for seal in seals] == [day(0), day(1), day(2)]
    assert [seal.count for seal in seals] == [2, 2, 2]
    assert [seal.last_id for seal in seals] == [entries[1].pk, entries[3].pk, entries[5].pk]
    assert [seal.previous for seal in seals] == ["", seals[0].digest, seals[1].digest]
    assert len({seal.digest for seal in seals}) == 3


@pytest.mark.django_db
def test_it_leaves_an_entry_and_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    make_entry(day(0))
    with caplog.at_level(logging.INFO):
        seal = seal_day(day(0))

    entry = Entry.objects.get(act="audit.seal")
    assert (entry.actor_name, entry.after["digest"]) == ("系统", seal.digest)
    assert seal.digest in caplog.text


@pytest.mark.django_db
def test_it_catches_up_missed_and_empty_days_and_does_nothing_twice() -> None:
    make_entry(day(0))
    make_entry(day(5))

    assert [seal.count for seal in seal_days(until=day(6))] == [1, 0, 0, 0, 0, 1]
    assert seal_days(until=day(6)) == []


@pytest.mark.django_db
def test_it_leaves_today_and_an_empty_trail_alone() -> None:
    assert seal_days(until=day(1)) == []
    make_entry(day(0))
    assert seal_days(until=day(0))[0].count == 0  # the first seal starts the chain
    assert not Seal.objects.filter(day=day(0)).exists()


@pytest.mark.django_db
def test_it_reckons_days_in_the_office_s_time() -> None:
    last = Entry.objects.create(
        at=datetime(2020, 3, 2, 15, 59, 59, tzinfo=UTC), actor_name="李静", act="ledger.export"
    )
    Entry.objects.create(at=datetime(2020, 3, 2, 16, 0, tzinfo=UTC), actor_name="李静", act="ledger.export")

    assert seal_days(until=day(1))[0].last_id == last.pk


@pytest.mark.django_db
def test_it_takes_a_late_entry_into_the_next_seal() -> None:
    make_sealed(days=1)
    late = make_entry(day(0))
    other = make_entry(day(1))

    seal = seal_days(until=day(2))[-1]

    assert late.pk < seal.last_id == other.pk


@pytest.mark.django_db
def test_it_takes_an_entry_of_a_clock_that_ran_ahead() -> None:
    make_entry(day(400))
    make_entry(day(0))

    assert [(seal.day, seal.count) for seal in seal_days(until=day(1))] == [(day(0), 2)]


@pytest.mark.django_db
def test_it_refuses_a_second_seal_of_a_day() -> None:
    make_sealed(days=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        seal_day(day(0))
    assert Seal.objects.count() == 1


@pytest.mark.django_db
def test_the_job_and_the_command_seal_up_to_yesterday(capsys: pytest.CaptureFixture[str]) -> None:
    now = timezone.now()
    Entry.objects.create(at=now - timedelta(days=2), actor_name="李静", act="ledger.export")

    assert seal_due() == 2
    call_command("seal_audit")
    assert Seal.objects.latest("day").day == timezone.localdate() - timedelta(days=1)
    assert "没有需要封存" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_line_is_the_same_before_and_after_the_database() -> None:
    made = make_entry(after={"b": 1.5, "a": ["甲", None, True], "嵌": {"x": 1}}, address="203.0.113.5")

    assert line_of(Entry.objects.get()) == line_of(made)
    assert line_of(made).startswith('{"act":"ledger.export","actor_id":5,')


@pytest.mark.postgresql  # SQLite has one writer at a time
@pytest.mark.usefixtures("committed_db")
def test_it_waits_for_an_entry_that_is_not_committed_yet() -> None:
    sealed: list[Seal] = []

    def seal() -> None:
        sealed.extend(seal_days(until=day(1)))
        connection.close()

    first = make_entry(day(0))
    with transaction.atomic():
        held = make_entry(day(0))  # has its number, cannot be seen yet
        thread = Thread(target=seal)
        thread.start()
        thread.join(0.5)
        assert not sealed
    thread.join(10)

    assert (sealed[0].count, sealed[0].last_id) == (2, held.pk)
    assert first.pk < held.pk
