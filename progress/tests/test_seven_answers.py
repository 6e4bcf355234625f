"""Seven rules that must never be left undecided, each held as the answer that was given."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from departments.bodies.rename import rename
from departments.models import Membership
from departments.permissions import Refused
from departments.tests.factories import make_jurisdiction, make_officer
from notices.models import Notice
from notices.write import write_due
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.moves import NotPossible
from progress.open_period import open_period
from progress.rates import filing_rate
from progress.review import accept, exempt, reopen, return_report
from progress.save import save
from progress.sign_off import sign
from progress.submit import submit, withdraw
from progress.tests.cast import CONTENT, DAY, MORNING, Cast, make_cast
from progress.tests.factories import SHANGHAI, at, make_report
from tasks.tests.factories import make_task

CONFIRMED: dict[str, Any] = {"percent": 80, "status": "normal", "note": ""}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_it_keeps_one_row_and_every_submission_as_a_revision(cast: Cast) -> None:
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    back = withdraw(sent, version=1, by=cast.reporter, at=MORNING)
    better = ReportContent(text="更正后的进展。", said_percent=90, said_status="normal")
    again = submit(back, content=better, version=2, by=cast.reporter, at=MORNING)

    assert list(ProgressReport.objects.values_list("pk", "version", "text")) == [
        (cast.report.pk, 3, better.text)
    ]
    sent_texts = [one.content["text"] for one in again.revisions.filter(act="submit")]
    assert sent_texts == [CONTENT.text, better.text]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(cast.period, cast.task, cast.department)


def test_it_is_reviewed_by_a_coordinator_of_the_place_after_the_departments_head(db: None) -> None:
    cast = make_cast(needs_sign_off=True)
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    assert sent.state == "submitted"
    with pytest.raises(NotPossible):
        accept(sent, version=1, by=cast.coordinator, at=MORNING, **CONFIRMED)

    signed = sign(sent, version=1, by=cast.head, at=MORNING)
    elsewhere = make_officer(jurisdiction=make_jurisdiction("640400", "固原市"))
    for other in (cast.head, cast.leader, elsewhere):
        with pytest.raises(Refused):
            accept(signed, version=2, by=other, at=MORNING, **CONFIRMED)

    assert accept(signed, version=2, by=cast.coordinator, at=MORNING, **CONFIRMED).state == "accepted"


def test_it_is_never_reviewed_by_who_wrote_it(cast: Cast) -> None:
    Membership.objects.create(user=cast.coordinator, department=cast.department, role="reporter")
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.coordinator, at=MORNING)

    with pytest.raises(Refused, match="不能审核自己填报的报告"):
        accept(sent, version=1, by=cast.coordinator, at=MORNING, **CONFIRMED)
    assert accept(sent, version=1, by=make_officer(), at=MORNING, **CONFIRMED).state == "accepted"


def test_it_may_be_edited_after_a_return_until_the_new_date(cast: Cast) -> None:
    last = date(2020, 12, 30)  # a week after the period has closed
    report = cast.in_state("signed")
    returned = return_report(
        report, version=0, reason="请补充数据。", by=cast.coordinator, at=MORNING, due_on=last
    )

    with pytest.raises(NotPossible, match="已于12月30日关闭"):
        save(returned, content=CONTENT, version=1, by=cast.reporter, at=at(last + timedelta(days=1)))
    assert submit(returned, content=CONTENT, version=1, by=cast.reporter, at=at(last, 23)).state == "signed"


def test_it_may_not_be_edited_after_acceptance_until_it_is_reopened_with_a_reason(cast: Cast) -> None:
    accepted = cast.in_state("accepted")
    with pytest.raises(NotPossible, match="医改办已于12月10日确认"):
        save(accepted, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    with pytest.raises(NotPossible, match="理由"):
        reopen(accepted, version=0, reason=" ", by=cast.coordinator, at=MORNING)

    opened = reopen(accepted, version=0, reason="数据有误。", by=cast.coordinator, at=MORNING)

    assert save(opened, content=CONTENT, version=1, by=cast.reporter, at=MORNING).state == "returned"


def test_it_keeps_the_department_as_it_was_called_when_the_period_opened(cast: Cast) -> None:
    period = open_period(
        cast.ledger,
        kind="quarter",
        year=2021,
        number=1,
        name="2021年第一季度",
        opens_on=date(2021, 3, 1),
        due_on=date(2021, 3, 15),
        closes_on=date(2021, 3, 22),
        by=cast.coordinator,
        at=MORNING,
    )
    rename(
        cast.department,
        name="平凉市发展和改革局",
        short_name="市发改局",
        since=DAY,
        reason="机构改革",
        version=cast.department.version,
        by=cast.coordinator,
        on=DAY,
    )

    report = period.reports.get()
    assert (report.department.name, report.department_name) == ("平凉市发展和改革局", "平凉市发改委")


@pytest.mark.parametrize(
    ("moment", "comes"),
    [
        (datetime(2020, 11, 30, 23, 59, 59, tzinfo=SHANGHAI), "开始填报"),
        (datetime(2020, 12, 1, 0, 0, 0, tzinfo=SHANGHAI), "on time"),
        (datetime(2020, 12, 15, 23, 59, 59, tzinfo=SHANGHAI), "on time"),
        (datetime(2020, 12, 16, 0, 0, 0, tzinfo=SHANGHAI), "late"),
        (datetime(2020, 12, 22, 23, 59, 59, tzinfo=SHANGHAI), "late"),
        (datetime(2020, 12, 23, 0, 0, 0, tzinfo=SHANGHAI), "已于12月22日关闭"),
    ],
    ids=str,
)
def test_it_is_on_time_then_late_then_locked_to_the_second(cast: Cast, moment: datetime, comes: str) -> None:
    assert comes in what_comes_of_submitting(cast, moment)


def what_comes_of_submitting(cast: Cast, moment: datetime) -> str:
    """On time, late, or the refusal."""
    try:
        sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=moment)
    except NotPossible as refused:
        return refused.reason
    return "on time" if sent.on_time else "late"


def test_it_reminds_by_the_schedule_once_a_person_and_day_and_then_escalates(cast: Cast) -> None:
    # The reporter serves two departments, and each owes; the office takes reports for a month.
    Membership.objects.create(user=cast.reporter, department=cast.neighbour, role="reporter")
    make_report(
        cast.period,
        make_task(cast.ledger, leads=(cast.neighbour,)),
        cast.neighbour,
        department_name="市财政局",
    )
    cast.period.closes_on = date(2021, 1, 15)
    cast.period.opened_at = at(date(2020, 12, 1))
    cast.period.save()

    for day in (date(2020, 12, 1) + timedelta(days=count) for count in range(60)):
        write_due(day, at(day, 8))

    told = Notice.objects.filter(recipient=cast.reporter).order_by("occurrence")
    assert [(one.kind, one.occurrence.isoformat()) for one in told] == [
        ("opened", "2020-12-01"),
        ("reminder", "2020-12-04"),  # 7, 3 and 1 working days before the 15th
        ("reminder", "2020-12-10"),
        ("reminder", "2020-12-14"),
        ("overdue", "2020-12-16"),  # 1, 3 and 7 working days after it
        ("overdue", "2020-12-18"),
        ("overdue", "2020-12-24"),
    ]
    escalated = Notice.objects.filter(kind="escalation", recipient__in=[cast.head, cast.coordinator])
    assert {(one.recipient, one.occurrence.isoformat()) for one in escalated} == {
        (cast.head, "2020-12-25"),
        (cast.coordinator, "2020-12-25"),
    }
    assert escalated.count() == 2


def test_it_counts_on_time_over_expected_without_the_exempted(cast: Cast) -> None:
    period = cast.period
    others = [
        make_report(period, make_task(cast.ledger, leads=(cast.department,)), cast.department)
        for _ in range(3)
    ]
    submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    submit(others[0], content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 12, 16)))
    before = filing_rate(ProgressReport.objects.filter(period=period))

    exempt(others[1], version=0, reason="任务并入省级任务。", by=cast.coordinator, at=MORNING)

    after = filing_rate(ProgressReport.objects.filter(period=period))
    assert (before.on_time, before.expected, str(before.rate)) == (1, 4, "25.0")
    assert (after.on_time, after.expected, str(after.rate)) == (1, 3, "33.3")


def test_it_counts_over_the_set_that_was_frozen_when_the_period_opened(cast: Cast) -> None:
    submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)

    make_task(cast.ledger, leads=(cast.department, cast.neighbour))  # a task of later

    assert filing_rate(ProgressReport.objects.filter(period=cast.period)).expected == 1
