"""批示: who writes one, what came of it, striking one out; shown to those concerned and never counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.permissions import Refused
from departments.tests.factories import make_department, make_reporter
from progress.models import Directive
from progress.moves import NotPossible
from progress.oversight.answer_directive import answer_directive
from progress.oversight.give_directive import give_directive
from progress.oversight.strike_directive import strike_directive
from progress.tables import Moved
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from tasks.models import Assignment
from tasks.tests.factories import assign

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_directive(cast: Cast, **fields: Any) -> Directive:
    given: dict[str, Any] = {
        "task": cast.task,
        "jurisdiction": cast.task.jurisdiction,
        "leader_name": "赵副市长",
        "given_on": date(2020, 12, 8),
        "text": "请市发改委抓紧组织招标。",
        "entered_by": cast.coordinator,
        "entered_at": MORNING,
    }
    return Directive.objects.create(**given | fields)


def give(cast: Cast, by: User, **given: Any) -> Directive:
    fields: dict[str, Any] = {"leader_name": "王副市长", "given_on": DAY, "text": "请抓紧办理。"} | given
    return give_directive(cast.task, **fields, by=by, at=MORNING)


def test_a_leader_writes_under_the_own_name(cast: Cast) -> None:
    directive = give(cast, cast.leader)
    assert (directive.leader_name, directive.entered_by) == ("赵副市长", cast.leader)
    entry = Entry.objects.get(act="directive.give")
    assert entry.after == {"leader_name": "赵副市长", "given_on": "2020-12-10", "text": "请抓紧办理。"}


def test_the_office_records_what_was_written_on_paper(cast: Cast) -> None:
    assert give(cast, cast.coordinator).leader_name == "王副市长"


@pytest.mark.parametrize("role", ["reporter", "head", "stranger"])
def test_nobody_else_writes_any(cast: Cast, role: str) -> None:
    with pytest.raises(Refused, match="只有分管领导和本地医改办的协调员"):
        give(cast, getattr(cast, role))
    assert not Directive.objects.exists()


def test_it_is_of_a_day_that_has_come_and_says_something(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="批示日期不能晚于今天"):
        give(cast, cast.leader, given_on=date(2020, 12, 11))
    with pytest.raises(NotPossible, match="请写明批示人和批示内容"):
        give(cast, cast.coordinator, leader_name=" ")


def test_the_office_says_what_came_of_it_and_may_change_it(cast: Cast) -> None:
    row = make_directive(cast)
    for version, outcome in enumerate(("已交办。", "招标已完成。")):
        row = answer_directive(
            row, outcome=outcome, outcome_on=DAY, version=version, by=cast.coordinator, at=MORNING
        )
    assert (row.outcome, row.outcome_by, row.version) == ("招标已完成。", cast.coordinator, 2)
    last = Entry.objects.filter(act="directive.answer").latest("pk")
    assert (last.before["outcome"], last.after["outcome"]) == ("已交办。", "招标已完成。")


def test_only_the_office_says_it_within_its_days_and_on_the_latest_version(cast: Cast) -> None:
    row = make_directive(cast)

    def answer(by: User, on: date = DAY, version: int = 0) -> None:
        answer_directive(row, outcome="已交办。", outcome_on=on, version=version, by=by, at=MORNING)

    for by in (cast.leader, cast.reporter):
        with pytest.raises(Refused, match="只有本地医改办的协调员"):
            answer(by)
    with pytest.raises(NotPossible, match="不能早于批示日期"):
        answer(cast.coordinator, date(2020, 12, 7))
    with pytest.raises(NotPossible, match="不能晚于今天"):
        answer(cast.coordinator, date(2020, 12, 11))
    with pytest.raises(Moved):
        answer(cast.coordinator, version=3)
    row.refresh_from_db()
    assert (row.outcome, row.version) == ("", 0)


def test_one_entered_by_mistake_is_struck_out_and_kept(cast: Cast) -> None:
    row = strike_directive(
        make_directive(cast), reason="任务选错。", version=0, by=cast.coordinator, at=MORNING
    )
    assert (row.struck_by, row.struck_reason) == (cast.coordinator, "任务选错。")
    entry = Entry.objects.get(act="directive.strike")
    assert (entry.reason, entry.after) == ("任务选错。", {"struck_reason": "任务选错。"})
    with pytest.raises(NotPossible, match="已经撤销"):
        answer_directive(row, outcome="已办。", outcome_on=DAY, version=1, by=cast.coordinator, at=MORNING)
    assert list(Directive.objects.visible_to(cast.reporter)) == []
    assert list(Directive.objects.visible_to(cast.leader)) == [row]


def test_a_leader_strikes_out_only_the_own(cast: Cast) -> None:
    own, recorded = give(cast, cast.leader), make_directive(cast)
    assert strike_directive(own, reason="写错任务。", version=0, by=cast.leader, at=MORNING).struck_at
    with pytest.raises(Refused, match="写批示的领导本人"):
        strike_directive(recorded, reason="写错任务。", version=0, by=cast.leader, at=MORNING)
    with pytest.raises(NotPossible, match="撤销须写明理由"):
        strike_directive(recorded, reason=" ", version=0, by=cast.coordinator, at=MORNING)


def test_departments_see_those_on_their_tasks_while_they_have_a_part(cast: Cast) -> None:
    row, partner = make_directive(cast), make_department("市医保局")
    reads = make_reporter(partner, "许琴")
    assert not Directive.objects.visible_to(reads).exists()
    part = assign(cast.task, partner, "participant")
    assert list(Directive.objects.visible_to(reads)) == [row]
    assert list(Directive.objects.visible_to(cast.reporter)) == [row]
    assert not Directive.objects.visible_to(cast.stranger).exists()
    Assignment.ever.filter(pk=part.pk).update(ended_on=DAY)
    assert not Directive.objects.visible_to(User.objects.get(pk=reads.pk)).exists()


def test_it_waits_for_the_office_until_it_is_answered(cast: Cast) -> None:
    row = make_directive(cast)
    make_directive(cast, outcome="已办。", outcome_on=DAY, outcome_by=cast.coordinator)
    make_directive(cast, struck_at=MORNING, struck_by=cast.coordinator, struck_reason="重复。")
    assert list(Directive.objects.waiting_for(cast.coordinator)) == [row]
    assert not Directive.objects.waiting_for(cast.leader).exists()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"text": ""}, "progress_directive_says_something"),
        ({"outcome": "已办。"}, "progress_directive_outcome_has_day"),
        ({"struck_at": MORNING}, "progress_directive_struck_with_reason"),
    ],
)
def test_the_database_refuses_what_is_wrong(cast: Cast, fields: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_directive(cast, **fields)


def test_a_leader_writes_on_the_tasks_page(cast: Cast, sign_in: SignIn) -> None:
    client, page = sign_in(cast.leader), f"/tasks/{cast.task.pk}/"
    url = reverse("progress:give_directive", args=[cast.task.pk])
    assert url in client.get(page).content.decode()
    opened = client.get(url)
    assert "leader_name" not in opened.context["form"].fields
    assert "不列入督查考核" in opened.content.decode()
    answer = client.post(url, {"given_on": "2020-12-10", "text": "请抓紧办理。"}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "已写入批示：" in answer.content.decode()
    assert "尚未填写落实情况" in answer.content.decode()
    text = sign_in(cast.reporter).get(page).content.decode()
    assert "请抓紧办理。" in text
    assert url not in text


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.coordinator), reverse("progress:give_directive", args=[cast.task.pk])
    answer = client.post(url, {"leader_name": "", "given_on": "2020-12-11", "text": "请抓紧办理。"})
    assert answer.status_code == 400
    assert answer.context["form"].errors == {
        "leader_name": ["请填写批示人。"],
        "given_on": ["批示日期不能晚于今天。"],
    }
    assert "请抓紧办理。" in answer.content.decode()
    given = {"leader_name": "王副市长", "given_on": "2020-12-10", "text": "请抓紧办理。"}
    assert "已录入批示：" in client.post(url, given, follow=True).content.decode()


def test_the_office_answers_and_a_second_one_loses_no_word(cast: Cast, sign_in: SignIn) -> None:
    row = make_directive(cast)
    client, url = sign_in(cast.coordinator), reverse("progress:directive", args=[row.pk])
    written = {"version": "0", "outcome": "已交办市发改委。", "outcome_on": "2020-12-09"}
    assert client.post(url, written).status_code == 302
    answer = client.post(url, written | {"outcome": "已完成招标。"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "刚刚被别人办理过" in text
    assert "已交办市发改委。" in text
    assert "已完成招标。" in text
    assert answer.context["outcome"]["version"].value() == 1


def test_it_is_struck_out_on_its_page(cast: Cast, sign_in: SignIn) -> None:
    row, client = make_directive(cast), sign_in(cast.coordinator)
    url = reverse("progress:strike_directive", args=[row.pk])
    assert client.post(url, {"version": "0", "reason": ""}).status_code == 400
    answer = client.post(url, {"version": "0", "reason": "任务选错。"}, follow=True)
    assert answer.redirect_chain == [(reverse("progress:directives", args=[cast.ledger.pk]), 302)]
    assert "任务选错。" in answer.content.decode()
    assert client.get(f"/tasks/{cast.task.pk}/").context["oversight"].directives == []
    assert row.text not in sign_in(cast.reporter).get(f"/tasks/{cast.task.pk}/").content.decode()
    assert sign_in(cast.reporter).get(reverse("progress:directive", args=[row.pk])).status_code == 404


def test_the_list_has_the_open_ones_first_and_costs_the_same_for_many(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.leader), reverse("progress:directives", args=[cast.ledger.pk])

    def fill(count: int) -> int:
        for _ in range(count):
            make_directive(cast)
            make_directive(cast, outcome="已办。", outcome_on=DAY, outcome_by=cast.coordinator)
        with CaptureQueriesContext(connection) as queries:
            context = client.get(url).context
        assert len(context["open_ones"]) == len(context["answered"])
        return len(queries)

    fill(1)  # the session remembers its ledger
    assert fill(1) == fill(18)
