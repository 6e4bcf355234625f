"""One question, one answer: a task's light is the same wherever it is shown."""

from collections import Counter
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from departments.models import User
from progress.models import ProgressReport
from progress.rates import filing_rate, filing_rates_by
from progress.standing import standings
from reports.bulletin_figures import BulletinFigures
from reports.draft_bulletin import draft_bulletin
from reports.rows import light_counts, task_rows
from reports.tests.scene import COLOURS, TODAY, Scene, make_scene
from reports.workbook import ALL_COLUMNS
from tasks.models import Task
from tasks.with_parts import with_parts

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def expected(scene: Scene) -> dict[str, str]:
    """The word of each task's light, straight from the rule."""
    tasks = with_parts(Task.objects.filter(ledger=scene.ledger))
    return {task.title: standings(tasks, TODAY)[task.pk].light.word for task in tasks}


def rows_of_sheet(data: bytes) -> dict[str, str]:
    """Title and light cell of each task in a workbook."""
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    headings = {column.identifier: column.heading for column in ALL_COLUMNS}
    lines = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
    top = next(line for line in lines if headings["title"] in line)
    title, light = top.index(headings["title"]), top.index(headings["light"])
    return {line[title]: line[light] for line in lines if line[light] and line != top}


def test_it_shows_one_light_on_list_page_and_workbench(
    scene: Scene, expected: dict[str, str], sign_in: SignIn
) -> None:
    client = sign_in(scene.coordinator)
    sections = client.get(f"/ledgers/{scene.ledger.pk}/").context["sections"]
    listed = {row.task.title: row.standing.light.word for group in sections for row in group.rows}
    assert listed == expected
    for task in scene.tasks.values():
        assert client.get(f"/tasks/{task.pk}/").context["row"].standing.light.word == expected[task.title]
    cards = sign_in(scene.reporter).get("/").context["owed"]
    assert cards
    assert {line.row.task.title: line.row.standing.light.word for line in cards}.items() <= expected.items()


def test_it_shows_the_same_light_in_the_workbook(
    scene: Scene, expected: dict[str, str], sign_in: SignIn
) -> None:
    answer = sign_in(scene.coordinator).get(f"/ledgers/{scene.ledger.pk}/ledger.xlsx")
    printed = rows_of_sheet(b"".join(answer))
    assert printed.keys() == expected.keys()
    for title, word in expected.items():
        assert word in printed[title]


def test_it_counts_the_same_lights_on_the_dashboard_and_in_the_circular(
    scene: Scene, expected: dict[str, str], sign_in: SignIn
) -> None:
    words = Counter(expected.values())
    context = sign_in(scene.leader).get(f"/ledgers/{scene.ledger.pk}/dashboard/").context
    assert {one.word: one.count for one in context["lights"] if one.count} == words
    by_section: Counter[str] = Counter()
    for line in context["sections"]:
        by_section.update({str(colour): count for colour, count in line.counts})
    assert +by_section == Counter({key: count for key, count in COLOURS.items() if count})
    made = draft_bulletin(scene.ledger, scene.fourth, by=scene.coordinator, on=TODAY)
    figures = BulletinFigures.from_json(made.figures)
    assert {one.word: one.count for one in figures.lights if one.count} == words
    assert {one.title: one.word for one in figures.tasks} == expected


def test_it_writes_the_same_light_from_the_command(
    scene: Scene, expected: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "ledger.xlsx"
    call_command("export_ledger", scene.ledger.name, on=TODAY, output=target, stdout=StringIO())
    printed = rows_of_sheet(target.read_bytes())
    assert all(word in printed[title] for title, word in expected.items())


def test_it_counts_overdue_tasks_as_the_query_does(scene: Scene) -> None:
    tasks = Task.objects.filter(ledger=scene.ledger)
    rows = task_rows(tasks, period=scene.fourth, on=TODAY)
    assert tasks.overdue(on=TODAY).count() == sum(row.overdue_days > 0 for row in rows) == 1


def test_it_counts_filings_as_the_database_does(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    for period in (scene.third, scene.fourth):
        reports = ProgressReport.objects.filter(period=period)
        context = client.get(f"/ledgers/{scene.ledger.pk}/dashboard/?period={period.pk}").context
        line = next(one for one in context["periods"] if one.period == period)
        assert line.filing == filing_rate(reports)
        by_department = filing_rates_by(reports, "department_id")
        shown = {one.department.pk: one.filing for one in context["departments"] if one.filing.expected}
        assert shown == by_department


def test_it_holds_every_colour(scene: Scene) -> None:
    rows = task_rows(Task.objects.filter(ledger=scene.ledger), period=scene.fourth, on=TODAY)
    assert {str(colour): count for colour, count in light_counts(rows).items()} == COLOURS
