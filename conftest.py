"""What every test may use: a fast hasher, a client signed in as somebody, a database that really commits."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from audit import triggers
from departments.models import User
from timekeeping.workdays import seed_holidays

YEARS = range(2019, 2027)


@pytest.fixture(autouse=True)
def quick_and_tidy(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hash quickly, keep files of the tests in a place of their own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.DEMO_TODAY = "2020-12-10"


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Make a client that is signed in as a person."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def refill(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a committing test emptied the tables: the triggers and the holiday table stand again."""
    yield
    with django_db_blocker.unblock():
        for table in triggers.TABLES:
            triggers.install(connection, table)
        seed_holidays(YEARS)


@pytest.fixture
def committed_db(refill: None, transactional_db: None) -> Iterator[None]:
    """A database that commits, for tests with threads, processes or a live server.

    The append-only triggers are lifted at the very end, so that the tables can be emptied.
    """
    yield
    for table in triggers.TABLES:
        triggers.remove(connection, table)
