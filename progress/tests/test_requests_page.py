"""The pages of 延期 and 销号: asking, the list, one request; and where else they are told."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from departments.models import User
from progress.models import Closure, Extension, RequestState
from progress.tests.cast import Cast, make_cast
from progress.tests.requests import make_closure, make_extension
from tasks.models import Task
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
ASKED = {"to": "2021-03-31", "percent": "60", "reason": "招标流标一次。"}


@pytest.fixture
def cast(db: None, settings: Settings) -> Cast:
    settings.DEMO_TODAY = "2020-12-10"
    return make_cast(needs_sign_off=True)


def given(client: Client, url: str, **fields: str) -> dict[str, str]:
    """What the opened form holds, changed as a person would."""
    form = client.get(url).context["form"]
    opened = {bound.html_name: str(bound.value()) for bound in form if bound.value() is not None}
    return opened | fields


def test_a_lead_asks_for_a_later_deadline(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.reporter), reverse("progress:extend", args=[cast.task.pk])
    answer = client.post(url, given(client, url, **ASKED), follow=True)
    assert answer.redirect_chain == [(f"/tasks/{cast.task.pk}/", 302)]
    assert "已提出延期申请，等待本单位审签。" in answer.content.decode()
    assert Extension.objects.get().to_due_on == date(2021, 3, 31)


def test_a_wrong_date_stands_beside_the_field_and_nothing_is_lost(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.reporter), reverse("progress:extend", args=[cast.task.pk])
    answer = client.post(url, given(client, url, **ASKED | {"to": "2020-12-31", "percent": "120"}))
    assert answer.status_code == 400
    assert answer.context["form"].errors["to"] == ["新的时限须晚于现时限2020年12月31日。"]
    assert answer.context["form"].errors["percent"] == ["请填0至100之间的整数。"]
    assert "招标流标一次。" in answer.content.decode()


def test_a_second_request_keeps_what_was_written(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.reporter), reverse("progress:close", args=[cast.task.pk])
    written = given(client, url, result="已上线运行。")
    make_closure(cast)
    answer = client.post(url, written)
    assert answer.status_code == 400
    assert "已有一件销号申请正在办理" in answer.content.decode()
    assert "已上线运行。" in answer.content.decode()


def test_a_request_that_came_back_fills_the_next(cast: Cast, sign_in: SignIn) -> None:
    make_closure(cast, RequestState.RETURNED, evidence="验收意见", decision="请补充验收日期。")
    url = reverse("progress:close", args=[cast.task.pk])
    answer = sign_in(cast.reporter).get(url)
    assert answer.context["form"]["evidence"].value() == "验收意见"
    assert "请补充验收日期。" in answer.content.decode()


def test_it_offers_nothing_after_the_deadline(cast: Cast, sign_in: SignIn) -> None:
    Task.objects.update(due_on=date(2020, 12, 9))
    text = sign_in(cast.reporter).get(reverse("progress:extend", args=[cast.task.pk])).content.decode()
    assert "延期须在到期前申请" in text
    assert "提交申请" not in text


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("reporter", ["撤回"]),
        ("head", []),
        ("coordinator", ["不同意", "同意延期"]),
        ("leader", []),
    ],
)
def test_it_offers_each_their_acts(cast: Cast, sign_in: SignIn, person: str, words: list[str]) -> None:
    url = reverse("progress:extension", args=[make_extension(cast).pk])
    answer = sign_in(getattr(cast, person)).get(url)
    assert [button.word for button in answer.context["buttons"]] == words
    assert ("不同意时必填；对方看得到" in answer.content.decode()) == ("不同意" in words)


def test_the_office_grants(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.coordinator), reverse("progress:extension", args=[make_extension(cast).pk])
    answer = client.post(url, given(client, url, act="extension.grant"), follow=True)
    assert answer.redirect_chain == [(reverse("progress:requests", args=[cast.ledger.pk]), 302)]
    text = client.get(f"/tasks/{cast.task.pk}/").content.decode()
    assert "延期1次" in text
    assert "2021年3月31日" in text
    assert "延期，完成时限由2020-12-31改为2021-03-31（李静）" in text


def test_a_refusal_without_a_reason_is_asked_again(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.coordinator), reverse("progress:extension", args=[make_extension(cast).pk])
    answer = client.post(url, given(client, url, act="extension.refuse"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["note"] == ["不同意延期须写明理由。"]


def test_the_second_to_decide_keeps_the_words_and_sees_what_happened(cast: Cast, sign_in: SignIn) -> None:
    client, row = sign_in(cast.coordinator), make_closure(cast)
    url = reverse("progress:closure", args=[row.pk])
    written = given(client, url, act="closure.return", note="请补充验收意见。")
    Closure.objects.update(state=RequestState.WITHDRAWN, version=1)
    answer = client.post(url, written)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "现在是“已撤回”" in text
    assert "请补充验收意见。" in text


@pytest.mark.parametrize("act", ["", "extension.grant", "closure.ask", "别的"])
def test_it_takes_no_act_that_it_does_not_offer(cast: Cast, sign_in: SignIn, act: str) -> None:
    client, url = sign_in(cast.coordinator), reverse("progress:closure", args=[make_closure(cast).pk])
    assert client.post(url, given(client, url, act=act)).status_code == 400
    assert Closure.objects.get().version == 0


def test_it_lists_what_waits_and_counts_it_everywhere(cast: Cast, sign_in: SignIn) -> None:
    make_extension(cast)
    make_closure(cast, RequestState.SUBMITTED)
    office, head = sign_in(cast.coordinator), sign_in(cast.head)
    url = reverse("progress:requests", args=[cast.ledger.pk])
    for client, kind in ((office, "延期"), (head, "销号")):
        context = client.get(url).context
        assert [row.KIND for row in context["waiting"]] == [kind]
        assert len(context["others"]) == 1
        assert {entry.label: entry.count for entry in context["navigation"]}["审核"] == 1
        assert client.get("/").context["requests_waiting"] == 1
    assert (
        "延期和销号（1件待办）"
        in office.get(reverse("progress:review", args=[cast.ledger.pk])).content.decode()
    )
    assert "1件待审签" in head.get("/").content.decode()
    assert sign_in(cast.reporter).get(url).context["waiting"] == []


def test_it_costs_the_same_queries_for_few_and_many(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.coordinator), reverse("progress:requests", args=[cast.ledger.pk])

    def fill(count: int) -> int:
        for _ in range(count):
            task = make_task(cast.ledger, leads=(cast.department,))
            make_extension(cast, task=task)
            make_closure(cast, RequestState.SUBMITTED, task=task)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    fill(1)  # the session remembers its ledger
    assert fill(2) == fill(15)


def test_the_task_offers_both_to_the_lead_and_reopening_to_the_office(cast: Cast, sign_in: SignIn) -> None:
    page = f"/tasks/{cast.task.pk}/"
    text = sign_in(cast.reporter).get(page).content.decode()
    assert "申请延期" in text
    assert "申请销号" in text
    assert "申请延期" not in sign_in(cast.coordinator).get(page).content.decode()
    Task.objects.update(state="completed", closed_on=date(2020, 12, 9), closing_reason="经核实已完成。")
    assert "申请销号" not in sign_in(cast.reporter).get(page).content.decode()
    office = sign_in(cast.coordinator)
    assert reverse("tasks:reopen", args=[cast.task.pk]) in office.get(page).content.decode()
    answer = office.post(reverse("tasks:reopen", args=[cast.task.pk]), {"reason": "抽查未启用。"})
    assert answer.status_code == 302
    assert Task.objects.get().state == Task.State.OPEN
