"""免报."""

from collections.abc import Callable

import pytest
from django.test import Client

from departments.models import User
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


def test_the_table_of_filings_still_leads_to_a_department_that_owes_nothing_else(
    cast: Cast, sign_in: Callable[[User], Client]
) -> None:
    exempt(cast.report, version=0, reason="任务已终止。", by=cast.coordinator, at=MORNING)
    address = f"/ledgers/{cast.report.period.ledger_id}/filing/?department={cast.report.department_id}"
    page = sign_in(cast.coordinator).get(address).content.decode()
    assert "0个单位，应报0份" in page
    assert "免报1份" in page
    assert "任务已终止。" in page


def test_it_refuses_without_a_reason(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        exempt(cast.report, version=0, reason="", by=cast.coordinator, at=MORNING)
    assert refused.value.reason == "免报须写明理由。"
    cast.report.refresh_from_db()
    assert cast.report.state == "expected"
