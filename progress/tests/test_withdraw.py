"""撤回."""

from datetime import date

import pytest

from progress.moves import NotPossible
from progress.submit import withdraw
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast
from progress.tests.factories import at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


@pytest.mark.parametrize("state", ["submitted", "signed"])
def test_it_takes_the_report_back_to_the_desk(cast: Cast, state: str) -> None:
    report = cast.in_state(state, signed_by=cast.head, signed_at=MORNING)
    back = withdraw(report, version=0, by=cast.reporter, at=MORNING)
    assert (back.state, back.signed_by, back.signed_at) == ("draft", None, None)
    assert back.text == CONTENT.text
    assert back.first_submitted_at == MORNING


def test_it_refuses_what_is_confirmed(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        withdraw(cast.in_state("accepted"), version=0, by=cast.reporter, at=MORNING)
    assert refused.value.reason.startswith("不能撤回：医改办已确认。")
    cast.report.refresh_from_db()
    assert cast.report.state == "accepted"


def test_it_refuses_after_closing_since_nothing_could_be_handed_in_again(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        withdraw(cast.in_state("signed"), version=0, by=cast.reporter, at=at(date(2020, 12, 23)))
    assert "已于12月22日关闭" in refused.value.reason
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"
