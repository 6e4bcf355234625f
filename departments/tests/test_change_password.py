"""修改密码."""

from collections.abc import Callable

import pytest
from django.test import Client

from audit.models import Entry
from departments.models import User
from departments.tests.factories import PASSWORD, make_officer

NEW = "Another-pass-2021"
SignIn = Callable[[User], Client]


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(must_change_password=True)


def change(client: Client, current: str = PASSWORD, new: str = NEW, again: str = NEW) -> tuple[int, str]:
    response = client.post("/password/", {"current": current, "new": new, "again": again})
    return response.status_code, response.content.decode()


def test_it_changes_the_password_and_stays_signed_in(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)

    assert change(client)[0] == 302
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert not officer.must_change_password
    assert client.get("/departments/").status_code == 200


def test_it_traces_the_change_and_not_the_password(officer: User, sign_in: SignIn) -> None:
    change(sign_in(officer))

    entry = Entry.objects.get(act="user.change_password")
    assert NEW not in f"{entry.before}{entry.after}{entry.reason}"


def test_it_comes_before_every_other_page_at_first_use(officer: User, sign_in: SignIn) -> None:
    assert sign_in(officer).get("/departments/")["Location"] == "/password/"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"current": "wrong"}, "现密码不正确"),
        ({"again": "Different-2021"}, "两次输入的新密码不一致"),
        ({"new": PASSWORD, "again": PASSWORD}, "新密码不能与现密码相同"),
        ({"new": "short", "again": "short"}, "密码"),
    ],
)
def test_it_refuses(officer: User, sign_in: SignIn, fields: dict[str, str], message: str) -> None:
    status, page = change(sign_in(officer), **fields)

    assert status == 400
    assert message in page
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
