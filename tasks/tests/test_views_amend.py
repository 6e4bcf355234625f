"""更新台账 by the page: suggested, compared, put right, confirmed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Jurisdiction, User
from departments.tests.factories import make_jurisdiction
from documents.models import Draft
from documents.tests.factories import draft_of, make_text_paper
from tasks.models import Ledger
from tasks.tests.factories import make_ledger
from tasks.tests.test_amend import NEWER, draft, ledger, officer

__all__ = ["draft", "ledger", "officer"]
pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def address(draft: Draft, ledger: Ledger) -> str:
    return reverse("tasks:amend", args=[draft.document_id, ledger.pk])


def proposed(client: Client, draft: Draft, ledger: Ledger) -> dict[str, str]:
    """What the page would send if nothing were changed."""
    form = client.get(address(draft, ledger)).context["form"]
    given = {bound.html_name: bound.value() for bound in form}
    return {name: str(value) for name, value in given.items() if value not in (None, False)}


def test_the_adoption_page_suggests_the_ledger(
    sign_in: SignIn, officer: User, draft: Draft, ledger: Ledger
) -> None:
    text = sign_in(officer).get(reverse("tasks:adopt", args=[draft.document_id])).content.decode()
    assert "可能是它的新版" in text or "更新已有台账" in text
    assert address(draft, ledger) in text


def test_it_compares_and_updates(sign_in: SignIn, officer: User, draft: Draft, ledger: Ledger) -> None:
    client = sign_in(officer)
    page = client.get(address(draft, ledger)).content.decode()
    assert "<del>市财政局</del>" in page
    assert "<ins>市发改委</ins>" in page
    assert "从下一个报送期起报送" in page
    response = client.post(address(draft, ledger), proposed(client, draft, ledger))
    assert response["Location"] == reverse("reports:ledger", args=[ledger.pk])
    assert ledger.tasks.count() == 4


def test_it_compares_anew_when_the_person_pairs_otherwise(
    sign_in: SignIn, officer: User, draft: Draft, ledger: Ledger
) -> None:
    client, campaign = sign_in(officer), ledger.tasks.get(ref="一/（三）")
    given = proposed(client, draft, ledger) | {"pair_2": str(campaign.pk)}
    refused = client.post(address(draft, ledger), given)
    assert refused.status_code == 400
    assert "对应关系已经改变" in refused.content.decode()
    again = client.post(address(draft, ledger), given | {"act": "compare"})
    assert again.status_code == 200
    form = again.context["form"]
    assert (len(form.new), len(form.gone_rows)) == (0, 0)
    confirmed = {bound.html_name: str(bound.value()) for bound in form if bound.value() not in (None, False)}
    assert client.post(address(draft, ledger), confirmed).status_code == 302
    campaign.refresh_from_db()
    assert campaign.title == "推进药品集中采购"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"version": "9"}, "刚刚被别人修改"),
        ({"stamp": "0"}, "台账刚刚被别人修改"),
        ({"end": "on"}, "终止须写明理由"),
        ({"twice": "on"}, "同一项任务"),
    ],
)
def test_it_refuses_in_words(
    sign_in: SignIn, officer: User, draft: Draft, ledger: Ledger, wrong: dict[str, str], message: str
) -> None:
    client, campaign = sign_in(officer), ledger.tasks.get(ref="一/（三）")
    given = proposed(client, draft, ledger)
    if "end" in wrong:
        wrong = {f"end_{campaign.pk}": "on"}
    if "twice" in wrong:
        wrong = {"pair_1": given["pair_0"]}
    response = client.post(address(draft, ledger), given | wrong)
    assert response.status_code == 400
    assert message in response.content.decode()
    assert ledger.tasks.count() == 3


def test_it_knows_no_ledger_of_another_place(sign_in: SignIn, officer: User, draft: Draft) -> None:
    foreign = make_ledger(jurisdiction=make_jurisdiction("130100", "石家庄市"))
    assert sign_in(officer).get(address(draft, foreign)).status_code == 404


def test_it_does_not_mix_two_places_of_one_coordinator(
    sign_in: SignIn, officer: User, ledger: Ledger
) -> None:
    place: Jurisdiction = make_jurisdiction("130100", "石家庄市")
    officer.posts.create(role="coordinator", jurisdiction=place)
    elsewhere = draft_of(make_text_paper(NEWER, place=place))
    assert sign_in(officer).get(address(elsewhere, ledger)).status_code == 404
