"""确认."""

from decimal import Decimal

import pytest

from departments.models import Membership, Post
from departments.permissions import Refused
from departments.tests.factories import make_department, make_jurisdiction, make_officer
from progress.review import accept
from progress.standing import standings
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.factories import make_report
from tasks.models import Task
from tasks.tests.factories import assign
from tasks.with_parts import with_parts


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    cast.in_state("signed")
    return cast


def test_it_keeps_what_was_said_and_what_was_confirmed_apart(cast: Cast) -> None:
    accepted = accept(
        cast.report,
        version=0,
        percent=80,
        status="normal",
        note="按80%确认。",
        by=cast.coordinator,
        at=MORNING,
    )
    assert (accepted.state, accepted.reviewed_by, accepted.reviewed_at) == (
        "accepted",
        cast.coordinator,
        MORNING,
    )
    assert (accepted.said_percent, accepted.confirmed_percent) == (85, 80)
    assert (accepted.confirmed_status, accepted.review_note) == ("normal", "按80%确认。")


def test_it_tells_the_task_the_mean_and_the_worst(cast: Cast) -> None:
    second = make_department("市审计局")
    assign(cast.task, second)
    other = make_report(
        cast.period, cast.task, second, submitted_on=DAY, state="signed", written_by=cast.stranger
    )
    accept(cast.report, version=0, percent=80, status="normal", note="", by=cast.coordinator, at=MORNING)
    accept(other, version=0, percent=41, status="lagging", note="", by=cast.coordinator, at=MORNING)
    cast.task.refresh_from_db()
    assert cast.task.confirmed_percent == Decimal("60.5")
    assert cast.task.confirmed_status == "lagging"


def test_it_leaves_the_task_as_the_standing_of_the_day_says(cast: Cast) -> None:
    accept(cast.report, version=0, percent=73, status="ahead", note="", by=cast.coordinator, at=MORNING)
    task = with_parts(Task.objects.filter(pk=cast.task.pk))[0]
    assert task.confirmed_percent == standings([task], DAY)[task.pk].percent == Decimal(73)
    assert task.confirmed_status == "ahead"


def test_it_refuses_the_author_as_reviewer(cast: Cast) -> None:
    author = make_officer(full_name="张海")
    Membership.objects.create(user=author, department=cast.department, role="reporter")
    report = cast.in_state("signed", written_by=author)
    with pytest.raises(Refused) as refused:
        accept(report, version=0, percent=80, status="normal", note="", by=author, at=MORNING)
    assert str(refused.value) == "不能审核自己填报的报告，请由其他协调员审核。"
    report.refresh_from_db()
    assert report.state == "signed"


def test_it_refuses_the_office_of_another_place(cast: Cast) -> None:
    elsewhere = make_jurisdiction("640400", "固原市")
    neighbour = make_officer(Post.Role.COORDINATOR, elsewhere)
    with pytest.raises(Refused) as refused:
        accept(cast.report, version=0, percent=80, status="normal", note="", by=neighbour, at=MORNING)
    assert str(refused.value) == "只有本地医改办的协调员可以办理此事。"
    cast.report.refresh_from_db()
    assert cast.report.state == "signed"
