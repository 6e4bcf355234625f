"""What every test may use: a fast hasher, a client signed in as somebody, a database that really commits."""

import gc
import itertools
from collections.abc import Callable, Generator, Iterator

import hypothesis
import pytest
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings

from audit import triggers
from departments.models import User
from departments.tests.signed_in import signed_in
from reformtracker.tests.chromium import chromium
from timekeeping.workdays import seed_holidays

YEARS = range(2019, 2027)
FOLDERS = itertools.count()  # a number for the files of each test
DATABASE = {"db", "transactional_db"}  # the fixtures that give a test one; every other asks for one of these
# A run is not green or red by luck: the same examples each time. `--hypothesis-profile=default` looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses no database, and leave out what is about the other kind of database."""
    other = {"postgresql": "sqlite", "sqlite": "postgresql"}[connection.vendor]
    foreign = [item for item in items if item.get_closest_marker(other)]
    items[:] = [item for item in items if item not in foreign]
    config.hook.pytest_deselected(items=foreign)
    for item in items:
        if DATABASE.isdisjoint(getattr(item, "fixturenames", ())) and not item.get_closest_marker(
            "django_db"
        ):
            item.add_marker("once")
    lost = [
        item.nodeid
        for item in items
        if item.get_closest_marker("once") and item.get_closest_marker("postgresql")
    ]
    if lost:
        raise pytest.UsageError(f"shows what only PostgreSQL does, and is left out there: {lost}")


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_begin_with_what_is_long(items: list[pytest.Item]) -> None:
    """A long test that came last would leave the other process with nothing to do."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """What was collected lives to the end and is not looked through for waste; what tests leave, more seldom than usual."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def quick_and_tidy(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hash quickly, keep files of the tests in a place of their own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A name alone: the folder is made when a test keeps its first file, which few do.
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "files" / f"{next(FOLDERS)}"
    settings.DEMO_TODAY = "2020-12-10"


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Make a client that is signed in as a person."""
    return signed_in


@pytest.fixture(scope="module")
def started_browser() -> Iterator[Browser]:
    """Debian's Chromium, started once for the tests of a file."""
    with pytest.MonkeyPatch.context() as environment, chromium() as started:
        # Playwright keeps an event loop in this thread; a test's own queries are plain ones all the same.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started


@pytest.fixture
def browser(started_browser: Browser) -> Iterator[Browser]:
    """The browser for one test: whatever windows it opens are closed after it."""
    yield started_browser
    for window in started_browser.contexts:
        window.close()
    # Beside that loop Django keeps connections of their own, which nobody else would close.
    connections.close_all()


BLOCKER = pytest.StashKey[DjangoDbBlocker]()


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, transactional_db: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database that commits, for tests with threads, processes or a live server.

    The append-only triggers are lifted at the very end, so that the tables can be emptied.
    """
    request.node.stash[BLOCKER] = django_db_blocker
    yield
    for table in triggers.TABLES:
        triggers.remove(connection, table)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """After a committing test's tables were emptied, the triggers and the holiday table stand again.

    Here and not in a fixture: whatever else a test asks for, this comes after its tables are emptied. After
    the last test the database itself is gone.
    """
    yield
    blocker = item.stash.get(BLOCKER, None)
    if blocker and nextitem:
        with blocker.unblock():
            for table in triggers.TABLES:
                triggers.install(connection, table)
            seed_holidays(YEARS)
