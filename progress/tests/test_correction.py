"""申请更正: a confirmed report is opened again at the department's word, or stays with a reason."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.permissions import Refused
from departments.tests.factories import make_jurisdiction, make_officer
from progress.corrections.ask import ask_correction
from progress.corrections.decline import decline_correction
from progress.models import Correction, ProgressReport
from progress.moves import NotPossible
from progress.review import reopen
from progress.tests.cast import MORNING, Cast, make_cast

SignIn = Callable[[User], Client]
WRONG = "开工数应为12个，不是21个。"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    cast.in_state("accepted")
    return cast


def ask(cast: Cast, by: User | None = None, reason: str = WRONG) -> Correction:
    return ask_correction(cast.report, reason=reason, by=by or cast.reporter, at=MORNING)


def page(client: Client, name: str, cast: Cast, **query: int) -> str:
    return client.get(reverse(name, args=[cast.ledger.pk]), query).content.decode()


def state(report: ProgressReport) -> str:
    return ProgressReport.objects.get(pk=report.pk).state


def test_the_reporter_asks_on_the_card(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    address = reverse("progress:ask_correction", args=[cast.report.pk])
    assert f'href="{address}"' in page(client, "progress:filing", cast)
    assert "监测预警系统" in client.get(address).content.decode()
    text = client.post(address, {"reason": WRONG}, follow=True).content.decode()
    assert "已申请更正，等待医改办办理" in text
    assert f'href="{address}"' not in text
    asked = Correction.objects.get()
    assert (asked.reason, asked.asked_by, asked.state) == (WRONG, cast.reporter, "asked")
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.target_id, entry.after) == ("correction.ask", asked.pk, {"reason": WRONG})


def test_it_asks_for_the_sentence(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("progress:ask_correction", args=[cast.report.pk])
    response = sign_in(cast.reporter).post(address, {"reason": " "})
    assert response.status_code == 400
    assert "请写明需要更正什么。" in response.content.decode()
    with pytest.raises(NotPossible, match="请写明需要更正什么"):
        ask(cast, reason=" ")


def test_it_is_asked_for_once_at_a_time(cast: Cast, sign_in: SignIn) -> None:
    ask(cast)
    with pytest.raises(NotPossible, match="已申请更正，正在等待"):
        ask(cast)
    address = reverse("progress:ask_correction", args=[cast.report.pk])
    response = sign_in(cast.reporter).post(address, {"reason": "再写一句"})
    assert response.status_code == 400
    assert "再写一句" in response.content.decode()


def test_it_is_asked_for_what_is_confirmed_only(cast: Cast) -> None:
    cast.in_state("signed")
    with pytest.raises(NotPossible, match="这一份现在是“待审核”"):
        ask(cast)


@pytest.mark.parametrize("who", ["head", "stranger", "coordinator", "leader"])
def test_only_the_own_reporter_asks(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        ask(cast, getattr(cast, who))
    assert not Correction.objects.exists()


def test_the_office_opens_the_report_again_with_that_reason(cast: Cast, sign_in: SignIn) -> None:
    asked, client = ask(cast), sign_in(cast.coordinator)
    workbench = client.get(reverse("reports:workbench"))
    assert "份已确认报告申请更正" in workbench.content.decode()
    assert {one.label: one.count for one in workbench.context["navigation"]}["审核"] == 1
    text = page(client, "progress:review", cast)
    assert "申请更正" in text
    assert f"?report={cast.report.pk}" in text
    desk = client.get(reverse("progress:review", args=[cast.ledger.pk]), {"report": cast.report.pk}).context[
        "desk"
    ]
    assert (desk.correction, desk.reopen.initial["note"]) == (asked, WRONG)
    client.post(reverse("progress:reopen", args=[cast.report.pk]), {"version": 0, "note": WRONG})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("granted", cast.coordinator)
    assert state(cast.report) == "returned"
    assert WRONG in page(sign_in(cast.reporter), "progress:filing", cast)


def test_the_office_declines_with_a_reason(cast: Cast, sign_in: SignIn) -> None:
    asked, client = ask(cast), sign_in(cast.coordinator)
    address = reverse("progress:decline_correction", args=[asked.pk])
    empty = client.post(address, {"reason": ""})
    assert empty.status_code == 400
    assert "不同意更正的，须写明理由。" in empty.content.decode()
    assert client.post(address, {"reason": "下季一并更正。"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.decision, state(cast.report)) == ("declined", "下季一并更正。", "accepted")
    assert Entry.objects.latest("pk").act == "correction.decline"
    card = page(sign_in(cast.reporter), "progress:filing", cast)
    assert "医改办没有同意更正" in card
    assert reverse("progress:ask_correction", args=[cast.report.pk]) in card


def test_it_is_answered_once(cast: Cast) -> None:
    asked = ask(cast)
    reopen(cast.report, version=0, reason=WRONG, by=cast.coordinator, at=MORNING)
    with pytest.raises(NotPossible, match="刚刚办理过"):
        decline_correction(asked, reason="不改。", by=cast.coordinator, at=MORNING)
    asked.refresh_from_db()
    assert asked.state == "granted"


def test_nobody_but_the_office_of_the_place_answers(cast: Cast, sign_in: SignIn) -> None:
    asked = ask(cast)
    address = reverse("progress:decline_correction", args=[asked.pk])
    assert sign_in(cast.leader).post(address, {"reason": "不改。"}).status_code == 403
    assert sign_in(cast.reporter).post(address, {"reason": "不改。"}).status_code == 403
    elsewhere = make_officer(jurisdiction=make_jurisdiction("640400", "固原市"))
    assert sign_in(elsewhere).post(address, {"reason": "不改。"}).status_code == 404
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_it_is_nobody_elses_to_see(cast: Cast) -> None:
    ask(cast)
    assert not Correction.objects.visible_to(cast.stranger).exists()
    assert Correction.objects.visible_to(cast.head).exists()
    assert Correction.objects.waiting_for(cast.coordinator).exists()
    assert not Correction.objects.waiting_for(cast.leader).exists()


def test_the_task_page_leads_the_office_to_the_desk(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("reports:task", args=[cast.task.pk])
    link = f"review/?report={cast.report.pk}"
    assert link in sign_in(cast.coordinator).get(address).content.decode()
    assert link not in sign_in(cast.leader).get(address).content.decode()
