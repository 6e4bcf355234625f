"""存草稿."""

from datetime import date

import pytest

from progress.content import ReportContent
from progress.moves import NotPossible
from progress.save import save
from progress.tests.cast import MORNING, Cast, make_cast
from progress.tests.factories import at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_it_keeps_a_half_filled_draft(cast: Cast) -> None:
    content = ReportContent(problems="静宁县材料未报齐。", said_status="lagging")
    saved = save(cast.report, content=content, version=0, by=cast.reporter, at=MORNING)
    assert (saved.state, saved.version, saved.written_by) == ("draft", 1, cast.reporter)
    assert ReportContent.of(saved) == content
    assert saved.first_submitted_at is None


def test_it_leaves_no_trace_when_nothing_has_changed(cast: Cast) -> None:
    content = ReportContent(text="写了一半")
    saved = save(cast.report, content=content, version=0, by=cast.reporter, at=MORNING)
    again = save(saved, content=content, version=1, by=cast.reporter, at=MORNING)
    assert again.version == 1
    assert cast.report.revisions.count() == 1


def test_it_keeps_a_returned_report_returned(cast: Cast) -> None:
    saved = save(cast.in_state("returned"), content=ReportContent(), version=0, by=cast.reporter, at=MORNING)
    assert (saved.state, saved.return_reason) == ("returned", "请补充数据。")


def test_it_refuses_before_the_period_opens(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        save(cast.report, content=ReportContent(), version=0, by=cast.reporter, at=at(date(2020, 11, 30)))
    assert refused.value.reason == "2020年第四季度从12月1日开始填报，现在还不能填写。"
    assert cast.report.revisions.count() == 0


@pytest.mark.parametrize(("day", "hour"), [(date(2020, 12, 1), 0), (date(2020, 12, 22), 23)])
def test_it_counts_both_ends_of_the_window(cast: Cast, day: date, hour: int) -> None:
    saved = save(cast.report, content=ReportContent(), version=0, by=cast.reporter, at=at(day, hour))
    assert saved.state == "draft"


def test_it_refuses_after_the_period_has_closed_whatever_the_job_did(cast: Cast) -> None:
    assert cast.period.state == "open"
    with pytest.raises(NotPossible) as refused:
        save(cast.report, content=ReportContent(), version=0, by=cast.reporter, at=at(date(2020, 12, 23), 0))
    assert refused.value.reason == (
        "不能修改：2020年第四季度已于12月22日关闭。需要补报的，请联系医改办重新开放。"
    )
    assert cast.report.revisions.count() == 0


def test_it_takes_a_returned_report_until_its_own_day(cast: Cast) -> None:
    report = cast.in_state("returned", revise_by=date(2020, 12, 28))
    saved = save(report, content=ReportContent(), version=0, by=cast.reporter, at=at(date(2020, 12, 28)))
    assert saved.version == 1
    with pytest.raises(NotPossible) as refused:
        save(saved, content=ReportContent(), version=1, by=cast.reporter, at=at(date(2020, 12, 29)))
    assert "已于12月28日关闭" in refused.value.reason
