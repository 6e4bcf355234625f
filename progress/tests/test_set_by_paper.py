"""文件规定: a period may be opened on the date that the paper sets."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_department, make_officer
from documents.models import Draft
from documents.tests.factories import draft_of, make_text_paper
from progress.propose import propose_for
from progress.set_by_paper import dates_set
from progress.tests.factories import make_period
from tasks.models import Ledger
from tasks.tests.factories import make_ledger, make_task

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DATES = [{"raw": "12月18日前报送", "date": "2020-12-18"}, {"raw": "每季度末报送", "date": None}]


@pytest.fixture
def ledger() -> Ledger:
    paper = make_text_paper()
    draft = draft_of(paper)
    draft.content["document"]["reporting_dates"] = DATES
    draft.state = draft.State.ADOPTED
    draft.save()
    ledger = make_ledger(document=paper)
    make_task(ledger, leads=(make_department(),))
    return ledger


def test_it_offers_the_dates_without_a_period(ledger: Ledger) -> None:
    assert [one.due_on for one in dates_set(ledger)] == [date(2020, 12, 18), None]
    make_period(ledger, due_on=date(2020, 12, 18))
    assert [one.due_on for one in dates_set(ledger)] == [None]


def test_it_knows_none_without_a_paper() -> None:
    assert dates_set(make_ledger()) == []


def test_it_is_due_on_that_very_day_in_its_quarter() -> None:
    found = propose_for(date(2020, 9, 20), date(2020, 8, 1))  # a Sunday: the paper decides
    assert (found.quarter.year, found.quarter.number, found.due_on) == (2020, 3, date(2020, 9, 20))
    assert found.opens_on < found.due_on < found.closes_on


def test_the_page_fills_the_form_with_the_chosen_date(sign_in: SignIn, ledger: Ledger) -> None:
    client, url = sign_in(make_officer()), reverse("progress:periods", args=[ledger.pk])
    page = client.get(url).content.decode()
    assert "文件规定的报送时间" in page
    assert "每季度末报送" in page
    form = client.get(f"{url}?due=2020-12-18").context["form"]
    assert form["due_on"].value() == date(2020, 12, 18)
    assert form["opens_on"].value() == date(2020, 12, 10)


def test_the_page_warns_of_a_short_window_before_anything_is_sent(sign_in: SignIn, ledger: Ledger) -> None:
    Draft.objects.update(
        content={"document": {"reporting_dates": [{"raw": "12月14日前", "date": "2020-12-14"}]}}
    )
    client, url = sign_in(make_officer()), reverse("progress:periods", args=[ledger.pk])

    page = client.get(f"{url}?due=2020-12-14").content.decode()

    assert "填报时间只有3个工作日，少于5个工作日" in page
    assert 'name="confirm_short"' in page


@pytest.mark.parametrize("due", ["2020-11-11", "x", ""])
def test_it_heeds_no_other_date(sign_in: SignIn, ledger: Ledger, due: str) -> None:
    client, url = sign_in(make_officer()), reverse("progress:periods", args=[ledger.pk])
    assert client.get(f"{url}?due={due}").context["form"]["due_on"].value() == date(2020, 12, 24)
