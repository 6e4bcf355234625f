"""Adding a person from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from departments.models import Jurisdiction, User
from departments.tests.factories import make_department, make_user

pytestmark = pytest.mark.django_db
PLACE = ("--place", "620800", "平凉市")


def add(*args: str) -> str:
    out = StringIO()
    call_command("add_person", *args, stdout=out)
    return out.getvalue()


def test_it_makes_the_first_coordinator_and_the_place() -> None:
    printed = add("lijing", "李静", *PLACE)

    user = User.objects.get(username="lijing")
    assert user.scope.coordinates == {Jurisdiction.objects.get(code="620800").pk}
    assert user.must_change_password
    password = printed.partition("：")[2].partition("，")[0]
    assert user.check_password(password)


def test_it_leaves_a_trace_without_the_password() -> None:
    printed = add("lijing", "李静", *PLACE)

    entry = Entry.objects.get(act="user.add")
    assert entry.after == {"username": "lijing", "part": "协调员"}
    assert printed.partition("：")[2].partition("，")[0] not in str(entry.after)


def test_it_makes_a_reporter_of_a_department() -> None:
    department = make_department("市卫健委")

    add("weijian", "孙丽", *PLACE, "--role", "reporter", "--department", "市卫健委")

    assert User.objects.get(username="weijian").scope.reports_for == {department.pk}


def test_it_refuses_a_name_in_use() -> None:
    make_user(username="lijing")

    with pytest.raises(CommandError, match="已有人使用"):
        add("lijing", "李静", *PLACE)


def test_it_refuses_an_unknown_department() -> None:
    with pytest.raises(CommandError, match="没有简称"):
        add("weijian", "孙丽", *PLACE, "--role", "head", "--department", "市甲局")
    assert not User.objects.exists()
