"""A merger walked in a real browser: from the list of departments to the work that goes over."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from departments.models import Department, Jurisdiction
from departments.tests.factories import (
    make_department,
    make_group,
    make_jurisdiction,
    make_officer,
    make_reporter,
)
from progress.tests.factories import make_period, make_report
from reformtracker.tests.chromium import Person
from tasks.tests.factories import make_ledger, make_task

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.usefixtures("committed_db"),
]


def test_it_merges_and_hands_over(browser: Browser, live_server: LiveServer) -> None:
    place = make_jurisdiction()
    Jurisdiction.objects.create(code="620802", name="崆峒区", level="county", parent=place)
    office = make_officer()
    health = make_department("市卫生局", name="平凉市卫生局")
    family = make_department("市计生委", name="平凉市人口和计划生育委员会")
    make_group("各有关单位", [health, family, make_department("市医保局", name="平凉市医疗保障局")])
    make_reporter(health, "孙丽")
    ledger = make_ledger()
    task = make_task(ledger, leads=(health,), participants=(family,))
    report = make_report(make_period(ledger), task, health)
    person = Person(browser, live_server.url, office)

    person.open("/places/")
    person.open(f"/places/{place.pk}/bodies/import/")
    person.open(f"/departments/{health.pk}/split/")
    person.open("/departments/")
    person.follow("市卫生局")
    person.follow("合并")
    page = person.page
    page.get_by_label("市计生委").check()
    page.get_by_label("新单位全称").fill("平凉市卫生健康委员会")
    page.get_by_label("新单位简称").fill("市卫健委")
    page.get_by_label("依据").fill("平机改〔2020〕1号")
    person.press("合并")
    made = Department.objects.get(short_name="市卫健委")
    assert page.url.endswith(f"/departments/{made.pk}/")
    person.follow("移交未尽事项")
    person.press("移交")

    assert [part.department for part in task.assignments.all()].count(made) == 1
    report.refresh_from_db()
    assert report.department_name == "平凉市卫生健康委员会"
    assert person.faults == []
