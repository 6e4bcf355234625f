"""提交."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from departments.models import Membership
from departments.permissions import Refused
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.moves import NotPossible
from progress.review import return_report
from progress.submit import Incomplete, submit
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast, make_last
from progress.tests.factories import at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_it_reaches_the_office_on_time(cast: Cast) -> None:
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    assert (sent.state, sent.on_time, sent.submitted_at) == ("signed", True, MORNING)
    assert sent.first_submitted_at == MORNING
    assert ReportContent.of(sent) == CONTENT


def test_it_waits_for_the_head_where_there_is_one(db: None) -> None:
    cast = make_cast(needs_sign_off=True)
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    assert sent.state == "submitted"


def test_it_waits_for_nobody_where_the_head_has_gone(db: None) -> None:
    cast = make_cast(needs_sign_off=True)
    cast.head.memberships.update(until=date(2020, 11, 30))
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    assert sent.state == "signed"


def test_it_waits_for_nobody_where_the_writer_is_the_only_head(db: None) -> None:
    cast = make_cast(needs_sign_off=True)
    Membership.objects.create(user=cast.head, department=cast.department, role=Membership.Role.REPORTER)
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.head, at=MORNING)
    assert sent.state == "signed"


@pytest.mark.parametrize(
    ("moment", "on_time", "days"),
    [
        (datetime(2020, 12, 15, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai")), True, 0),
        (datetime(2020, 12, 16, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai")), False, 1),
        (datetime(2020, 12, 22, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai")), False, 7),
    ],
)
def test_it_decides_lateness_by_the_whole_day(cast: Cast, moment: datetime, on_time: bool, days: int) -> None:
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=moment)
    assert (sent.on_time, sent.late_days) == (on_time, days)


def test_it_keeps_the_first_submission_when_it_is_handed_in_again(cast: Cast) -> None:
    sent = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=MORNING)
    late = at(date(2020, 12, 20))
    back = return_report(sent, version=1, reason="请补充数据。", by=cast.coordinator, at=late)
    again = submit(back, content=CONTENT, version=2, by=cast.reporter, at=at(date(2020, 12, 23)))
    assert (again.on_time, again.first_submitted_at) == (True, MORNING)
    assert again.submitted_at == at(date(2020, 12, 23))
    assert again.due_on == date(2020, 12, 15)


def test_it_takes_over_what_was_confirmed_when_nothing_changed(cast: Cast) -> None:
    make_last(cast)
    content = ReportContent(text="忽略", no_change=True, no_change_reason="等待上级部署或资金")
    sent = submit(cast.report, content=content, version=0, by=cast.reporter, at=MORNING)
    assert sent.text == "完成公立医院债务摸底。"
    assert (sent.said_percent, sent.said_status) == (45, "normal")
    assert (sent.no_change, sent.no_change_reason) == (True, "等待上级部署或资金")


def test_it_refuses_an_incomplete_report_and_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Incomplete) as incomplete:
        submit(cast.report, content=ReportContent(), version=0, by=cast.reporter, at=MORNING)
    assert set(incomplete.value.faults) == {"text", "said_status", "said_percent"}
    report = ProgressReport.objects.get()
    assert (report.state, report.version) == ("expected", 0)


def test_it_refuses_a_stranger_before_it_looks_at_the_content(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        submit(cast.report, content=ReportContent(), version=0, by=cast.stranger, at=MORNING)
    assert str(refused.value) == "只有市发改委的填报员可以填写本单位的报告。"
    assert ProgressReport.objects.get().state == "expected"


def test_it_refuses_after_closing(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 12, 23)))
    assert "已于12月22日关闭" in refused.value.reason
    assert ProgressReport.objects.get().first_submitted_at is None
