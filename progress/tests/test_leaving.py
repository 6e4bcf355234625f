"""离任交接: what is open is shown, warned of and handed over."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from departments.models import User
from departments.tests.factories import make_department, make_head, make_officer, make_reporter
from progress.tests.cast import make_cast
from progress.tests.contributions import make_note, make_partner
from progress.tests.factories import make_period, make_report
from progress.tests.requests import make_closure, make_extension
from tasks.tests.factories import make_ledger, make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_it_shows_what_is_open_and_warns_of_the_last(sign_in: SignIn) -> None:
    department = make_department()
    person, head = make_reporter(department, "王涛"), make_head(department, "陈明")
    ledger = make_ledger()
    report = make_report(make_period(ledger), make_task(ledger, leads=(department,)), department)
    type(report).objects.filter(pk=report.pk).update(state="draft", written_by=person)
    client = sign_in(make_officer())

    shown = client.get(f"/people/{person.pk}/leave/").content.decode()

    assert "市卫健委没有其他填报员" in shown
    assert "待报送1份" in shown
    assert "其中1份是此人写的草稿" in shown
    assert "今后的报告不经审签" in client.get(f"/people/{head.pk}/leave/").content.decode()


def test_it_names_what_else_waits_in_each_part(sign_in: SignIn) -> None:
    cast = make_cast()
    partner = make_partner(cast)
    make_extension(cast, "submitted")
    make_closure(cast)  # with the office, which has nothing to do with the head's leaving
    make_note(cast, partner)
    client = sign_in(cast.coordinator)

    assert "延期、销号申请待审签1件" in client.get(f"/people/{cast.head.pk}/leave/").content.decode()
    assert "配合情况待提供1项" in client.get(f"/people/{partner.reporter.pk}/leave/").content.decode()
    shown = client.get(f"/people/{cast.reporter.pk}/leave/").content.decode()
    assert "待审签" not in shown
    assert "配合情况待提供" not in shown


def test_it_hands_over_to_the_chosen(sign_in: SignIn) -> None:
    department = make_department()
    person, successor = make_reporter(department), make_head(department)
    part = person.memberships.get()

    response = sign_in(make_officer()).post(f"/people/{person.pk}/leave/", {f"part-{part.pk}": successor.pk})

    assert response.status_code == 302
    assert User.objects.get(pk=successor.pk).scope.reports_for == {department.pk}
    part.refresh_from_db()
    assert part.until == date(2020, 12, 9)


def test_it_takes_nobody_as_successor_who_was_not_offered(sign_in: SignIn) -> None:
    person = make_reporter(make_department())
    part, auditor = person.memberships.get(), make_officer("auditor")  # type: ignore[arg-type]  # the word itself

    response = sign_in(make_officer()).post(f"/people/{person.pk}/leave/", {f"part-{part.pk}": auditor.pk})

    assert response.status_code == 400
    assert User.objects.get(pk=person.pk).is_active


def test_it_shows_the_system_administrator_no_department(sign_in: SignIn) -> None:
    person = make_reporter(make_department())

    shown = sign_in(make_officer("system_admin")).get(f"/people/{person.pk}/leave/").content.decode()  # type: ignore[arg-type]  # the word itself

    assert "接任人由医改办协调员安排" in shown
    assert "市卫健委" not in shown
