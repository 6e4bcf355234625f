"""关闭报送期."""

from datetime import date

import pytest

from audit.models import Entry
from progress.close_period import close_periods
from progress.jobs import close_due
from progress.tests.factories import make_period


@pytest.mark.django_db
def test_it_closes_what_has_passed_once() -> None:
    period = make_period()
    assert close_periods(date(2020, 12, 22)) == 0
    assert close_periods(date(2020, 12, 23)) == 1
    assert close_periods(date(2020, 12, 23)) == 0
    period.refresh_from_db()
    assert period.state == "closed"
    assert Entry.objects.filter(act="period.close", actor_name="系统").count() == 1


@pytest.mark.django_db
def test_it_is_called_by_the_job_with_todays_date() -> None:
    period = make_period(closes_on=date(2020, 12, 15))
    assert close_due() == 0  # the clock of the tests stands at 2020-12-10
    period.refresh_from_db()
    assert period.state == "open"
