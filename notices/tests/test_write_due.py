"""What a run writes into the outbox, from real rows."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from departments.models import Department, User
from departments.tests.factories import make_department, make_head, make_officer, make_reporter
from notices import jobs
from notices.models import Notice
from notices.tests.factories import make_notice
from notices.write import write_due as write_due_at
from progress.models import ReportingPeriod
from progress.tests.factories import at, make_period, make_report
from tasks.tests.factories import make_task

TENTH = date(2020, 12, 10)  # the third working day before the deadline


def write_due(on: date) -> Counter[str]:
    """Run in the morning of a day."""
    return write_due_at(on, at(on, 8))


class Quarter:
    """A period in which one department owes one report."""

    def __init__(self) -> None:
        self.department = make_department()
        self.reporter = make_reporter(self.department)
        self.head = make_head(self.department)
        self.coordinator = make_officer()
        self.period = make_period()
        self.report = self.owe(self.department)

    def owe(self, department: Department, **fields: object):  # type: ignore[no-untyped-def]  # as the factory
        """One more expected report."""
        return make_report(
            self.period, make_task(self.period.ledger, leads=(department,)), department, **fields
        )


@pytest.fixture
def quarter(db: None) -> Quarter:
    return Quarter()


def test_it_writes_a_digest_that_leads_to_the_filing_page(quarter: Quarter) -> None:
    counts = write_due(TENTH)

    notice = Notice.objects.get()
    assert counts == {"reminder": 1}
    assert (notice.recipient, notice.kind, notice.state) == (quarter.reporter, "reminder", "queued")
    assert notice.link == f"/ledgers/{quarter.period.ledger_id}/filing/"
    assert notice.created_at == at(TENTH, 8)
    assert str(quarter.report.task) in notice.body


def test_it_writes_nothing_in_a_second_run_of_the_day(quarter: Quarter) -> None:
    write_due(TENTH)

    assert write_due(TENTH) == {}
    assert Notice.objects.count() == 1


def test_it_leaves_one_entry_a_period_in_the_trail(quarter: Quarter) -> None:
    write_due(TENTH)
    write_due(TENTH)

    entry = Entry.objects.get(act="notice.write")
    assert (entry.actor_name, entry.target_label, entry.after) == ("系统", "2020年第四季度", {"reminder": 1})
    assert entry.jurisdiction_id == quarter.period.jurisdiction_id


@pytest.mark.parametrize("state", ["signed", "accepted", "exempt"])
def test_it_leaves_those_alone_who_have_filed(quarter: Quarter, state: str) -> None:
    type(quarter.report).objects.update(
        state=state,
        submitted_at=at(TENTH),
        first_submitted_at=at(TENTH),
        on_time=True,
        reviewed_by=quarter.coordinator,
        reviewed_at=at(TENTH),
        exempt_reason="已并入其他任务。",
    )

    assert write_due(TENTH) == {}


def test_it_leaves_a_planned_period_alone(quarter: Quarter) -> None:
    ReportingPeriod.objects.update(state="planned")

    assert write_due(TENTH) == {}


def test_it_escalates_a_period_that_is_closed_by_now(quarter: Quarter) -> None:
    ReportingPeriod.objects.update(state="closed")

    assert write_due(date(2020, 12, 23)) == {"escalation": 2}
    assert set(Notice.objects.values_list("recipient", flat=True)) == {
        quarter.head.pk,
        quarter.coordinator.pk,
    }


def test_it_counts_from_the_day_on_which_the_period_was_really_opened(quarter: Quarter) -> None:
    ReportingPeriod.objects.update(opened_at=at(date(2020, 12, 9)))

    assert write_due(date(2020, 12, 9)) == {"opened": 1}
    assert Notice.objects.get().occurrence == date(2020, 12, 9)


def test_it_leaves_out_accounts_and_memberships_that_have_ended(quarter: Quarter) -> None:
    User.objects.filter(pk=quarter.reporter.pk).update(is_active=False)
    former = make_reporter(quarter.department, "刘洋")
    former.memberships.update(until=date(2020, 11, 30))

    assert write_due(TENTH) == {"escalation": 1}
    assert "没有填报员" in Notice.objects.get().title


def test_it_leads_the_head_to_what_waits_for_the_sign_off(quarter: Quarter) -> None:
    quarter.report.delete()
    report = quarter.owe(
        quarter.department, submitted_on=TENTH, state="submitted", written_by=quarter.reporter
    )

    assert write_due(TENTH) == {"sign_off": 1}
    assert write_due(TENTH) == {}
    notice = Notice.objects.get()
    assert (notice.recipient, notice.link) == (quarter.head, f"/ledgers/{quarter.period.ledger_id}/review/")
    assert str(report.task) in notice.body


def test_it_voids_the_unsent_notice_when_the_head_has_signed(quarter: Quarter) -> None:
    quarter.report.delete()
    report = quarter.owe(
        quarter.department, submitted_on=TENTH, state="submitted", written_by=quarter.reporter
    )
    write_due(TENTH)
    report.state = "signed"
    report.save(update_fields=["state"])

    assert write_due(TENTH) == {"void": 1}
    assert Notice.objects.get().state == "void"


def test_it_tells_a_return(quarter: Quarter) -> None:
    write_due(TENTH)
    type(quarter.report).objects.update(
        state="returned",
        return_reason="请补充资金下达数。",
        returned_by=quarter.coordinator,
        returned_at=at(TENTH, 15),
        revise_by=date(2020, 12, 17),
    )

    assert write_due(TENTH)["returned"] == 1
    assert write_due(TENTH) == {}
    notice = Notice.objects.get(kind="returned")
    assert (notice.subject_type, notice.subject_id) == ("progress.progressreport", quarter.report.pk)
    assert "李静）：请补充资金下达数。" in notice.body


def test_it_tells_no_return_of_a_report_that_was_handed_in_again_and_withdrawn(quarter: Quarter) -> None:
    quarter.period.reports.update(
        state="draft",
        return_reason="请补充资金下达数。",
        returned_at=at(date(2020, 12, 8)),
        first_submitted_at=at(date(2020, 12, 7)),
        revise_by=date(2020, 12, 15),
    )

    assert write_due(TENTH) == {"reminder": 1}


# What no longer stands


def test_it_voids_an_unsent_notice_when_the_deadline_moves(quarter: Quarter) -> None:
    write_due(TENTH)
    quarter.period.reports.update(due_on=date(2020, 12, 18))

    assert write_due(TENTH) == {"void": 1, "reminder": 1}
    assert {(one.state, one.occurrence) for one in Notice.objects.all()} == {
        ("void", date(2020, 12, 10)),
        ("queued", date(2020, 12, 9)),
    }


def test_it_reminds_by_the_later_day_of_one_department_also_after_the_period_has_closed(
    quarter: Quarter,
) -> None:
    write_due(TENTH)
    quarter.period.reports.update(due_on=date(2020, 12, 28), due_reason="数据未齐。")

    assert write_due(TENTH) == {"void": 1, "opened": 1}
    assert write_due(date(2020, 12, 25))["reminder"] == 1
    assert "12月28日截止" in Notice.objects.standing().get().title


def test_it_writes_again_on_the_slot_of_a_void_notice(quarter: Quarter) -> None:
    write_due(TENTH)
    quarter.period.reports.update(due_on=date(2020, 12, 18))
    write_due(TENTH)
    quarter.period.reports.update(due_on=date(2020, 12, 15))

    assert write_due(TENTH) == {"void": 1, "reminder": 1}
    assert Notice.objects.standing().get().occurrence == TENTH


def test_it_corrects_the_words_of_an_unsent_notice(quarter: Quarter) -> None:
    write_due(TENTH)
    Notice.objects.update(read_at=at(TENTH, 9))
    quarter.owe(quarter.department)

    assert write_due(TENTH) == {}
    notice = Notice.objects.get()
    assert "还有2份" in notice.title
    assert notice.read_at is not None


def test_it_voids_an_unsent_notice_when_the_report_is_in(quarter: Quarter) -> None:
    write_due(TENTH)
    quarter.period.reports.update(
        state="signed", submitted_at=at(TENTH), first_submitted_at=at(TENTH), on_time=True
    )

    assert write_due(TENTH) == {"void": 1}
    assert not Notice.objects.standing().exists()


def test_it_voids_an_unsent_notice_when_a_later_slot_has_come(quarter: Quarter) -> None:
    write_due(TENTH)

    assert write_due(date(2020, 12, 14)) == {"void": 1, "reminder": 1}


def test_it_leaves_a_sent_notice_as_it_was(quarter: Quarter) -> None:
    write_due(TENTH)
    Notice.objects.update(state="sent", sent_at=at(TENTH))
    quarter.period.reports.update(due_on=date(2020, 12, 18))

    assert write_due(TENTH) == {}
    assert Notice.objects.get().state == "sent"


def test_it_leaves_an_urge_alone(quarter: Quarter) -> None:
    make_notice(quarter.reporter, quarter.period, kind="urge", subject_type="notices.urge")

    assert write_due(TENTH) == {"reminder": 1}
    assert Notice.objects.get(kind="urge").state == "queued"


# The database's own word


def test_it_refuses_the_same_notice_twice(quarter: Quarter) -> None:
    make_notice(quarter.reporter, quarter.period, subject_id=7)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(quarter.reporter, quarter.period, subject_id=7)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("state", ["sent", "sending"])
def test_it_refuses_a_state_without_its_time(quarter: Quarter, state: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(quarter.reporter, quarter.period, state=state)
    assert not Notice.objects.exists()


# Cost, command, job


def _queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_it_costs_the_same_for_many_reports_and_periods(quarter: Quarter) -> None:
    few = _queries(lambda: write_due(date(2020, 12, 1)))
    Notice.objects.all().delete()
    for number in range(8):
        department = make_department(f"市{number}局")
        make_reporter(department)
        quarter.owe(department)

    assert _queries(lambda: write_due(date(2020, 12, 1))) == few
    assert Notice.objects.count() == 9


def test_it_runs_as_a_command(quarter: Quarter) -> None:
    first, second = StringIO(), StringIO()

    call_command("run_notices", "--on", "2020-12-10", stdout=first)
    call_command("run_notices", "--on", "2020-12-10", stdout=second)

    assert "新生成通知 1\n　报送提醒 1\n" in first.getvalue()
    assert "已发 1　失败 0　不确定 0" in first.getvalue()
    assert "新生成通知 0\n作废未发通知 0\n已发 0" in second.getvalue()
    assert Notice.objects.get().state == "sent"


def test_it_runs_as_a_job_on_the_office_clock(quarter: Quarter) -> None:
    jobs.write_due()
    jobs.deliver_waiting()

    notice = Notice.objects.get()
    assert (notice.occurrence, notice.state, notice.channel) == (TENTH, "sent", "inside")


@pytest.mark.usefixtures("committed_db")
def test_it_writes_once_when_two_workers_run_at_once() -> None:
    Quarter()
    start, counts = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait()
            counts.append(sum(write_due(TENTH).values()))
        finally:
            connection.close()

    workers = [threading.Thread(target=run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(counts) == [0, 1]
    assert Notice.objects.count() == 1
