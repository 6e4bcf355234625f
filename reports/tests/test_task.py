"""任务: what is said, what is confirmed, and who may read which words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import User
from departments.tests.factories import make_department, make_group, make_reporter
from documents.models import Draft
from progress.models import Revision
from progress.tests.factories import at, make_period, make_report
from reports.tests.scene import Scene, make_scene
from tasks.models import Indicator, Milestone
from tasks.tests.factories import assign, make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def page(client: Client, scene: Scene, name: str) -> str:
    """The page of a task of the scene."""
    answer = client.get(f"/tasks/{scene.tasks[name].pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_said_and_confirmed_apart(scene: Scene, sign_in: SignIn) -> None:
    text = page(sign_in(scene.coordinator), scene, "green")
    assert "监测预警系统建成并投入使用。" in text
    assert "80%" in text
    assert "76%" in text
    assert "11月12日提交，按时　11月16日确认" in text


def test_it_counts_the_quarters(scene: Scene, sign_in: SignIn) -> None:
    context = sign_in(scene.coordinator).get(f"/tasks/{scene.tasks['missing'].pk}/").context
    fourth, third = context["quarters"]
    assert (third.filing.expected, third.filing.filed, third.filing.not_submitted) == (2, 1, 1)
    assert third.confirmed == Decimal("75.0")
    assert third.expected == Decimal("73.9")
    assert (fourth.filing.filed, fourth.confirmed) == (0, None)


def test_it_shows_a_draft_to_its_department_only(scene: Scene, sign_in: SignIn) -> None:
    assert "正在整理的文字" in page(sign_in(scene.reporter), scene, "yellow")
    office = page(sign_in(scene.coordinator), scene, "yellow")
    assert "正在整理的文字" not in office
    assert "填写中，尚未提交" in office


def test_it_shows_the_office_no_text_before_the_sign_off(scene: Scene, sign_in: SignIn) -> None:
    scene.fourth.reports.filter(task=scene.tasks["green"]).update(state="submitted", text="还在审签的文字")
    assert "还在审签的文字" not in page(sign_in(scene.coordinator), scene, "green")
    assert "还在审签的文字" in page(sign_in(scene.head), scene, "green")


def test_it_hides_the_reports_of_others_until_they_are_confirmed(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(make_reporter(scene.insurance, "孙丽"))
    fourth, third = client.get(f"/tasks/{scene.tasks['green'].pk}/").context["quarters"]
    assert [line.report.state for line in third.lines] == ["accepted"]
    assert (fourth.lines, fourth.hidden) == ((), 1)
    outsider = sign_in(make_reporter(make_department("市教育局"), "何老师"))
    fourth, third = outsider.get(f"/tasks/{scene.tasks['green'].pk}/").context["quarters"]
    assert (third.lines, third.hidden) == ((), 1)


def test_it_keeps_both_deadlines_in_view(scene: Scene, sign_in: SignIn) -> None:
    task = make_task(
        scene.ledger,
        leads=(scene.health,),
        original_due_on=date(2020, 12, 31),
        due_on=date(2021, 3, 31),
        due_text="2020年12月底前",
    )
    text = sign_in(scene.reporter).get(f"/tasks/{task.pk}/").content.decode()
    assert "2021年3月31日" in text
    assert "还有111天" in text
    assert "2020年12月31日" in text
    assert "已调整" in text


def test_it_leads_to_the_paper_and_to_its_reading_once_adopted(scene: Scene, sign_in: SignIn) -> None:
    document, client = scene.ledger.document, sign_in(scene.reporter)
    assert document
    assert f"/documents/{document.pk}/original/" in page(client, scene, "green")
    Draft.objects.create(document=document, state=Draft.State.ADOPTED)
    assert f'href="/documents/{document.pk}/"' in page(client, scene, "green")


def test_it_folds_the_members_of_a_collective(scene: Scene, sign_in: SignIn) -> None:
    counties = [make_department(name) for name in ("泾川县", "灵台县")]
    group = make_group("全部县", counties)
    for county in counties:
        assign(scene.tasks["idle"], county, "lead", via_group=group)
    text = page(sign_in(scene.reporter), scene, "idle")
    assert "<summary>全部县（2个）</summary>泾川县、灵台县" in text


def test_it_tells_the_history_without_drafts(scene: Scene, sign_in: SignIn) -> None:
    report = make_report(
        make_period(scene.ledger, number=2, name="2020年第二季度"), scene.tasks["green"], scene.health
    )
    for version, act in enumerate(("save", "submit", "accept"), 1):
        Revision.objects.create(
            report=report,
            version=version,
            act=act,
            content={},
            by=scene.coordinator,
            at=at(date(2020, 12, version)),
        )
    context = sign_in(scene.coordinator).get(f"/tasks/{scene.tasks['green'].pk}/").context
    told = [event.text for event in context["events"] if "第二季度报告" in event.text]
    assert told == ["市卫健委第二季度报告确认（李静）", "市卫健委第二季度报告提交（李静）"]


def test_it_shows_indicators_and_milestones(scene: Scene, sign_in: SignIn) -> None:
    task = scene.tasks["idle"]
    Indicator.objects.create(
        ledger=scene.ledger, task=task, name="中医馆覆盖率", unit="%", comparator=">=", low=Decimal("76.0000")
    )
    Milestone.objects.create(task=task, title="遴选专科", due_on=date(2020, 9, 30))
    text = page(sign_in(scene.reporter), scene, "idle")
    assert "≥76%" in text
    assert "遴选专科" in text


def test_it_offers_urging_to_the_coordinator_only(scene: Scene, sign_in: SignIn) -> None:
    assert "催办2个单位" in page(sign_in(scene.coordinator), scene, "missing")
    assert "催办2个单位" not in page(sign_in(scene.leader), scene, "missing")
    assert "催办2个单位" not in page(sign_in(scene.reporter), scene, "missing")


def test_it_costs_the_same_queries_for_few_and_many_reports(scene: Scene, sign_in: SignIn) -> None:
    client, address = sign_in(scene.coordinator), f"/tasks/{scene.tasks['missing'].pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        county = make_department(f"县区{number}")
        assign(scene.tasks["missing"], county)
        make_report(scene.fourth, scene.tasks["missing"], county)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(address).context["quarters"][0].lines) == 14
    assert len(many) == len(few)
