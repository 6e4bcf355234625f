"""佐证材料 of a report: who adds and removes until when, who sees what, what stays on record."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from audit.models import Entry
from departments.models import Membership, User
from departments.permissions import Refused
from progress.evidence.add import add
from progress.evidence.kinds import NotTaken
from progress.evidence.remove import remove
from progress.models import Evidence
from progress.submit import submit
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast
from progress.tests.evidence import PDF, hand_in, make_evidence, make_handed_in, make_sent
from progress.tests.factories import at

LATER = MORNING + timedelta(hours=1)
EVENING = MORNING + timedelta(hours=8)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def stored(settings: Settings) -> list[Path]:
    """What lies on the disk."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def seen(user: User) -> list[str]:
    return [file.name for file in Evidence.objects.visible_to(user).on_record()]


def test_it_stores_the_file_under_its_digest_and_leaves_the_version(cast: Cast, settings: Settings) -> None:
    sent = make_sent("现场.png")
    file = add(cast.report, sent, by=cast.reporter, at=MORNING)
    cast.report.refresh_from_db()
    entry = Entry.objects.get(act="evidence.add")
    assert [path.name for path in stored(settings)] == [sent.sha256]
    assert (file.name, file.size, file.media_type) == ("现场.png", len(sent.data), "image/png")
    assert (cast.report.version, cast.report.state) == (0, "expected")
    assert entry.after["sha256"] == sent.sha256
    assert (entry.actor_id, entry.jurisdiction_id) == (cast.reporter.pk, cast.report.jurisdiction_id)


@pytest.mark.parametrize("who", ["head", "coordinator", "leader", "stranger"])
def test_it_is_added_and_removed_by_the_departments_reporter_only(cast: Cast, who: str) -> None:
    file = make_evidence(cast.report)
    with pytest.raises(Refused, match="只有市发改委的填报员"):
        add(cast.report, make_sent(data=PDF, name="a.pdf"), by=getattr(cast, who), at=MORNING)
    with pytest.raises(Refused, match="只有市发改委的填报员"):
        remove(file, by=getattr(cast, who), at=MORNING)


@pytest.mark.parametrize("state", ["submitted", "signed", "accepted", "exempt"])
def test_it_changes_nothing_once_handed_in(cast: Cast, settings: Settings, state: str) -> None:
    stale, file = cast.report, make_evidence(cast.report)
    type(stale).objects.filter(pk=stale.pk).update(state="draft")
    stale.refresh_from_db()
    held = len(stored(settings))
    type(stale).objects.filter(pk=stale.pk).update(**vars_of(cast, state))
    # The page was opened before: what counts is how the report stands when the file comes.
    with pytest.raises(Refused, match=r"不能修改|不需填报"):
        add(stale, make_sent("a.pdf", PDF), by=cast.reporter, at=MORNING)
    file.report = stale
    with pytest.raises(Refused, match=r"不能修改|不需填报"):
        remove(file, by=cast.reporter, at=MORNING)
    assert len(stored(settings)) == held
    assert Evidence.objects.present().count() == 1


def vars_of(cast: Cast, state: str) -> dict[str, object]:
    """The columns of the report in a state."""
    report = cast.in_state(state)
    names = [field.attname for field in report._meta.concrete_fields if not field.primary_key]
    found = {name: getattr(report, name) for name in names}
    type(report).objects.filter(pk=report.pk).update(state="draft")
    return found


def test_it_refuses_after_the_period_and_whoever_lost_the_part(cast: Cast) -> None:
    with pytest.raises(Refused, match="已于12月22日关闭"):
        add(cast.report, make_sent(), by=cast.reporter, at=at(date(2020, 12, 23)))
    assert cast.reporter.scope.reports_for  # read before the part ended
    Membership.objects.filter(user=cast.reporter).delete()
    with pytest.raises(Refused):
        add(cast.report, make_sent(), by=cast.reporter, at=MORNING)
    assert not Evidence.objects.exists()


def test_it_refuses_the_same_file_again_and_an_eleventh(cast: Cast, settings: Settings) -> None:
    first = add(cast.report, make_sent("a.png"), by=cast.reporter, at=MORNING)
    with pytest.raises(NotTaken, match=r"“b\.png”与已有的“a\.png”内容相同"):
        add(cast.report, make_sent("b.png"), by=cast.reporter, at=MORNING)
    for number in range(9):
        make_evidence(cast.report, f"{number}.pdf", PDF + str(number).encode())
    with pytest.raises(NotTaken, match=r"“最后\.pdf”没有上传：最多10个文件"):
        add(cast.report, make_sent("最后.pdf", PDF), by=cast.reporter, at=MORNING)
    assert len(stored(settings)) == 10
    assert remove(first, by=cast.reporter, at=MORNING)
    assert add(cast.report, make_sent("a.png"), by=cast.reporter, at=LATER).pk != first.pk


def test_it_marks_what_is_removed_and_takes_a_second_click_for_the_first(
    cast: Cast, settings: Settings
) -> None:
    file = make_evidence(cast.report)
    assert remove(file, by=cast.reporter, at=LATER)
    assert not remove(file, by=cast.reporter, at=EVENING)
    file.refresh_from_db()
    assert (file.removed_by, file.removed_at) == (cast.reporter, LATER)
    assert len(stored(settings)) == 1
    assert Entry.objects.filter(act="evidence.remove").count() == 1


def test_it_shows_a_file_to_the_office_when_its_report_is_handed_in(cast: Cast) -> None:
    add(cast.report, make_sent("一.png"), by=cast.reporter, at=MORNING)
    assert (seen(cast.reporter), seen(cast.head)) == (["一.png"], ["一.png"])
    assert (seen(cast.coordinator), seen(cast.leader)) == ([], [])
    report = submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=LATER)
    assert (seen(cast.coordinator), seen(cast.leader), seen(cast.stranger)) == (["一.png"], ["一.png"], [])
    handed = report.revisions.get(act="submit").content["evidence"]
    assert handed == [{"name": "一.png", "sha256": make_sent().sha256}]


def test_it_keeps_from_the_office_what_was_removed_before_it_was_handed_in(cast: Cast) -> None:
    file = make_evidence(cast.report, "草稿里的.png")
    remove(file, by=cast.reporter, at=LATER)
    submit(cast.report, content=CONTENT, version=0, by=cast.reporter, at=EVENING)
    assert seen(cast.coordinator) == []
    assert seen(cast.reporter) == []
    assert Evidence.objects.visible_to(cast.reporter).count() == 1


def test_it_keeps_on_record_what_was_handed_in_and_then_removed(cast: Cast) -> None:
    report = cast.in_state("returned")
    file = make_handed_in(report, name="第一次.png")
    add(report, make_sent("补充.pdf", PDF), by=cast.reporter, at=EVENING)
    remove(file, by=cast.reporter, at=EVENING)
    assert seen(cast.coordinator) == ["第一次.png"]  # what is being added is not handed in yet
    assert seen(cast.reporter) == ["第一次.png", "补充.pdf"]
    hand_in(report, version=2, at=EVENING + timedelta(hours=1))
    assert seen(cast.coordinator) == ["第一次.png", "补充.pdf"]
