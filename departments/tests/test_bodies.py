"""Jurisdictions, departments, people: what the database refuses, and who sees the list."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from departments.models import Alias, Department, Jurisdiction, Membership, Post, User
from departments.tests.factories import (
    make_department,
    make_jurisdiction,
    make_officer,
    make_reporter,
    make_user,
)

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_it_keeps_a_child_under_its_parents_path() -> None:
    province = Jurisdiction.objects.create(code="620000", name="甘肃省", level="province")
    city = Jurisdiction.objects.create(code="620800", name="平凉市", level="city", parent=province)

    assert city.path == "/620000/620800/"


def test_it_refuses_two_active_departments_of_one_name() -> None:
    make_department("市卫健委")

    with pytest.raises(IntegrityError, match=r"active_name_unique|UNIQUE"), transaction.atomic():
        make_department("市卫健委")
    Department.objects.update(active_until=date(2020, 1, 1))
    assert make_department("市卫健委").pk


def test_it_refuses_an_end_before_the_beginning() -> None:
    with pytest.raises(IntegrityError, match="until_after_from"):
        make_department(active_from=date(2020, 2, 1), active_until=date(2020, 1, 1))


def test_it_refuses_one_writing_for_two_departments() -> None:
    first, second = make_department("市卫健委"), make_department("市医保局")
    Alias.objects.create(
        jurisdiction=first.jurisdiction, department=first, text="卫健委", normalised="卫健委"
    )

    with pytest.raises(IntegrityError):
        Alias.objects.create(
            jurisdiction=first.jurisdiction, department=second, text="卫健委", normalised="卫健委"
        )


def test_it_refuses_two_administrator_roles_in_one_hand() -> None:
    admin = make_officer(Post.Role.SYSTEM_ADMIN)

    with pytest.raises(IntegrityError):
        Post.objects.create(user=admin, jurisdiction=make_jurisdiction(), role=Post.Role.AUDITOR)


def test_it_refuses_a_person_without_a_name() -> None:
    with pytest.raises(IntegrityError, match="has_a_name"):
        make_user("")


def test_it_sorts_what_a_person_may_reach() -> None:
    department = make_department()
    person = make_reporter(department)
    Membership.objects.create(
        user=person, department=make_department("市医保局"), role="head", until=date(2020, 1, 1)
    )

    assert person.scope.reports_for == {department.pk}
    assert person.scope.heads == frozenset()
    assert person.scope.ledgers_of == {department.jurisdiction_id}
    assert person.scope.oversees == frozenset()


def test_it_refuses_reporters_the_list_of_departments(sign_in: SignIn) -> None:
    response = sign_in(make_reporter(make_department())).get("/departments/")

    assert response.status_code == 403
    assert "只有医改办协调员和系统管理员可以查看单位库" in response.content.decode()
