"""台账: the list, its filter, its queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_reporter
from reports.tests.scene import Scene, make_scene
from tasks.models import Indicator
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def shown(client: Client, scene: Scene, query: str = "") -> list[str]:
    """Titles of the tasks that the list shows."""
    response = client.get(f"/ledgers/{scene.ledger.pk}/{query}")
    assert response.status_code == 200
    return [row.task.title for group in response.context["sections"] for row in group.rows]


def test_it_shows_every_task_with_light_reasons_and_filings(scene: Scene, sign_in: SignIn) -> None:
    page = sign_in(scene.reporter).get(f"/ledgers/{scene.ledger.pk}/").content.decode()
    assert page.count('class="rt-nowrap rt-c-no"') == 6
    assert "已超过完成时限10天" in page
    assert "市医保局第三季度未报" in page
    assert "平政办发〔2020〕81号" in page
    assert "6项任务、2个方面、2个牵头单位" in page
    assert "第四季度报送" in page


def test_it_counts_the_tabs_by_light(scene: Scene, sign_in: SignIn) -> None:
    response = sign_in(scene.reporter).get(f"/ledgers/{scene.ledger.pk}/")
    counts = {str(tab["light"]): tab["count"] for tab in response.context["tabs"]}
    assert counts == {"": 6, "red": 2, "yellow": 1, "green": 1, "done": 1, "idle": 1}


def test_it_filters_by_light_and_keeps_other_conditions_in_the_tabs(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.reporter)
    assert shown(client, scene, "?light=red") == ["完善药品耗材采购政策", "落实政府投入保障责任"]
    query = f"?light=red&department={scene.insurance.pk}"
    assert shown(client, scene, query) == ["落实政府投入保障责任"]
    tabs = client.get(f"/ledgers/{scene.ledger.pk}/{query}").context["tabs"]
    assert tabs[0]["url"] == f"?department={scene.insurance.pk}"
    assert tabs[0]["count"] == 3


def test_it_filters_by_section_department_and_role(scene: Scene, sign_in: SignIn) -> None:
    client, section = sign_in(scene.reporter), scene.tasks["done"].section_id
    assert len(shown(client, scene, f"?section={section}")) == 3
    lead = f"?department={scene.insurance.pk}&role=lead"
    assert shown(client, scene, lead) == ["落实政府投入保障责任", "推进分级诊疗"]
    assert shown(client, scene, "?role=participant") == ["改革完善疾病预防控制体系", "完善传染病监测预警系统"]


def test_it_filters_by_filings_of_the_department_and_period(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    late = f"?period={scene.third.pk}&department={scene.health.pk}&filing=late"
    assert shown(client, scene, late) == ["完善药品耗材采购政策"]
    missing = f"?period={scene.third.pk}&department={scene.insurance.pk}&filing=missing"
    assert shown(client, scene, missing) == ["落实政府投入保障责任"]
    assert shown(client, scene, "?filing=complete") == ["改革完善疾病预防控制体系"]


def test_it_searches_title_body_and_clause(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.reporter)
    assert shown(client, scene, "?q=化解公立医院") == ["落实政府投入保障责任"]
    assert shown(client, scene, "?q=没有这个词") == []


def test_it_leaves_unknown_conditions_aside(scene: Scene, sign_in: SignIn) -> None:
    query = "?light=pink&section=99&department=x&filing=never&period=zzz"
    assert len(shown(sign_in(scene.reporter), scene, query)) == 6


def test_it_says_when_nothing_answers(scene: Scene, sign_in: SignIn) -> None:
    page = sign_in(scene.reporter).get(f"/ledgers/{scene.ledger.pk}/?q=没有").content.decode()
    assert "没有符合条件的任务" in page


def test_it_shows_the_indicators_of_the_whole_ledger(scene: Scene, sign_in: SignIn) -> None:
    wanted = {"name": "基层就诊率", "unit": "%", "comparator": ">=", "low": 65}
    Indicator.objects.create(ledger=scene.ledger, **wanted)
    response = sign_in(scene.reporter).get(f"/ledgers/{scene.ledger.pk}/")
    assert "≥65%" in response.content.decode()
    assert f'href="?department={scene.health.pk}"' in response.content.decode()


def test_it_offers_to_urge_what_was_picked_out(scene: Scene, sign_in: SignIn) -> None:
    address, health = f"/ledgers/{scene.ledger.pk}/", scene.health.pk
    office = sign_in(scene.coordinator)

    assert office.get(address).context["urge"] is None
    picked = office.get(f"{address}?department={health}")
    assert [one.pk for one in picked.context["urge"].departments] == [health]
    assert "催办1个单位" in picked.content.decode()
    assert sign_in(scene.leader).get(f"{address}?department={health}").context["urge"] is None


def test_it_hides_ledgers_of_other_jurisdictions(scene: Scene, sign_in: SignIn) -> None:
    elsewhere = make_department("市教育局", make_jurisdiction("640400", "固原市"))
    stranger = sign_in(make_reporter(elsewhere))
    assert stranger.get(f"/ledgers/{scene.ledger.pk}/").status_code == 404
    assert stranger.get(f"/tasks/{scene.tasks['green'].pk}/").status_code == 404


def test_it_lists_ledgers_and_goes_to_the_same_page_of_another(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    assert scene.ledger.name in client.get("/ledgers/").content.decode()
    other = make_task().ledger
    answer = client.post(
        "/ledgers/choose/", {"ledger": other.pk, "next": f"/ledgers/{scene.ledger.pk}/dashboard/"}
    )
    assert answer.headers["Location"] == f"/ledgers/{other.pk}/dashboard/"
    task = f"/tasks/{scene.tasks['green'].pk}/"
    assert client.post("/ledgers/choose/", {"ledger": other.pk, "next": task}).headers["Location"] == "/"
    away = {"ledger": other.pk, "next": "//example.com/"}
    assert client.post("/ledgers/choose/", away).headers["Location"] == "/"
    assert client.post("/ledgers/choose/", {"ledger": "x"}).status_code == 404


def test_it_costs_the_same_queries_for_few_and_many_tasks(scene: Scene, sign_in: SignIn) -> None:
    client, address = sign_in(scene.coordinator), f"/ledgers/{scene.ledger.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        make_task(scene.ledger, leads=(scene.health, scene.insurance), position=100 + number)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(address).context["form"].fields) == 7
    assert len(many) == len(few)
