"""What waits for a person beside the reports, from real rows: told once, void when it is done."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from departments.models import Membership, User
from departments.tests.factories import make_department, make_officer, make_reporter
from notices import jobs
from notices.deliver import message
from notices.models import Notice
from notices.waiting.write import DONE
from notices.write import void_before_sending
from notices.write import write_due as write_due_at
from progress.models import Contribution, Correction, Finding, Inspection
from progress.requests.decide import decide
from progress.requests.desk import waiting_count
from progress.requests.workflow import Act
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.factories import at, make_report
from progress.tests.requests import make_closure, make_extension
from tasks.models import Task
from tasks.tests.factories import make_task

KINDS = ("request", "answer", "contribution", "finding", "correction")


@pytest.fixture
def cast(db: None) -> Cast:
    """A cast whose own report is out of the way."""
    cast = make_cast()
    cast.in_state("exempt")
    return cast


def write_due(on: date = DAY, hour: int = 8) -> Counter[str]:
    return write_due_at(on, at(on, hour))


def told() -> list[tuple[User, str, str]]:
    rows = Notice.objects.standing().filter(kind__in=KINDS).order_by("pk").select_related("recipient")
    return [(row.recipient, row.kind, row.title) for row in rows]


def sent() -> None:
    """Everything queued has gone out."""
    Notice.objects.filter(state="queued").update(state="sent", sent_at=MORNING)


def told_on(kind: str, days: list[int]) -> list[int]:
    """How many of a kind are written on some days of December, each day's sent before the next."""
    counts = []
    for day in days:
        counts.append(write_due(date(2020, 12, day))[kind])
        sent()
    return counts


def make_finding(cast: Cast, **fields: object) -> Finding:
    inspection = Inspection.objects.create(
        jurisdiction=cast.ledger.jurisdiction,
        ledger=cast.ledger,
        name="年中督查",
        inspected_on=date(2020, 12, 8),
        entered_by=cast.coordinator,
        entered_at=MORNING,
    )
    given = {
        "jurisdiction": cast.ledger.jurisdiction,
        "inspection": inspection,
        "task": cast.task,
        "department": cast.department,
        "department_name": cast.department.name,
        "text": "监测台账不全。",
        "rectify_by": date(2020, 12, 25),
    }
    return Finding.objects.create(**given | fields)


def make_contribution(cast: Cast, **fields: object) -> Contribution:
    """Asked of the neighbour for a report that its lead is writing."""
    report = make_report(cast.period, make_task(cast.ledger, leads=(cast.department,)), cast.department)
    given = {
        "jurisdiction": cast.ledger.jurisdiction,
        "report": report,
        "department": cast.neighbour,
        "department_name": cast.neighbour.name,
        "request": "资金下达数",
        "due_on": date(2020, 12, 14),
        "asked_by": cast.reporter,
        "asked_at": MORNING,
    }
    return Contribution.objects.create(**given | fields)


# Requests


def test_a_head_is_told_and_led_to_the_request(cast: Cast) -> None:
    extension = make_extension(cast, "submitted")

    assert write_due() == {"request": 1}
    assert write_due() == {}
    notice = Notice.objects.get()
    assert (notice.recipient, notice.link) == (cast.head, f"/extensions/{extension.pk}/")
    assert notice.title == "有1件延期、销号申请待审签"
    assert f"市发改委：{cast.task}，申请延期到2021年3月31日，12月10日提出" in notice.body


def test_the_office_is_told_but_not_whoever_asked(cast: Cast) -> None:
    second = make_officer(full_name="何勇")
    make_closure(cast, asked_by=second)

    write_due()
    assert told() == [(cast.coordinator, "request", "有1件延期、销号申请待审核")]


def test_it_is_told_again_on_the_third_working_day_and_then_no_more(cast: Cast) -> None:
    make_extension(cast, "submitted")

    assert told_on("request", [10, 11, 12, 14, 15, 15, 16, 17, 18]) == [1, 0, 0, 0, 1, 0, 0, 0, 0]


def test_the_asker_is_told_once_what_became_of_it(cast: Cast) -> None:
    extension = make_extension(cast)
    decide(extension, Act.REFUSE, version=0, note="请按期完成。", by=cast.coordinator, at=MORNING)

    assert write_due() == {"answer": 1}
    notice = Notice.objects.get()
    assert (notice.recipient, notice.title) == (
        cast.reporter,
        f"{cast.task}：申请延期到2021年3月31日，不同意",
    )
    assert "意见：请按期完成。" in notice.body
    sent()
    assert [write_due(date(2020, 12, day)) for day in (10, 11, 14, 15)] == [{}] * 4


def test_the_answer_reaches_those_who_file_when_the_asker_has_left(cast: Cast) -> None:
    make_extension(cast, "granted")
    successor = make_reporter(cast.department, "孙丽")
    User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
    Membership.objects.filter(user=cast.reporter).update(until=date(2020, 12, 9))

    write_due()
    assert [recipient for recipient, _, _ in told()] == [successor]


@pytest.mark.parametrize("state", ["granted", "returned"])
def test_every_decision_is_an_answer(cast: Cast, state: str) -> None:
    make_extension(cast, state)

    assert write_due() == {"answer": 1}


def test_nobody_is_told_of_a_withdrawal(cast: Cast) -> None:
    make_closure(cast, "withdrawn")

    assert write_due() == {}


def test_what_was_decided_is_void_before_it_is_sent(cast: Cast) -> None:
    extension = make_extension(cast)
    write_due()
    decide(extension, Act.GRANT, version=0, note="", by=cast.coordinator, at=MORNING)

    assert void_before_sending(DAY, at(DAY, 12)) == 1
    assert void_before_sending(DAY, at(DAY, 12)) == 0
    assert list(Notice.objects.values_list("state", "error")) == [("void", DONE)]
    entry = Entry.objects.filter(act="notice.void").get()
    assert (entry.target_label, entry.after) == (str(cast.ledger), {"void": 1})


def test_a_request_about_a_task_that_was_closed_is_void(cast: Cast) -> None:
    make_extension(cast)
    write_due()
    Task.objects.filter(pk=cast.task.pk).update(
        state="completed", closed_on=DAY, closing_reason="经核实已完成。"
    )

    assert write_due() == {"void": 1}


def test_it_is_void_for_whoever_signs_off_no_more(cast: Cast) -> None:
    make_extension(cast, "submitted")
    write_due()
    Membership.objects.filter(user=cast.head).update(until=date(2020, 12, 9))

    assert write_due() == {"void": 1}


def test_the_words_in_the_queue_follow_what_is_left(cast: Cast) -> None:
    extension = make_extension(cast)
    make_closure(cast)
    write_due()
    decide(extension, Act.GRANT, version=0, note="", by=cast.coordinator, at=MORNING)

    assert write_due() == {"answer": 1}
    notice = Notice.objects.get(kind="request")
    assert (notice.state, notice.title, len(notice.covers)) == ("queued", "有1件延期、销号申请待审核", 1)


def test_what_is_being_sent_is_left_alone(cast: Cast) -> None:
    extension = make_extension(cast)
    write_due()
    Notice.objects.update(state="sending", claimed_at=MORNING)
    decide(extension, Act.GRANT, version=0, note="", by=cast.coordinator, at=MORNING)

    assert void_before_sending(DAY, at(DAY, 12)) == 0


def test_it_goes_out_while_it_is_true(cast: Cast) -> None:
    make_extension(cast)
    jobs.write_due()
    jobs.deliver_waiting()

    assert Notice.objects.get().state == "sent"


def test_those_are_told_whose_page_and_menu_count_it(cast: Cast) -> None:
    make_extension(cast, "submitted")
    make_closure(cast, asked_by=cast.coordinator)
    second = make_officer(full_name="何勇")

    write_due()
    people = (cast.reporter, cast.head, cast.coordinator, cast.leader, cast.stranger, second)
    counted = {one: waiting_count(one, cast.ledger) for one in people}
    listed = Notice.objects.filter(kind="request").select_related("recipient")
    assert {one.recipient: len(one.covers) for one in listed} == {one: n for one, n in counted.items() if n}
    assert counted[cast.head] == counted[second] == 1


def test_the_letter_lists_what_waits_and_links_to_it(cast: Cast) -> None:
    extension = make_extension(cast, "submitted")
    write_due()

    letter = message(Notice.objects.select_related("recipient").get())
    assert letter.subject == "有1件延期、销号申请待审签"
    assert letter.body.splitlines()[:5] == [
        "陈处长：",
        "",
        f"台账：{cast.ledger}",
        "以下申请等您办理：",
        f"　市发改委：{cast.task}，申请延期到2021年3月31日，12月10日提出",
    ]
    assert f"/extensions/{extension.pk}/\n" in letter.body


# 配合情况


def test_a_department_is_told_what_a_lead_asks_and_again_the_working_day_before(cast: Cast) -> None:
    contribution = make_contribution(cast)

    assert told_on("contribution", [10, 11, 14, 15]) == [1, 1, 0, 0]
    notice = Notice.objects.filter(kind="contribution").first()
    assert notice is not None
    assert (notice.recipient, notice.link) == (cast.stranger, f"/ledgers/{cast.ledger.pk}/filing/")
    assert f"市财政局：{contribution.report.task}，请于12月14日前提供，内容：资金下达数" in notice.body


def test_nothing_is_asked_any_more_when_the_lead_has_handed_in_or_takes_it_back(cast: Cast) -> None:
    contribution = make_contribution(cast)
    write_due()
    type(contribution.report).objects.filter(pk=contribution.report_id).update(
        state="signed", submitted_at=MORNING, first_submitted_at=MORNING, on_time=True
    )

    assert write_due()["void"] == 2  # with the reminder of the report itself
    assert not told()


def test_nothing_is_asked_of_a_department_that_has_given(cast: Cast) -> None:
    make_contribution(cast, state="given", text="已下达320万元。", given_by=cast.stranger, given_at=MORNING)

    assert write_due()["contribution"] == 0


# 检查整改


def days_of_findings(days: list[int]) -> list[list[tuple[User, str]]]:
    """Who is told of findings on some days of December."""
    found = []
    for day in days:
        write_due(date(2020, 12, day))
        queued = Notice.objects.filter(kind="finding", state="queued").order_by("pk")
        found.append([(row.recipient, row.title) for row in queued.select_related("recipient")])
        sent()
    return found


def test_a_finding_is_told_to_the_department_and_then_to_the_office(cast: Cast) -> None:
    finding = make_finding(cast)

    to_rectify = (cast.reporter, "有1个检查发现的问题待整改，12月25日前")
    office = (cast.coordinator, "有1个检查发现的问题逾期未整改")
    assert days_of_findings([10, 11, 21, 22, 23, 25, 28, 29, 30, 31]) == [
        [to_rectify], [], [], [to_rectify], [], [], [to_rectify], [office], [], [],
    ]  # fmt: skip
    assert Notice.objects.filter(kind="finding", link=f"/findings/{finding.pk}/").count() == 4


def test_the_office_is_told_what_was_put_right(cast: Cast) -> None:
    finding = make_finding(cast)
    write_due()
    sent()
    Finding.objects.filter(pk=finding.pk).update(
        state="rectified",
        rectification="台账已补全。",
        rectified_on=date(2020, 12, 11),
        rectified_by=cast.reporter,
        version=1,
    )

    assert days_of_findings([11, 14, 15, 16, 17]) == [
        [(cast.coordinator, "有1个问题的整改情况待核实")], [], [], [(cast.coordinator, "有1个问题的整改情况待核实")], [],
    ]  # fmt: skip


# 申请更正


def test_the_office_is_told_of_a_correction_and_whoever_asked_when_it_is_declined(cast: Cast) -> None:
    report = cast.in_state("accepted")
    correction = Correction.objects.create(
        jurisdiction=report.jurisdiction,
        report=report,
        reason="数字有误。",
        asked_by=cast.reporter,
        asked_at=MORNING,
    )
    assert write_due() == {"correction": 1}
    notice = Notice.objects.get()
    assert (notice.recipient, notice.title) == (cast.coordinator, "有1份报告申请更正待办理")
    assert notice.link == f"/ledgers/{cast.ledger.pk}/review/?report={report.pk}"

    given = {"state": "declined", "decided_by": cast.coordinator, "decided_at": MORNING}
    Correction.objects.filter(pk=correction.pk).update(**given, decision="数字与年报一致。")
    assert write_due() == {"void": 1, "answer": 1}
    assert told() == [(cast.reporter, "answer", f"{report.task}：2020年第四季度报告申请更正，未同意")]


# Two workers, cost


@pytest.mark.usefixtures("committed_db")
def test_it_writes_once_when_two_workers_run_at_once() -> None:
    cast = make_cast()
    cast.in_state("exempt")
    make_extension(cast, "submitted")
    start = threading.Barrier(2)

    def run() -> int:
        try:
            start.wait()
            return sum(write_due().values())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = sorted(one.result() for one in [pool.submit(run) for _ in range(2)])

    assert counts == [0, 1]
    assert Notice.objects.count() == 1


def queries(moment: datetime) -> int:
    with CaptureQueriesContext(connection) as captured:
        write_due_at(moment.date(), moment)
    return len(captured)


def test_it_costs_the_same_for_many(cast: Cast) -> None:
    make_extension(cast)
    finding = make_finding(cast)
    few = queries(at(DAY, 8))
    Notice.objects.all().delete()
    for number in range(6):
        body = make_department(f"市{number}局")
        asker = make_reporter(body)
        task = make_task(cast.ledger, leads=(body,))
        make_extension(cast, task=task, department=body, asked_by=asker)
        finding.pk, finding.task, finding.department = None, task, body
        finding.save(force_insert=True)

    assert queries(at(DAY, 8)) == few
    assert Notice.objects.filter(kind="finding").count() == 7
