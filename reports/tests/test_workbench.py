"""工作台: what waits for each role."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import User
from departments.tests.factories import make_department
from documents.models import Draft
from progress.models import ReportingPeriod
from progress.tests.factories import make_report
from reports.draft_bulletin import draft_bulletin
from reports.rows import task_rows
from reports.tests.scene import TODAY, Scene, make_scene
from reports.urging import UrgeOffer, urge_offer
from tasks.models import Task
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_it_tells_the_office_what_waits(scene: Scene, sign_in: SignIn) -> None:
    assert scene.ledger.document
    Draft.objects.create(document=scene.ledger.document, problems=[{"kind": "unmatched"}])
    draft_bulletin(scene.ledger, scene.third, by=scene.coordinator, on=TODAY)
    answer = sign_in(scene.coordinator).get("/")
    page, context = answer.content.decode(), answer.context
    assert context["to_review"] == 1
    assert context["filing"].not_submitted == 4
    assert (context["waiting"].draft, context["waiting"].untouched) == (1, 3)
    assert "，1处需要确认" in page
    assert "份通报未印发" in page
    assert "第四季度报送期第10天" in page
    assert [row.task.title for row in context["red"]] == ["完善药品耗材采购政策", "落实政府投入保障责任"]


def test_it_counts_each_department_with_its_states(scene: Scene, sign_in: SignIn) -> None:
    lines = {line.department.pk: line for line in sign_in(scene.coordinator).get("/").context["owing"]}
    health = lines[scene.health.pk]
    assert (health.filing.expected, health.filing.filed, health.draft, health.untouched) == (4, 1, 1, 2)
    assert health.waiting == 3
    assert lines[scene.insurance.pk].untouched == 1


def test_it_urges_through_the_notices_page(scene: Scene, sign_in: SignIn) -> None:
    page = sign_in(scene.coordinator).get("/").content.decode()
    assert f'action="/ledgers/{scene.ledger.pk}/urge/"' in page
    assert f'name="department" value="{scene.insurance.pk}"' in page
    assert "请于12月15日前报送第四季度进展报告。" in page


def test_it_offers_no_urging_once_the_period_is_closed(scene: Scene, sign_in: SignIn) -> None:
    rows = task_rows(Task.objects.filter(ledger=scene.ledger), period=scene.fourth, on=date(2020, 12, 23))
    assert urge_offer(rows, scene.fourth, date(2020, 12, 23)) is None
    late = urge_offer(rows, scene.fourth, date(2020, 12, 18))
    assert late
    assert "已于12月15日截止，请尽快报送；12月22日关闭后不能再提交。" in late.text
    ReportingPeriod.objects.filter(pk=scene.fourth.pk).update(
        opens_on=date(2020, 11, 21), due_on=date(2020, 12, 1), closes_on=date(2020, 12, 5)
    )
    scene.fourth.reports.update(due_on=date(2020, 12, 1))
    page = sign_in(scene.coordinator).get("/").content.decode()
    assert "催办选中单位" not in page


def test_it_urges_by_the_later_date_of_a_report(scene: Scene, sign_in: SignIn) -> None:
    extended = scene.fourth.reports.filter(task=scene.tasks["missing"], department=scene.insurance)
    extended.update(due_on=date(2020, 12, 28), due_reason="材料需与省级核对")
    before = _offer(scene, date(2020, 12, 10))
    assert before
    assert before.text == "请于12月15日前报送第四季度进展报告（另定期限的，按另定的日期）。"
    after = _offer(scene, date(2020, 12, 24))
    assert after
    assert [one.pk for one in after.departments] == [scene.insurance.pk]
    assert after.text == "请于12月28日前报送第四季度进展报告。"
    assert _offer(scene, date(2020, 12, 29)) is None


def test_it_offers_to_urge_only_those_who_may_still_file(scene: Scene, sign_in: SignIn) -> None:
    ReportingPeriod.objects.filter(pk=scene.fourth.pk).update(
        opens_on=date(2020, 11, 21), due_on=date(2020, 12, 1), closes_on=date(2020, 12, 5)
    )
    scene.fourth.reports.update(due_on=date(2020, 12, 1))
    scene.fourth.reports.filter(department=scene.insurance).update(due_on=TODAY)
    page = sign_in(scene.coordinator).get("/").content.decode()
    assert "催办选中单位" in page
    assert "请于12月10日前报送第四季度进展报告。" in page
    assert f'name="department" value="{scene.insurance.pk}">' in page
    assert f'name="department" value="{scene.health.pk}" disabled>' in page


def _offer(scene: Scene, on: date) -> UrgeOffer | None:
    rows = task_rows(Task.objects.filter(ledger=scene.ledger), period=scene.fourth, on=on)
    return urge_offer(rows, scene.fourth, on)


def test_it_shows_a_leader_red_and_yellow_and_nothing_to_do(scene: Scene, sign_in: SignIn) -> None:
    answer = sign_in(scene.leader).get("/")
    assert len(answer.context["red"]) == 2
    assert [row.task.title for row in answer.context["yellow"]] == ["完善传染病监测预警系统"]
    assert f"/ledgers/{scene.ledger.pk}/dashboard/" in answer.content.decode()
    assert "/urge/" not in answer.content.decode()


def test_it_puts_what_was_returned_first_for_a_department(scene: Scene, sign_in: SignIn) -> None:
    report = scene.fourth.reports.get(task=scene.tasks["missing"], department=scene.health)
    report.state, report.return_reason = "returned", "请补充资金下达数。"
    report.save()
    answer = sign_in(scene.reporter).get("/")
    assert [line.action for line in answer.context["owed"]] == ["修改", "继续填写", "填写", "查看"]
    assert "1份报告被退回" in answer.content.decode()
    assert "请补充资金下达数。" in answer.content.decode()


def test_it_lists_other_tasks_of_the_department_without_a_report(scene: Scene, sign_in: SignIn) -> None:
    make_task(scene.ledger, participants=(scene.health,), title="统筹推进综合监管")
    others = sign_in(scene.reporter).get("/").context["others"]
    assert [(line.row.task.title, line.role) for line in others] == [("统筹推进综合监管", "参与")]


def test_it_sends_a_head_to_what_waits_for_a_signature(scene: Scene, sign_in: SignIn) -> None:
    scene.fourth.reports.filter(task=scene.tasks["green"]).update(state="submitted")
    answer = sign_in(scene.head).get("/")
    assert answer.context["to_sign"] == 1
    assert "审签（1份）" in answer.content.decode()
    assert {line.action for line in answer.context["owed"][1:]} == {"查看"}
    first = answer.context["owed"][0]
    assert first.action == "审签"
    assert f"/ledgers/{scene.ledger.pk}/review/?report={first.report.pk}" in answer.content.decode()


def test_it_names_the_dates_that_come_up(scene: Scene, sign_in: SignIn) -> None:
    coming = sign_in(scene.coordinator).get("/").context["coming"]
    assert [(one.day, one.text) for one in coming] == [
        (date(2020, 12, 15), "第四季度报送截止"),
        (date(2020, 12, 22), "第四季度报送关闭"),
        (date(2020, 12, 31), "3项任务到期"),
    ]


def test_it_adds_the_shares_to_one_hundred(scene: Scene, sign_in: SignIn) -> None:
    lights = sign_in(scene.leader).get("/").context["lights"]
    assert sum(one.share for one in lights) == 100
    assert sum(one.count for one in lights) == 6


def test_it_costs_the_same_queries_for_few_and_many(scene: Scene, sign_in: SignIn) -> None:
    for user in (scene.coordinator, scene.reporter):
        client = sign_in(user)
        client.get("/")
        with CaptureQueriesContext(connection) as few:
            client.get("/")
        for number in range(10):
            department = make_department(f"单位{user.pk}之{number}")
            task = make_task(scene.ledger, leads=(department, scene.health))
            make_report(scene.fourth, task, department)
            make_report(scene.fourth, task, scene.health)
        with CaptureQueriesContext(connection) as many:
            assert client.get("/").status_code == 200
        assert len(many) == len(few)
