"""退回修改."""

from datetime import date

import pytest

from progress.moves import NotPossible
from progress.review import return_report
from progress.tests.cast import MORNING, Cast, make_cast
from progress.tests.factories import at


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    cast.in_state("signed")
    return cast


def test_it_returns_with_the_reason(cast: Cast) -> None:
    back = return_report(cast.report, version=0, reason="请补充资金下达数。", by=cast.coordinator, at=MORNING)
    assert (back.state, back.return_reason) == ("returned", "请补充资金下达数。")
    assert (back.returned_by, back.returned_at) == (cast.coordinator, MORNING)
    assert back.reviewed_by is None


@pytest.mark.parametrize(
    ("day", "wanted", "until"),
    [
        (date(2020, 12, 10), None, date(2020, 12, 15)),  # Thursday: Friday, Monday, Tuesday
        (date(2020, 12, 30), None, date(2021, 1, 5)),  # over New Year's Day (1 to 3 January off)
        (date(2020, 12, 10), date(2020, 12, 11), date(2020, 12, 15)),
        (date(2020, 12, 10), date(2020, 12, 25), date(2020, 12, 25)),
    ],
)
def test_it_leaves_at_least_three_working_days(
    cast: Cast, day: date, wanted: date | None, until: date
) -> None:
    back = return_report(
        cast.report, version=0, reason="请补充。", by=cast.coordinator, at=at(day), due_on=wanted
    )
    assert back.revise_by == until
    assert back.due_on == cast.period.due_on


def test_it_refuses_without_a_reason(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        return_report(cast.report, version=0, reason="", by=cast.coordinator, at=MORNING)
    assert refused.value.reason == "退回须写明意见。"
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"
