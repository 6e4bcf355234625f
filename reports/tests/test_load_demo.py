"""The demonstration: five papers, ledgers, people, two quarters; repeating it adds nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from audit.models import Entry
from departments.models import Department, Membership, User
from progress.demo.bodies import PASSWORD
from progress.models import Closure, Contribution, Extension, ProgressReport, ReportingPeriod
from reports.models import Bulletin
from tasks.models import Assignment, Ledger, Task

# The demonstration stands on SQLite.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
SIZES = {"平凉市": 25, "石家庄市": 40, "重庆市": 26, "吉林省": 25, "固原市": 35}


def load(*args: str) -> str:
    out = StringIO()
    call_command("load_demo", *args, stdout=out)
    return out.getvalue()


def rows() -> Counter[str]:
    reported = (ReportingPeriod, ProgressReport, Extension, Closure, Contribution, Bulletin)
    models = (User, Department, Ledger, Task, Assignment, *reported, Entry)
    return Counter({model.__name__: model._default_manager.count() for model in models})


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The demonstration, loaded once for all that only look at it; what it printed."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    files = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=files, PASSWORD_HASHERS=quick, DEMO_TODAY="2020-12-10"),
        transaction.atomic(),
    ):
        yield load()
        transaction.set_rollback(True)


def test_it_loads_once_and_changes_nothing_the_second_time(demo: str) -> None:
    before = rows()

    assert {ledger.jurisdiction.name: ledger.tasks.count() for ledger in Ledger.objects.all()} == SIZES
    assert "lijing" in demo
    assert load() == demo
    assert rows() == before


def test_it_gives_every_lead_of_the_first_place_a_reporter_and_a_head(demo: str) -> None:
    leads = Assignment.objects.filter(role="lead", task__jurisdiction__name="平凉市").values("department")

    for role in Membership.Role.values:
        staffed = Membership.objects.filter(role=role).values("department")
        assert not Department.objects.filter(pk__in=leads).exclude(pk__in=staffed).exists()


def test_it_shows_late_missing_and_returned_reports_marked_as_samples(demo: str) -> None:
    third, fourth = ReportingPeriod.objects.order_by("number")

    assert third.reports.late().count() == 2
    assert third.reports.missing(on=date(2020, 12, 10)).count() == 1
    assert set(fourth.reports.values_list("state", flat=True)) == {
        "accepted", "signed", "submitted", "returned", "draft", "expected",
    }  # fmt: skip
    waiting = fourth.reports.waiting_for_office()
    assert waiting.filter(no_change=True).exists()
    assert waiting.filter(revisions__act="return").exists()
    assert not ProgressReport.objects.filter(is_sample=False).exists()
    assert not ProgressReport.objects.exclude(text="").exclude(text__startswith="【示例】").exists()


def test_it_shows_what_was_asked_and_what_became_of_it(demo: str) -> None:
    assert sorted(Extension.objects.values_list("state", flat=True)) == ["granted", "signed"]
    assert sorted(Closure.objects.values_list("state", flat=True)) == ["completed", "completed", "signed"]
    assert Task.objects.filter(state="completed").count() == 2
    assert Task.objects.get(due_on__gt=F("original_due_on")).extensions.get().state == "granted"


def test_it_shows_what_leads_asked_of_those_who_take_part(demo: str) -> None:
    notes = Contribution.objects.all()

    assert sorted(notes.values_list("report__department__short_name", "department__short_name", "state")) == [
        ("市人社局", "市卫健委", "asked"),
        ("市人社局", "市财政局", "given"),
        ("市卫健委", "市财政局", "given"),
    ]
    assert all(text.startswith("【示例】") for text in notes.exclude(text="").values_list("text", flat=True))


def test_it_shows_the_circular_of_the_quarter_that_has_closed(demo: str) -> None:
    circular = Bulletin.objects.get()

    assert (circular.state, circular.period.number) == ("issued", 3)
    assert "示例" in circular.number
    assert circular.as_of > circular.period.closes_on
    figures = circular.figures
    assert figures["expected"] == circular.period.reports.count()
    assert (figures["late"], figures["missing"]) == (2, 1)
    assert circular.sha256 in f"{circular.file.name}"


def test_it_keeps_every_row_in_the_jurisdiction_of_its_parent(demo: str) -> None:
    assert not Task.objects.exclude(jurisdiction=F("ledger__jurisdiction")).exists()
    assert not Assignment.objects.exclude(department__jurisdiction=F("task__jurisdiction")).exists()
    assert not ReportingPeriod.objects.exclude(jurisdiction=F("ledger__jurisdiction")).exists()
    assert not ProgressReport.objects.exclude(jurisdiction=F("period__jurisdiction")).exists()
    assert not ProgressReport.objects.exclude(jurisdiction=F("task__jurisdiction")).exists()


def test_it_opens_the_printed_accounts(demo: str) -> None:
    assert all(check_password(PASSWORD, user.password) for user in User.objects.all()[:3])
    assert load("--accounts").startswith("演示账号")


def test_it_refuses_a_production_installation(settings: Settings) -> None:
    settings.PRODUCTION = True
    before = rows()

    with pytest.raises(CommandError, match="demonstrations"):
        load()
    assert rows() == before
