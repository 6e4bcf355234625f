"""A move is a conditional update: of two from the same version one wins, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from audit.models import Entry
from departments.permissions import Refused
from progress.content import ReportContent
from progress.models import ProgressReport, Revision
from progress.moves import Conflict, fresh
from progress.review import accept, return_report
from progress.save import save
from progress.submit import submit, withdraw
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_it_leaves_a_revision_and_an_entry_in_the_trail(cast: Cast) -> None:
    moved = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    revision = Revision.objects.get(report=moved)
    assert (revision.version, revision.act, revision.by) == (1, "submit", cast.reporter)
    assert revision.content["text"] == CONTENT.text
    entry = Entry.objects.get(act="report.submit")
    assert entry.before["state"] == "expected"
    assert entry.after["state"] == "signed"
    assert entry.after["written_by"] == cast.reporter.pk
    assert entry.jurisdiction_id == cast.ledger.jurisdiction_id


def test_it_refuses_a_stale_version_and_hands_back_what_is_there(cast: Cast) -> None:
    first = fresh(cast.report)
    save(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    with pytest.raises(Conflict) as conflict:
        save(first, content=ReportContent(text="另一页写的"), version=0, by=cast.reporter, at=MORNING)
    assert conflict.value.current.text == CONTENT.text
    assert ProgressReport.objects.get().version == 1


def test_it_refuses_a_version_that_the_form_read_before(cast: Cast) -> None:
    saved = save(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    with pytest.raises(Conflict):
        save(saved, content=ReportContent(), version=0, by=cast.reporter, at=MORNING)
    assert ProgressReport.objects.get().text == CONTENT.text


def test_it_lets_only_one_of_withdrawing_and_accepting_win(cast: Cast) -> None:
    report = cast.in_state("signed")
    seen_by_office = fresh(report)
    withdraw(report, version=0, by=cast.reporter, at=MORNING)
    with pytest.raises(Conflict):
        accept(
            seen_by_office,
            version=0,
            percent=80,
            status="normal",
            note="",
            by=cast.coordinator,
            at=MORNING,
        )
    cast.task.refresh_from_db()
    assert ProgressReport.objects.get().state == "draft"
    assert cast.task.confirmed_percent is None
    assert not Entry.objects.filter(act="report.accept").exists()


def test_it_checks_the_part_before_the_version(cast: Cast) -> None:
    with pytest.raises(Refused):
        return_report(cast.report, version=99, reason="请补充。", by=cast.leader, at=MORNING)
    assert ProgressReport.objects.get().version == 0


def test_it_has_one_winner_among_threads(committed_db: None) -> None:
    cast = make_cast()
    start = Barrier(4)
    outcomes: list[str] = []

    def write(text: str) -> None:
        report = fresh(cast.report)
        start.wait(timeout=20)
        try:
            save(report, content=ReportContent(text=text), version=0, by=cast.reporter, at=MORNING)
            outcomes.append(text)
        except Conflict as conflict:
            outcomes.append(f"conflict with {conflict.current.text}")
        finally:
            connection.close()

    threads = [Thread(target=write, args=(f"第{number}页",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    report = ProgressReport.objects.get()
    assert report.version == 1
    assert outcomes.count(report.text) == 1
    assert outcomes.count(f"conflict with {report.text}") == 3
    assert Revision.objects.count() == 1
