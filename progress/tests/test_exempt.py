"""免报."""

import pytest

from progress.models import ProgressReport
from progress.moves import NotPossible
from progress.rates import filing_rate
from progress.review import exempt
from progress.tests.cast import MORNING, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_it_leaves_numerator_and_denominator(cast: Cast) -> None:
    assert filing_rate(ProgressReport.objects.all()).expected == 1
    released = exempt(cast.report, version=0, reason="任务已终止。", by=cast.coordinator, at=MORNING)
    assert (released.state, released.exempt_reason) == ("exempt", "任务已终止。")
    assert filing_rate(ProgressReport.objects.all()).expected == 0


def test_it_refuses_without_a_reason(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        exempt(cast.report, version=0, reason="", by=cast.coordinator, at=MORNING)
    assert refused.value.reason == "免报须写明理由。"
    cast.report.refresh_from_db()
    assert cast.report.state == "expected"
