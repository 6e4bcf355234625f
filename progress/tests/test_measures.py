"""指标 and 节点: told in a report, kept when it is confirmed, taken back when it is opened again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_department, make_reporter
from progress.measures import measures_for
from progress.models import IndicatorValue, ProgressReport, Revision
from progress.review import accept, reopen
from progress.submit import Incomplete, submit
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast, make_last
from progress.tests.factories import make_report
from tasks.models import Indicator, Milestone
from tasks.tests.factories import assign

SignIn = Callable[[User], Client]
DONE = "2020-11-30"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return Indicator.objects.create(
        ledger=cast.ledger, task=cast.task, name="中医馆覆盖率", unit="%", comparator=">=", low=76
    )


@pytest.fixture
def step(cast: Cast) -> Milestone:
    return Milestone.objects.create(task=cast.task, title="印发实施方案", due_on=date(2020, 11, 15))


def hand_in(cast: Cast, report: ProgressReport | None = None, **said: Any) -> ProgressReport:
    report = report or cast.report
    by = cast.reporter if report == cast.report else make_reporter(report.department, "周明")
    content = replace(CONTENT, **said)
    return submit(report, content=content, version=report.version, by=by, at=MORNING)


def confirm(cast: Cast, report: ProgressReport) -> ProgressReport:
    numbers = {"percent": 85, "status": "normal", "note": ""}
    return accept(report, version=report.version, by=cast.coordinator, at=MORNING, **numbers)  # type: ignore[arg-type]  # a table of fields


def open_again(cast: Cast, report: ProgressReport) -> ProgressReport:
    return reopen(report, version=report.version, reason="数据有误", by=cast.coordinator, at=MORNING)


def test_a_confirmation_keeps_values_and_a_reopening_removes_them(cast: Cast, indicator: Indicator) -> None:
    sent = hand_in(cast, said_values={str(indicator.pk): "63.5"})
    assert not IndicatorValue.objects.exists()
    accepted = confirm(cast, sent)
    value = IndicatorValue.objects.get()
    assert (value.value, value.department, value.period) == (Decimal("63.5"), cast.department, cast.period)
    assert (value.report, value.indicator, value.jurisdiction) == (
        accepted,
        indicator,
        cast.ledger.jurisdiction,
    )
    reopened = open_again(cast, accepted)
    assert not IndicatorValue.objects.exists()
    again = hand_in(cast, reopened, said_values={str(indicator.pk): "64"})
    confirm(cast, again)
    assert IndicatorValue.objects.get().value == 64
    assert Revision.objects.get(act="submit", version=1).content["said_values"] == {str(indicator.pk): "63.5"}


def test_no_change_takes_the_last_value_over(cast: Cast, indicator: Indicator) -> None:
    make_last(cast, said_values={str(indicator.pk): "61"})
    content = replace(CONTENT, no_change=True, no_change_reason="等待上级部署或资金", said_values={"1": "99"})
    sent = submit(cast.report, content=content, version=0, by=cast.reporter, at=MORNING)
    confirm(cast, sent)
    assert IndicatorValue.objects.get(period=cast.period).value == 61


def test_it_says_beside_each_field_what_is_wrong(cast: Cast, indicator: Indicator, step: Milestone) -> None:
    said: dict[str, Any] = {
        "said_values": {str(indicator.pk): "约六成"},
        "said_steps": {str(step.pk): "2020-12-11"},
    }
    with pytest.raises(Incomplete) as refused:
        hand_in(cast, **said)
    assert refused.value.faults == {
        f"value_{indicator.pk}": ["请填数字，如63.5。"],
        f"step_{step.pk}": ["完成日期不能晚于今天。"],
    }


def test_the_milestone_is_done_when_the_office_has_confirmed_it(cast: Cast, step: Milestone) -> None:
    sent = hand_in(cast, said_steps={str(step.pk): DONE})
    step.refresh_from_db()
    assert step.done_on is None
    accepted = confirm(cast, sent)
    step.refresh_from_db()
    assert step.done_on == date(2020, 11, 30)
    open_again(cast, accepted)
    step.refresh_from_db()
    assert step.done_on is None


def test_a_milestone_that_another_lead_told_as_well_stays_done(cast: Cast, step: Milestone) -> None:
    assign(cast.task, cast.neighbour, "lead")
    other = make_report(cast.period, cast.task, cast.neighbour)
    first = confirm(cast, hand_in(cast, said_steps={str(step.pk): DONE}))
    confirm(cast, hand_in(cast, other, said_steps={str(step.pk): "2020-12-02"}))
    step.refresh_from_db()
    assert step.done_on == date(2020, 11, 30)
    open_again(cast, first)
    step.refresh_from_db()
    assert step.done_on == date(2020, 12, 2)


def test_only_a_lead_tells_milestones(cast: Cast, step: Milestone) -> None:
    helper = make_department("市教育局")
    assign(cast.task, helper, "responsible")
    report = make_report(cast.period, cast.task, helper)
    assert measures_for(report).steps == ()
    assert measures_for(cast.report).steps == (step,)
    confirm(cast, hand_in(cast, report, said_steps={str(step.pk): DONE}))
    step.refresh_from_db()
    assert step.done_on is None


def form(**fields: str) -> dict[str, str]:
    return {"version": "0", "text": CONTENT.text, "said_percent": "85", "said_status": "normal", **fields}


def test_the_page_takes_values_as_people_type_them(
    cast: Cast, indicator: Indicator, step: Milestone, sign_in: SignIn
) -> None:
    last = make_last(cast)
    confirmed = {"jurisdiction": last.jurisdiction, "department": last.department, "report": last}
    IndicatorValue.objects.create(indicator=indicator, period=last.period, value="61.5", **confirmed)
    client = sign_in(cast.reporter)
    text = client.get(reverse("progress:filing", args=[cast.ledger.pk])).content.decode()
    assert all(words in text for words in ("中医馆覆盖率", "≥76%", "61.5%", "印发实施方案"))
    said = form(**{f"value_{indicator.pk}": "６３．５％", f"step_{step.pk}": DONE, "is_practice": "on"})
    client.post(reverse("progress:submit", args=[cast.report.pk]), said)
    cast.report.refresh_from_db()
    report = cast.report
    assert (report.state, report.is_practice) == ("signed", True)
    assert (report.said_values, report.said_steps) == ({str(indicator.pk): "63.5"}, {str(step.pk): DONE})
    desk = sign_in(cast.coordinator).get(reverse("progress:review", args=[cast.ledger.pk])).content.decode()
    assert all(words in desk for words in ("63.5%", "61.5%", "未达目标", "晚于时限", "推荐为典型做法"))
    assert "较上次下降" not in desk


def test_a_draft_keeps_what_is_no_number_and_shows_it_again(
    cast: Cast, indicator: Indicator, sign_in: SignIn
) -> None:
    client = sign_in(cast.reporter)
    said = form(**{f"value_{indicator.pk}": "约六成"})
    client.post(reverse("progress:save", args=[cast.report.pk]), said)
    page = client.get(reverse("progress:filing", args=[cast.ledger.pk])).content.decode()
    assert 'value="约六成"' in page
    refused = client.post(reverse("progress:submit", args=[cast.report.pk]), said | {"version": "1"})
    assert refused.status_code == 400
    assert "请填数字，如63.5。" in refused.content.decode()
    assert 'value="约六成"' in refused.content.decode()


def test_a_conflict_shows_the_values_of_both(cast: Cast, indicator: Indicator, sign_in: SignIn) -> None:
    client, address = sign_in(cast.reporter), reverse("progress:save", args=[cast.report.pk])
    client.post(address, form(**{f"value_{indicator.pk}": "60"}))
    answer = client.post(address, form(**{f"value_{indicator.pk}": "62"}))
    assert answer.status_code == 409
    assert "中医馆覆盖率：60%" in answer.content.decode()
    assert 'value="62"' in answer.content.decode()


def test_the_task_shows_the_latest_value_to_those_who_may_see_it(
    cast: Cast, indicator: Indicator, sign_in: SignIn
) -> None:
    confirm(cast, hand_in(cast, said_values={str(indicator.pk): "63.5"}))
    page = reverse("reports:task", args=[cast.task.pk])
    text = sign_in(cast.leader).get(page).content.decode()
    assert "<b>63.5%</b>" in text
    assert "2020年第四季度" in text
    assert "63.5%" not in sign_in(cast.stranger).get(page).content.decode()
