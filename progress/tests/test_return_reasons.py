"""常用退回意见: one choice is an opinion, and is written before what somebody adds."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from progress.return_reasons import USUAL
from progress.tests.cast import Cast, make_cast

SignIn = Callable[[User], Client]
VAGUE = USUAL["vague"][1]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def post(client: Client, cast: Cast, act: str, **data: str) -> int:
    address = reverse(f"progress:{act}", args=[cast.report.pk])
    return client.post(address, {"version": "0", **data}).status_code


@pytest.mark.parametrize(
    ("note", "stored"),
    [("", VAGUE), ("另请附文件。", f"{VAGUE}另请附文件。"), (f"{VAGUE}请尽快。", f"{VAGUE}请尽快。")],
)
def test_it_returns_with_a_usual_reason(cast: Cast, sign_in: SignIn, note: str, stored: str) -> None:
    cast.in_state("signed")
    assert post(sign_in(cast.coordinator), cast, "return_report", note=note, usual="vague") == 302
    cast.report.refresh_from_db()
    assert cast.report.return_reason == stored


def test_it_serves_the_head_as_well(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("submitted")
    assert post(sign_in(cast.head), cast, "send_back", note="", usual="numbers") == 302
    cast.report.refresh_from_db()
    assert cast.report.return_reason == USUAL["numbers"][1]


def test_it_refuses_a_reason_that_is_not_listed(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    assert post(sign_in(cast.coordinator), cast, "return_report", note="", usual="whatever") == 400


def test_it_counts_for_nothing_where_the_report_is_confirmed(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    given = {"percent": "80", "status": "normal", "usual": "vague", "note": ""}
    assert post(sign_in(cast.coordinator), cast, "accept", **given) == 302
    cast.report.refresh_from_db()
    assert (cast.report.state, cast.report.review_note) == ("accepted", "")


def test_the_desk_proposes_the_day_with_holidays_left_out(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    client = sign_in(cast.coordinator)
    response = client.get(reverse("progress:review", args=[cast.ledger.pk]))
    assert response.context["desk"].decision.initial["due_on"] == date(2020, 12, 15)
    text = response.content.decode()
    assert 'value="2020-12-15"' in text
    assert f'data-usual="{VAGUE}"' in text
