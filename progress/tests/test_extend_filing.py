"""延长报送: one department gets a later day; the period's own stays, and the report's decides what is on time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.permissions import Refused
from departments.tests.factories import make_jurisdiction, make_officer
from progress.extend_filing import NONE_LEFT, extend_filing
from progress.models import ProgressReport
from progress.moves import NotPossible, fresh
from progress.standing import standings
from progress.submit import submit
from progress.tests.cast import CONTENT, DAY, MORNING, Cast, make_cast
from progress.tests.factories import at, make_report
from tasks.models import Task
from tasks.tests.factories import make_task
from tasks.with_parts import with_parts

SignIn = Callable[[User], Client]
DUE, CLOSES = date(2020, 12, 15), date(2020, 12, 22)
LATER, AFTER_CLOSING = date(2020, 12, 18), date(2020, 12, 25)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def extend(cast: Cast, *, to: date = LATER, on: date = DAY, **given: object) -> list[ProgressReport]:
    args = {"reason": "数据需上级汇总。", "by": cast.coordinator, "at": at(on)} | given
    return extend_filing([fresh(cast.report)], period=cast.period, to=to, **args)  # type: ignore[arg-type]  # as given


def refusal(cast: Cast, **given: object) -> str:
    with pytest.raises(NotPossible) as refused:
        extend(cast, **given)  # type: ignore[arg-type]  # as given
    return refused.value.reason


def test_it_counts_as_on_time_up_to_the_new_day_and_keeps_the_old_one(cast: Cast) -> None:
    extend(cast)

    report = fresh(cast.report)
    assert (report.due_on, report.extended_from, report.due_reason) == (LATER, DUE, "数据需上级汇总。")
    sent = submit(report, content=CONTENT, version=0, by=cast.reporter, at=at(LATER, 23))
    assert (sent.on_time, sent.late_days) == (True, 0)


def test_it_is_late_by_the_new_day(cast: Cast) -> None:
    extend(cast)

    sent = submit(fresh(cast.report), content=CONTENT, version=0, by=cast.reporter, at=at(date(2020, 12, 20)))
    assert (sent.on_time, sent.late_days) == (False, 2)


def test_it_asks_the_row_when_the_day_is_moved_while_the_report_is_on_its_way(cast: Cast) -> None:
    seen = fresh(cast.report)
    extend(cast)

    sent = submit(seen, content=CONTENT, version=0, by=cast.reporter, at=at(LATER))
    assert (sent.on_time, sent.due_on) == (True, LATER)


def test_it_opens_the_report_beyond_the_closing_of_the_period(cast: Cast) -> None:
    extend(cast, to=AFTER_CLOSING)

    on = AFTER_CLOSING
    reports = ProgressReport.objects.all()
    assert (reports.overdue(on=on).count(), reports.missing(on=on).count()) == (0, 0)
    assert reports.fileable(on=on).count() == 1
    assert lights_say(cast, on) == ()
    next_day = on + timedelta(days=1)
    assert (reports.missing(on=next_day).count(), reports.fileable(on=next_day).count()) == (1, 0)
    assert lights_say(cast, next_day) == ("市发改委第四季度未报",)
    sent = submit(fresh(cast.report), content=CONTENT, version=0, by=cast.reporter, at=at(on))
    assert sent.on_time


def lights_say(cast: Cast, on: date) -> tuple[str, ...]:
    """What the light says of the filing, beside the task's own deadline."""
    light = standings(with_parts(Task.objects.filter(pk=cast.task.pk)), on)[cast.task.pk].light
    return tuple(reason for reason in light.reasons if "未报" in reason or "逾期" in reason)


def test_it_leaves_an_entry_with_both_days_and_the_reason(cast: Cast) -> None:
    extend(cast)

    entry = Entry.objects.get()
    assert (entry.act, entry.before, entry.after, entry.reason) == (
        "report.extend",
        {"due_on": "2020-12-15"},
        {"due_on": "2020-12-18"},
        "数据需上级汇总。",
    )


def test_it_is_given_after_the_deadline_while_the_period_is_open(cast: Cast) -> None:
    assert extend(cast, on=date(2020, 12, 17), to=LATER)
    assert extend(cast, on=LATER, to=CLOSES)


def test_it_lets_a_shorter_day_of_a_reopening_give_way_and_keeps_a_longer_one(cast: Cast) -> None:
    cast.in_state("expected", revise_by=date(2020, 12, 17))
    extend(cast)
    assert fresh(cast.report).revise_by is None
    cast.in_state("expected", due_on=DUE, revise_by=date(2020, 12, 21))
    extend(cast)
    assert fresh(cast.report).revise_by == date(2020, 12, 21)


@pytest.mark.parametrize(
    ("to", "on", "why"),
    [
        (date(2020, 12, 9), DAY, "新的截止日不能早于今天。"),
        (DUE, DAY, "新的截止日须晚于现截止日12月15日。"),
        (date(2021, 1, 22), DAY, "最迟延长到1月21日，即本期关闭后30天。"),
        (
            date(2020, 12, 30),
            date(2020, 12, 23),
            "这份报告已于12月22日关闭，不能延长。需要补报的，请重新开放。",
        ),
    ],
)
def test_it_refuses_a_day_that_is_none(cast: Cast, to: date, on: date, why: str) -> None:
    assert refusal(cast, to=to, on=on) == why
    assert fresh(cast.report).due_on == DUE


def test_it_refuses_without_a_reason(cast: Cast) -> None:
    assert refusal(cast, reason=" ") == "延长报送须写明理由。"


@pytest.mark.parametrize("state", ["submitted", "signed", "returned", "accepted", "exempt"])
def test_it_leaves_alone_what_was_handed_in(cast: Cast, state: str) -> None:
    cast.in_state(state)

    assert refusal(cast) == NONE_LEFT
    assert not Entry.objects.exists()


def test_it_leaves_alone_what_was_handed_in_while_the_form_was_open(cast: Cast) -> None:
    seen = fresh(cast.report)
    cast.in_state("signed")

    with pytest.raises(NotPossible):
        extend_filing(
            [seen], period=cast.period, to=LATER, reason="数据未齐。", by=cast.coordinator, at=MORNING
        )
    assert fresh(cast.report).due_on == DUE


def test_it_is_the_offices_alone(cast: Cast) -> None:
    elsewhere = make_officer(jurisdiction=make_jurisdiction("庆阳市"), full_name="何勇")
    for person in (cast.reporter, cast.head, cast.leader, cast.stranger, elsewhere):
        with pytest.raises(Refused):
            extend(cast, by=person)


# The page


def address(cast: Cast) -> str:
    return reverse("progress:extend_filing", args=[cast.period.pk, cast.department.pk])


def test_it_extends_what_is_ticked_and_shows_both_days(cast: Cast, sign_in: SignIn) -> None:
    other = make_report(cast.period, make_task(cast.ledger, leads=(cast.department,)), cast.department)
    form = {"report": [cast.report.pk], "to": "2020-12-18", "reason": "数据需上级汇总。"}

    answer = sign_in(cast.coordinator).post(address(cast), form, follow=True)

    page = answer.content.decode()
    assert "已延长1份报告的截止日到12月18日。" in page
    assert "延长至12月18日，原截止日12月15日：数据需上级汇总。" in page
    assert (fresh(cast.report).due_on, fresh(other).due_on) == (LATER, DUE)
    card = sign_in(cast.reporter).get(reverse("progress:filing", args=[cast.ledger.pk])).content.decode()
    assert "已同意延长至12月18日" in card
    assert "原截止日12月15日，理由：数据需上级汇总。" in card


def test_it_shows_the_form_again_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    form = {"report": [cast.report.pk], "to": "2020-12-14", "reason": "数据需上级汇总。"}

    answer = sign_in(cast.coordinator).post(address(cast), form)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "新的截止日须晚于现截止日12月15日。" in page
    assert ">数据需上级汇总。</textarea>" in page.replace("\n", "")


def test_it_offers_no_form_where_nothing_can_be_extended(cast: Cast, sign_in: SignIn) -> None:
    page = reverse("progress:filing", args=[cast.ledger.pk]) + f"?department={cast.department.pk}"
    assert sign_in(cast.coordinator).get(page).context["extending"] is not None
    assert sign_in(cast.leader).get(page).context["extending"] is None
    cast.in_state("signed")
    assert sign_in(cast.coordinator).get(page).context["extending"] is None


def test_it_refuses_a_report_of_another_department(cast: Cast, sign_in: SignIn) -> None:
    other = make_report(cast.period, cast.task, cast.neighbour)
    form = {"report": [other.pk], "to": "2020-12-18", "reason": "数据未齐。"}

    answer = sign_in(cast.coordinator).post(address(cast), form)

    assert "不在这个单位的未提交报告中" in answer.content.decode()
    assert fresh(other).due_on == DUE
