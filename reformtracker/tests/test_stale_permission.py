"""A right that ends while a long form is open: the form is refused, and what was written is shown again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from progress.models import ProgressReport
from progress.tests.factories import make_period, make_report
from reformtracker.tests.world import World, make_world
from tasks.tests.factories import make_task

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
WRITTEN = "本季新建发热门诊3个，均已投入使用。"


@pytest.fixture
def world() -> World:
    return make_world()


def expected_report(world: World) -> ProgressReport:
    """A report that the reporter still has to write."""
    task = make_task(world.ledger, leads=(world.department,))
    return make_report(make_period(world.ledger, number=2), task, world.department)


def test_it_refuses_a_report_whose_writer_has_left_the_department(world: World, sign_in: SignIn) -> None:
    report, reporter = expected_report(world), world.people["reporter"]
    client = sign_in(reporter)
    assert client.get(reverse("progress:filing", args=[world.ledger.pk])).status_code == 200

    reporter.memberships.all().delete()
    answer = client.post(
        reverse("progress:save", args=[report.pk]), {"version": report.version, "text": WRITTEN}
    )

    assert answer.status_code == 404
    assert WRITTEN in answer.content.decode()
    report.refresh_from_db()
    assert (report.text, report.version) == ("", 0)


def test_it_refuses_a_return_by_somebody_who_coordinates_no_more(world: World, sign_in: SignIn) -> None:
    coordinator, report = world.people["coordinator"], world.report
    before = ProgressReport.objects.filter(pk=report.pk).values().get()
    client = sign_in(coordinator)
    assert client.get(reverse("progress:review", args=[world.ledger.pk])).status_code == 200

    coordinator.posts.update(role="leader")
    answer = client.post(
        reverse("progress:return_report", args=[report.pk]),
        {"version": report.version, "note": WRITTEN, "password": "密码不应出现在页面"},
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert WRITTEN in page
    assert "密码不应出现在页面" not in page
    assert ProgressReport.objects.filter(pk=report.pk).values().get() == before


def test_it_refuses_a_circular_by_somebody_who_coordinates_no_more(world: World, sign_in: SignIn) -> None:
    coordinator = world.people["coordinator"]
    client, url = sign_in(coordinator), reverse("reports:bulletin", args=[world.bulletin.pk])
    assert client.get(url).status_code == 200

    coordinator.posts.update(role="leader")
    answer = client.post(url, {"version": world.bulletin.version, "title": WRITTEN})

    assert answer.status_code in (403, 404)
    assert WRITTEN in answer.content.decode()
    world.bulletin.refresh_from_db()
    assert world.bulletin.title != WRITTEN


def test_it_shows_nothing_where_nothing_was_written(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.people["leader"]).get(reverse("documents:upload"))
    assert answer.status_code == 403
    assert "您填写的内容" not in answer.content.decode()
