"""A reporter at the filing page of the cast, in a real browser."""

from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from progress.tests.cast import Cast, make_cast, make_last
from reformtracker.tests.chromium import Person


def make_cast_with_last() -> Cast:
    """The cast, with something confirmed in an earlier quarter."""
    cast = make_cast()
    make_last(cast)
    return cast


def at_the_form(browser: Browser, live_server: LiveServer, cast: Cast) -> Person:
    """The reporter, signed in, with the filing page open."""
    person = Person(browser, live_server.url, cast.reporter)
    person.open(f"/ledgers/{cast.ledger.pk}/filing/")
    return person
