"""下级台账: figures of lower places, downwards only, without texts, drafts or people."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import Jurisdiction, Post, User
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from progress.models import ProgressReport
from progress.tests.factories import make_period, make_report
from reports.tests.scene import Scene, make_scene
from tasks.models import Ledger, Task
from tasks.tests.factories import make_ledger, make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Jurisdiction:
    return make_jurisdiction("620000", "甘肃省", level="province")


@pytest.fixture
def scene(province: Jurisdiction) -> Scene:
    """平凉市 under 甘肃省."""
    make_jurisdiction("620800", "平凉市", parent=province)
    return make_scene()


def make_county(scene: Scene) -> Ledger:
    county = make_jurisdiction("620826", "静宁县", level="county", parent=scene.ledger.jurisdiction)
    return make_ledger(jurisdiction=county, name="静宁县2020年医改任务")


def test_it_shows_lights_and_filings_of_the_ledgers_below(
    scene: Scene, province: Jurisdiction, sign_in: SignIn
) -> None:
    answer = sign_in(make_officer(jurisdiction=province)).get("/below/")
    (line,) = answer.context["lines"]
    assert (line.ledger, line.total, line.shown[0]) == (scene.ledger, 6, ("red", "红 滞后", "红 2"))
    home = sign_in(scene.leader).get(f"/ledgers/{scene.ledger.pk}/dashboard/").context
    assert line.newest == home["periods"][-1]
    assert list(line.lights) == home["lights"]


def test_it_shows_the_same_figures_as_the_dashboard_of_the_place(
    scene: Scene, province: Jurisdiction, sign_in: SignIn
) -> None:
    lower = sign_in(make_officer(Post.Role.LEADER, province)).get(f"/below/{scene.ledger.pk}/").context
    home = sign_in(scene.leader).get(f"/ledgers/{scene.ledger.pk}/dashboard/").context
    for name in ("lights", "whole_line", "sections", "columns", "periods"):
        assert lower[name] == home[name]
    assert [one.row.task for one in lower["red"]] == [one.row.task for one in home["red"]]


def test_it_shows_neither_texts_nor_people(scene: Scene, province: Jurisdiction, sign_in: SignIn) -> None:
    ProgressReport.objects.update(text="内部进展文字", problems="内部问题文字", next_steps="内部措施文字")
    Task.objects.update(confirmed_status="normal")
    client = sign_in(make_officer(jurisdiction=province, full_name="省里的人"))
    pages = [client.get(url).content.decode() for url in ("/below/", f"/below/{scene.ledger.pk}/")]
    names = [one.full_name for one in (scene.coordinator, scene.leader, scene.reporter, scene.head)]
    for hidden in ("内部", *names, f"/ledgers/{scene.ledger.pk}/", "/tasks/"):
        assert not any(hidden in page for page in pages), hidden


def test_it_reads_downwards_over_all_levels(scene: Scene, province: Jurisdiction, sign_in: SignIn) -> None:
    ledger = make_county(scene)
    upper = sign_in(make_officer(jurisdiction=province))
    assert [one.ledger for one in upper.get("/below/").context["lines"]] == [scene.ledger, ledger]
    assert sign_in(scene.coordinator).get(f"/below/{ledger.pk}/").status_code == 200


def test_it_narrows_to_a_place_and_what_lies_under_it(
    scene: Scene, province: Jurisdiction, sign_in: SignIn
) -> None:
    ledger = make_county(scene)
    client = sign_in(make_officer(jurisdiction=province))
    found = client.get(f"/below/?place={ledger.jurisdiction_id}").context["lines"]
    assert [one.ledger for one in found] == [ledger]
    assert len(client.get(f"/below/?place={scene.ledger.jurisdiction_id}").context["lines"]) == 2
    assert len(client.get("/below/?place=0").context["lines"]) == 2


def test_it_shows_nothing_upwards_or_sideways(scene: Scene, province: Jurisdiction, sign_in: SignIn) -> None:
    sibling = make_jurisdiction("620700", "张掖市", parent=province)
    above = make_ledger(jurisdiction=province, name="甘肃省任务")
    for user in (make_officer(jurisdiction=sibling), scene.coordinator):
        client = sign_in(user)
        assert client.get(f"/below/{above.pk}/").status_code == 404
        assert client.get("/below/").context["lines"] == []
    assert sign_in(make_officer(jurisdiction=sibling)).get(f"/below/{scene.ledger.pk}/").status_code == 404


def test_it_opens_nothing_but_figures(scene: Scene, province: Jurisdiction, sign_in: SignIn) -> None:
    client = sign_in(make_officer(jurisdiction=province))
    assert client.get(f"/ledgers/{scene.ledger.pk}/").status_code == 404
    assert client.get(f"/ledgers/{scene.ledger.pk}/ledger.xlsx").status_code == 404


def test_it_refuses_departments_counties_and_administrators(
    scene: Scene, province: Jurisdiction, sign_in: SignIn
) -> None:
    county = make_county(scene).jurisdiction
    people = [
        make_reporter(make_department("省卫健委", province)),
        make_officer(jurisdiction=county),
        make_officer(Post.Role.SYSTEM_ADMIN, province),
    ]
    for user in people:
        answer = sign_in(user).get("/below/")
        assert (answer.status_code, "下级台账的汇总" in answer.content.decode()) == (403, True)
        assert sign_in(user).get(f"/below/{scene.ledger.pk}/").status_code == 404


def test_it_names_the_page_only_where_something_lies_below(
    scene: Scene, province: Jurisdiction, sign_in: SignIn
) -> None:
    upper = make_officer(jurisdiction=province)
    assert "下级台账" in sign_in(upper).get("/").content.decode()
    assert "下级台账" not in sign_in(scene.coordinator).get("/").content.decode()


def test_it_costs_the_same_queries_for_few_and_many_ledgers(
    scene: Scene, province: Jurisdiction, sign_in: SignIn
) -> None:
    client = sign_in(make_officer(jurisdiction=province))
    client.get("/below/")
    with CaptureQueriesContext(connection) as few:
        client.get("/below/")
    for number in range(5):
        place = make_jurisdiction(f"6209{number}0", f"第{number}市", parent=province)
        ledger = make_ledger(jurisdiction=place, name="任务")
        body = make_department("市卫健委", place)
        task = make_task(ledger, leads=(body,))
        make_report(make_period(ledger), task, body)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get("/below/").context["lines"]) == 6
    assert len(many) == len(few)
