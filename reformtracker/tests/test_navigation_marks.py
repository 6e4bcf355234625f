"""The left navigation marks the line under which the open page belongs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from departments.models import User
from reformtracker.tests.test_access import LINES, ROLES, address, expected
from reformtracker.tests.world import World, make_world

# Walks all pages: what they run is tested and held on every database where they are tested.
pytestmark = pytest.mark.once
SignIn = Callable[[User], Client]
# Pages with the shell that belong under no line, each with the reason.
WITHOUT = {
    "departments:account": "one's own account, reached from the name at the top",
    "departments:password": "one's own account",
    "departments:second_factor": "one's own account",
    "reports:below": "a place that has no ledger below it has no line for them",
}


def readers(name: str) -> list[str]:
    """The roles that may open a page, in the order of the table."""
    letters = dict(zip(ROLES, expected(LINES[name][0]), strict=True))
    return [role for role in ROLES[1:] if letters[role] == "+"]


def marked(response: Any) -> list[str] | None:
    """The labels of the marked lines; None where there is no shell (a download, the sign-in, a redirect)."""
    if response.streaming:
        list(response)  # a download holds its file open until it is read
        return None
    _, shell, page = response.content.decode("utf-8", "replace").partition('<nav class="rt-nav"')
    found: list[str] = re.findall(r'aria-current="page">([^<]+)<', page.partition("</nav>")[0])
    return found if shell else None


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_it_marks_one_line_on_every_page(world: World, sign_in: SignIn) -> None:
    clients = {role: sign_in(world.people[role]) for role in ROLES[1:]}
    wrong = {}
    for name in LINES:
        for role in readers(name)[:1]:
            lines = marked(clients[role].get(address(world, name)))
            if lines is not None and len(lines) != (name not in WITHOUT):
                wrong[name, role] = lines

    assert wrong == {}, "name the page's line in BELONGS (reformtracker/navigation.py)"


@pytest.mark.parametrize(
    ("role", "name", "line"),
    [
        ("coordinator", "progress:periods", "报送"),
        ("reporter", "progress:periods", "报送"),
        ("coordinator", "progress:extension", "审核"),
        ("reporter", "progress:extension", "报送"),
        ("head", "progress:closure", "审核"),
        ("reporter", "progress:requests", "报送"),
        ("bystander", "reports:task", "台账"),
    ],
)
def test_it_marks_it_by_the_part_of_the_person(
    world: World, sign_in: SignIn, role: str, name: str, line: str
) -> None:
    assert marked(sign_in(world.people[role]).get(address(world, name))) == [line]


def test_it_marks_it_on_a_form_that_came_back(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.people["coordinator"])
    response = client.post(address(world, "progress:return_report"), {"version": 0, "note": ""})
    assert response.status_code == 400
    assert "审核" in response.content.decode().partition('aria-current="page"')[2][:20]
