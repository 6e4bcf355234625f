"""The dashboard in a real browser: whatever the names are, every number stands on the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from reformtracker.tests.chromium import Person
from reports.tests.scene import make_scene
from tasks.models import Section, Task

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.usefixtures("committed_db")]
SIZES = [(1366, 768), (390, 844)]
TITLE = "深化医疗保障制度改革，推进医疗保障和医药服务高质量协同发展，切实增强改革的系统性"
# What is wider than the place it stands in: 4 pixels are the margins of a row of buttons.
HIDDEN = """
() => [...document.querySelectorAll(".rt-panel, .rt-scroll")]
  .filter(one => one.scrollWidth > one.clientWidth + 4)
  .map(one => one.textContent.trim().slice(0, 20))
"""


def test_it_shows_all_numbers_beside_long_names(browser: Browser, live_server: LiveServer) -> None:
    scene = make_scene()
    Section.objects.update(title=TITLE)
    Task.objects.filter(pk=scene.tasks["missing"].pk).update(number="12")
    scene.health.short_name = "平凉银保监分局医改专班"
    scene.health.save()
    person = Person(browser, live_server.url, scene.coordinator)
    for width, height in SIZES:
        person.page.set_viewport_size({"width": width, "height": height})
        person.open(f"/ledgers/{scene.ledger.pk}/dashboard/")
        assert person.page.evaluate("document.documentElement.scrollWidth") <= width
        assert person.page.evaluate(HIDDEN) == []
    number = person.page.locator(".rt-bullets a", has_text="12. ")
    assert number.evaluate("link => getComputedStyle(link).textIndent") == "0px"
    assert person.faults == []
