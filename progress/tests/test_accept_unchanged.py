"""批量确认“本季无变化”."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Membership, User
from progress.models import ProgressReport
from progress.tests.cast import Cast, make_cast, make_last

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    make_last(cast)
    cast.in_state("signed", no_change=True, no_change_reason="等待上级部署或资金", said_percent=45)
    return cast


def post(client: Client, cast: Cast, *seen: str) -> str:
    address = reverse("progress:accept_unchanged", args=[cast.ledger.pk])
    return client.post(address, {"report": seen}, follow=True).content.decode()


def test_it_offers_and_confirms_what_has_not_changed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    page = client.get(reverse("progress:review", args=[cast.ledger.pk])).content.decode()
    assert f'value="{cast.report.pk}:0"' in page
    assert "已确认“本季无变化”报告1份。" in post(client, cast, f"{cast.report.pk}:0")
    cast.report.refresh_from_db()
    assert (cast.report.state, cast.report.confirmed_percent) == ("accepted", 45)
    assert cast.report.revisions.get().act == "accept"


def test_it_leaves_what_has_moved_since_the_page_was_shown(cast: Cast, sign_in: SignIn) -> None:
    ProgressReport.objects.filter(pk=cast.report.pk).update(version=2)
    assert "1份没有确认" in post(sign_in(cast.coordinator), cast, f"{cast.report.pk}:0")
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"


def test_it_leaves_what_has_changed_text(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed", no_change=False)
    assert "1份没有确认" in post(sign_in(cast.coordinator), cast, f"{cast.report.pk}:0")
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"


def test_it_leaves_what_the_coordinator_wrote_himself(cast: Cast, sign_in: SignIn) -> None:
    Membership.objects.create(user=cast.coordinator, department=cast.department, role="reporter")
    cast.in_state("signed", written_by=cast.coordinator)
    assert "1份没有确认" in post(sign_in(cast.coordinator), cast, f"{cast.report.pk}:0")
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"


def test_it_ignores_what_is_not_a_report(cast: Cast, sign_in: SignIn) -> None:
    assert "报告0份" in post(sign_in(cast.coordinator), cast, "x:1", "7", "1:2:3")
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "stranger"])
def test_it_refuses_everybody_but_the_office(cast: Cast, sign_in: SignIn, who: str) -> None:
    text = post(sign_in(getattr(cast, who)), cast, f"{cast.report.pk}:0")
    assert "只有本地医改办的协调员可以办理此事。" in text
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"
