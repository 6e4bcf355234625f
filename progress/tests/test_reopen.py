"""重新开放."""

from datetime import date
from decimal import Decimal

import pytest

from progress.moves import NotPossible
from progress.review import accept, reopen
from progress.submit import submit
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast, make_last
from progress.tests.factories import at

AFTER = at(date(2020, 12, 24))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_it_opens_a_confirmed_report_and_takes_its_numbers_out(cast: Cast) -> None:
    make_last(cast)
    report = cast.in_state("signed")
    accepted = accept(
        report, version=0, percent=80, status="normal", note="", by=cast.coordinator, at=MORNING
    )
    again = reopen(accepted, version=1, reason="数据有误，同意更正。", by=cast.coordinator, at=AFTER)
    assert (again.state, again.confirmed_percent, again.reviewed_by) == ("returned", None, None)
    assert again.revise_by == date(2020, 12, 29)
    cast.task.refresh_from_db()
    assert cast.task.confirmed_percent == Decimal(45)
    assert again.revisions.get(act="accept").content["confirmed_percent"] == 80


@pytest.mark.parametrize("state", ["expected", "draft", "returned"])
def test_it_lets_a_missed_report_be_handed_in_late(cast: Cast, state: str) -> None:
    opened = reopen(
        cast.in_state(state, first_submitted_at=None, on_time=None, submitted_at=None),
        version=0,
        reason="同意补报。",
        by=cast.coordinator,
        at=AFTER,
    )
    assert opened.state == state
    sent = submit(opened, content=CONTENT, version=1, by=cast.reporter, at=at(date(2020, 12, 28)))
    assert (sent.state, sent.on_time, sent.late_days) == ("signed", False, 13)


def test_it_refuses_while_the_report_may_be_written_anyway(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        reopen(cast.report, version=0, reason="同意补报。", by=cast.coordinator, at=MORNING)
    assert refused.value.reason == "这份报告12月22日前都可以填报，不需要重新开放。"
    cast.report.refresh_from_db()
    assert cast.report.revise_by is None


def test_it_refuses_without_a_reason(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        reopen(cast.in_state("accepted"), version=0, reason=" ", by=cast.coordinator, at=AFTER)
    assert refused.value.reason == "重新开放须写明理由。"
    cast.report.refresh_from_db()
    assert cast.report.state == "accepted"
