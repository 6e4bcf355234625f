"""Where an entry says that a request came from."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from audit.middleware import caller
from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_officer


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("203.0.113.5", "", 0, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.9", 0, "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5", 1, "203.0.113.5"),
        ("127.0.0.1", "198.51.100.9, 203.0.113.5", 1, "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5, 10.0.0.2", 2, "203.0.113.5"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.5", 2, "127.0.0.1"),
        ("127.0.0.1", "<script>", 1, None),
        ("", "", 0, None),
        ("::1", "", 0, "::1"),
    ],
)
def test_it_believes_only_our_own_proxies(
    remote: str, forwarded: str, proxies: int, address: str | None
) -> None:
    assert caller({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}, proxies) == address


def test_it_stands_in_the_entry(db: None, settings: Settings, sign_in: Callable[[User], Client]) -> None:
    settings.PROXY_COUNT = 1
    sign_in(make_officer()).post("/signout/", headers={"x-forwarded-for": "203.0.113.5"})

    assert Entry.objects.get(act="user.sign_out").address == "203.0.113.5"
