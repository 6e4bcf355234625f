"""What a report on the desk is compared with."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from progress.against import SEEN_BY_HEAD, comparisons
from progress.models import ProgressReport
from progress.previous import last_confirmed
from progress.review import accept, reopen, return_report
from progress.sign_off import send_back, sign
from progress.submit import submit
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast, make_last

SignIn = Callable[[User], Client]
LAGGING = replace(CONTENT, problems="县级资金未到位。", next_steps="月底前拨付。")


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    make_last(cast)
    return cast


def handed_in(
    cast: Cast, report: ProgressReport, *, text: str, problems: str = LAGGING.problems
) -> ProgressReport:
    content = replace(LAGGING, text=text, problems=problems)
    return submit(report, version=report.version, content=content, by=cast.reporter, at=MORNING)


def returned(cast: Cast, report: ProgressReport) -> ProgressReport:
    return return_report(
        report, version=report.version, reason="请补充开工数。", by=cast.coordinator, at=MORNING
    )


def test_it_compares_with_what_was_confirmed_before(cast: Cast) -> None:
    report = handed_in(cast, cast.report, text="完成公立医院债务摸底，办法已印发。")
    (one,) = comparisons(report, last_confirmed(report))
    assert one.title == "与2020年第三季度确认内容对比"
    assert (one.text.inserted, one.text.deleted, one.reason) == (6, 0, "")
    assert one.problems.inserted == 8


def test_it_compares_first_with_what_came_back(cast: Cast) -> None:
    report = returned(cast, handed_in(cast, cast.report, text="项目已开工。"))
    report = handed_in(cast, report, text="项目已开工12个。", problems="")
    back, before = comparisons(report, last_confirmed(report))
    assert (back.title, back.reason) == ("与退回稿对比", "请补充开工数。")
    assert (back.text.inserted, back.text.deleted) == (3, 0)
    assert (back.problems.inserted, back.problems.deleted, back.next_steps.changed) == (0, 8, False)
    assert before.title == "与2020年第三季度确认内容对比"


def test_it_compares_with_the_latest_of_several_returns(cast: Cast) -> None:
    report = returned(cast, handed_in(cast, cast.report, text="甲"))
    report = returned(cast, handed_in(cast, report, text="甲乙"))
    back, _ = comparisons(handed_in(cast, report, text="甲乙丙"), last_confirmed(report))
    assert (back.text.inserted, back.text.deleted) == (1, 0)


def test_it_compares_what_was_reopened_with_what_had_been_confirmed(cast: Cast) -> None:
    report = handed_in(cast, cast.report, text="项目已开工。")
    report = accept(
        report, version=report.version, percent=80, status="normal", note="", by=cast.coordinator, at=MORNING
    )
    assert [one.title for one in comparisons(report, None)] == []
    report = reopen(report, version=report.version, reason="数据有误。", by=cast.coordinator, at=MORNING)
    (back,) = comparisons(handed_in(cast, report, text="项目已开工12个。"), None)
    assert (back.title, back.reason, back.text.inserted) == ("与重新开放前对比", "数据有误。", 3)


def test_it_keeps_from_the_office_what_the_head_sent_back(cast: Cast) -> None:
    cast.department.needs_sign_off = True
    cast.department.save()
    report = handed_in(cast, cast.report, text="项目已开工。")
    report = send_back(report, version=report.version, by=cast.head, reason="请核对。", at=MORNING)
    report = handed_in(cast, report, text="项目已开工12个。")
    assert [one.title for one in comparisons(report, None, SEEN_BY_HEAD)] == ["与退回稿对比"]
    report = sign(report, version=report.version, by=cast.head, at=MORNING)
    assert comparisons(report, None) == []


def test_the_desk_shows_both_and_keeps_the_revision_from_the_office(cast: Cast, sign_in: SignIn) -> None:
    report, client = (
        returned(cast, handed_in(cast, cast.report, text="项目已开工。")),
        sign_in(cast.coordinator),
    )
    page = reverse("progress:review", args=[cast.ledger.pk])
    being_written = client.get(page, {"report": report.pk}).content.decode()
    assert "再次提交后可以查看" in being_written
    assert "项目已开工" not in being_written
    handed_in(cast, report, text="项目已开工12个。")
    text = client.get(page, {"report": report.pk}).content.decode()
    assert "项目已开工<ins>12个</ins>。" in text
    assert text.index("与退回稿对比") < text.index("与2020年第三季度确认内容对比")
    assert "请补充开工数。" in text
