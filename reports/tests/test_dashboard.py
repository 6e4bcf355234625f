"""看板: who may open it, and whether each number leads to the list behind it."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import User
from departments.tests.factories import make_department
from progress.tests.factories import at, make_report
from reports.tests.scene import TODAY, Scene, make_scene
from tasks.models import Task
from tasks.tests.factories import make_ledger, make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_it_shows_leaders_where_it_is_red_and_why(scene: Scene, sign_in: SignIn) -> None:
    page = sign_in(scene.leader).get(f"/ledgers/{scene.ledger.pk}/dashboard/").content.decode()
    assert "完善药品耗材采购政策" in page
    assert "已超过完成时限10天" in page
    assert "采购平台未上线" in page
    assert "66.7%" in page


def test_it_gathers_causes_and_remedies_of_the_latest_period_alone(scene: Scene, sign_in: SignIn) -> None:
    reports = scene.fourth.reports.filter(task=scene.tasks["missing"])
    filed = {"state": "signed", "first_submitted_at": at(TODAY), "submitted_at": at(TODAY), "on_time": True}
    reports.update(**filed, cause="资金未到位", remedy="落实资金", problems="债务化解进度慢")
    reports.filter(department=scene.insurance).update(cause="政策需上级明确", problems="")
    scene.third.reports.filter(task=scene.tasks["missing"]).update(cause="人员力量不足", problems="上季问题")
    lines = sign_in(scene.leader).get(f"/ledgers/{scene.ledger.pk}/dashboard/").context["red"]
    told = {line.row.task.title: (line.problem, line.cause, line.remedy) for line in lines}
    assert told == {
        "完善药品耗材采购政策": ("采购平台未上线", "招标采购未完成", "倒排工期"),
        "落实政府投入保障责任": ("债务化解进度慢", "资金未到位、政策需上级明确", "落实资金"),
    }


def test_it_refuses_departments_with_the_reason(scene: Scene, sign_in: SignIn) -> None:
    answer = sign_in(scene.reporter).get(f"/ledgers/{scene.ledger.pk}/dashboard/")
    assert answer.status_code == 403
    assert "只有本地医改办和分管领导" in answer.content.decode()


def test_it_leads_every_number_of_a_department_to_as_many_tasks(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    page = client.get(f"/ledgers/{scene.ledger.pk}/dashboard/?period={scene.third.pk}").content.decode()
    links = re.findall(
        r'<a href="(/ledgers/\d+/\?department=[^"]+)">(?:<span.*?</span></?span>?)?(\d+)<', page
    )
    plain = [(url.replace("&amp;", "&"), int(number)) for url, number in links]
    assert len(plain) >= 6
    for url, number in plain:
        sections = client.get(url).context["sections"]
        assert sum(len(group.rows) for group in sections) == number, url


def test_it_leads_the_lights_to_as_many_tasks(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.leader)
    context = client.get(f"/ledgers/{scene.ledger.pk}/dashboard/").context
    for line in context["sections"]:
        for colour, count in line.counts:
            query = f"?section={line.section.pk}&light={colour}"
            sections = client.get(f"/ledgers/{scene.ledger.pk}/{query}").context["sections"]
            assert sum(len(group.rows) for group in sections) == count


def test_it_shows_an_empty_ledger(scene: Scene, sign_in: SignIn) -> None:
    empty = make_ledger()
    page = sign_in(scene.leader).get(f"/ledgers/{empty.pk}/dashboard/").content.decode()
    assert "台账里还没有任务" in page


def test_it_names_terminated_tasks_only_where_there_are_any(scene: Scene, sign_in: SignIn) -> None:
    client, address = sign_in(scene.leader), f"/ledgers/{scene.ledger.pk}/dashboard/"
    assert "终止" not in client.get(address).context["columns"]
    closed = {"state": "terminated", "closed_on": scene.fourth.opens_on, "closing_reason": "与省级任务合并"}
    Task.objects.filter(pk=scene.tasks["idle"].pk).update(**closed)
    context = client.get(address).context
    assert context["columns"][-1] == "终止"
    assert sum(dict(line.counts).get("stop", 0) for line in context["sections"]) == 1


def test_it_costs_the_same_queries_for_few_and_many_departments(scene: Scene, sign_in: SignIn) -> None:
    client, address = sign_in(scene.leader), f"/ledgers/{scene.ledger.pk}/dashboard/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        department = make_department(f"市直单位{number}")
        task = make_task(scene.ledger, leads=(department,), position=100 + number)
        make_report(scene.fourth, task, department)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(address).context["departments"]) == 22
    assert len(many) == len(few)
