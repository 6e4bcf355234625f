"""The left navigation says what waits for a person, by the parts that person holds."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from departments.models import User
from departments.tests.factories import make_department, make_officer
from progress.models import ProgressReport
from reformtracker.navigation import entries, place_of
from reports.tests.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def counts(user: User, scene: Scene) -> dict[str, int]:
    found = entries(RequestFactory().get("/"), user, scene.ledger)
    return {entry.label: entry.count for entry in found}


def test_it_counts_for_the_office_what_waits_for_review(scene: Scene) -> None:
    assert counts(scene.coordinator, scene)["审核"] == 1
    assert counts(scene.coordinator, scene)["报送"] == 0


def test_it_counts_nothing_on_a_page_that_is_refused_or_missing(
    scene: Scene, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(scene.coordinator)
    answers = [client.get(url) for url in ("/", "/trail/", "/tasks/987654321/")]
    told = ["待办 </span>" in answer.content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 403, 404]
    assert told == [True, False, False]
    assert all("审核" in answer.content.decode() for answer in answers), "the menu itself stays"


def test_it_counts_for_a_department_what_it_still_has_to_file(scene: Scene) -> None:
    shown = counts(scene.reporter, scene)
    assert shown["报送"] == 3
    assert "审核" not in shown


def test_it_counts_for_a_head_what_waits_for_the_sign_off(scene: Scene) -> None:
    assert counts(scene.head, scene)["审核"] == 0
    mine = ProgressReport.objects.filter(period=scene.fourth, department=scene.health, state="signed")
    assert mine.update(state="submitted") == 1
    assert counts(scene.head, scene)["审核"] == 1
    assert counts(scene.coordinator, scene)["审核"] == 0


def test_it_names_the_department_before_the_place(scene: Scene) -> None:
    assert place_of(scene.reporter, scene.ledger) == "市卫健委"
    assert place_of(scene.coordinator, scene.ledger) == scene.ledger.jurisdiction.name
    make_department("市医改办", is_office=True)
    assert place_of(scene.coordinator, scene.ledger) == "市医改办"


def test_it_names_the_place_where_there_is_no_ledger_yet(db: None) -> None:
    officer = make_officer()
    assert place_of(officer, None) == officer.posts.get().jurisdiction.name
