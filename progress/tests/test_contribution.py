"""配合情况: asking, giving, cancelling, taking over; who may, and until when."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from departments.models import Membership, User
from departments.permissions import Refused
from departments.tests.factories import make_department, make_reporter
from progress.content import ReportContent
from progress.contributing.ask import ask
from progress.contributing.cancel import cancel
from progress.contributing.give import give
from progress.contributing.locks import why_not_ask, why_not_give
from progress.contributing.shown import propose
from progress.contributing.take import take_over
from progress.contributing.workflow import Act
from progress.models import Contribution
from progress.moves import NotPossible
from progress.tables import Moved
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.contributions import DUE, Partner, make_note, make_partner
from progress.tests.factories import at

WORDS = "已拨付资金200万元。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def partner(cast: Cast) -> Partner:
    return make_partner(cast)


def ask_for(cast: Cast, *partners: Partner, by: User | None = None, due_on: date = DUE) -> list[Contribution]:
    departments = [one.department for one in partners]
    asker = by or cast.reporter
    return ask(cast.report, departments=departments, due_on=due_on, request=" 资金 ", by=asker, at=MORNING)


def give_for(row: Contribution, by: User, text: str = WORDS, day: date = DAY) -> Contribution:
    return give(row, text=text, version=row.version, by=by, at=at(day))


def test_it_asks_several_at_once_with_an_entry_each(cast: Cast, partner: Partner) -> None:
    other = make_partner(cast, "市医保局", "responsible")
    rows = ask_for(cast, partner, other)
    assert [(row.department, row.state, row.request) for row in rows] == [
        (partner.department, "asked", "资金"),
        (other.department, "asked", "资金"),
    ]
    entries = Entry.objects.filter(act=Act.ASK)
    assert [entry.after["due_on"] for entry in entries] == ["2020-12-14", "2020-12-14"]


def test_it_gives_changes_and_leaves_a_second_click_alone(cast: Cast, partner: Partner) -> None:
    (row,) = ask_for(cast, partner)
    given = give_for(row, partner.reporter)
    assert (given.state, given.text, given.given_by, given.version) == ("given", WORDS, partner.reporter, 1)
    assert give(row, text=WORDS, version=0, by=partner.reporter, at=MORNING).version == 1
    changed = give_for(given, partner.reporter, "已拨付300万元。", date(2020, 12, 21))
    assert (changed.text, changed.version) == ("已拨付300万元。", 2)
    assert Entry.objects.filter(act=Act.GIVE).count() == 2


def test_it_lets_nobody_overwrite_a_colleague(cast: Cast, partner: Partner) -> None:
    row, second = make_note(cast, partner), make_reporter(partner.department, "周敏")
    give_for(row, partner.reporter)
    with pytest.raises(Moved) as moved:
        give(row, text="另一份。", version=0, by=second, at=MORNING)
    assert moved.value.current.text == WORDS
    assert give(row, text="两份合并。", version=1, by=second, at=MORNING).given_by == second


def test_it_lets_a_deputy_give_in_their_own_name(cast: Cast, partner: Partner) -> None:
    deputy = make_reporter(make_department("市统计局"), "刘洋")
    Membership.objects.create(
        user=deputy,
        department=partner.department,
        role="reporter",
        deputy_for=partner.reporter,
        since=DAY,
        until=DAY,
    )
    give_for(make_note(cast, partner), User.objects.get(pk=deputy.pk))
    assert Entry.objects.get(act=Act.GIVE).actor_name == "刘洋（代许琴）"


def test_it_lets_only_the_reports_writer_ask_and_cancel(cast: Cast, partner: Partner) -> None:
    row = make_note(cast, partner)
    for by in (cast.head, cast.coordinator, cast.leader, cast.stranger, partner.reporter):
        with pytest.raises(Refused, match="只有市发改委的填报员可以请参与单位提供情况。"):
            ask_for(cast, partner, by=by)
        with pytest.raises(Refused, match="只有市发改委的填报员可以请参与单位提供情况。"):
            cancel(row, by=by)


def test_it_lets_only_the_departments_own_reporter_give(cast: Cast, partner: Partner) -> None:
    row = make_note(cast, partner)
    for by in (cast.reporter, cast.head, cast.coordinator, cast.leader, cast.stranger):
        with pytest.raises(Refused, match="只有市民政局的填报员可以提供本单位的情况。"):
            give_for(row, by)


def test_it_asks_again_whether_the_part_still_stands(cast: Cast, partner: Partner) -> None:
    row, (by, writer) = make_note(cast, partner), (partner.reporter, cast.reporter)
    assert by.scope
    assert writer.scope
    Membership.objects.filter(user__in=(by, writer)).delete()
    with pytest.raises(Refused):
        give_for(row, by)
    with pytest.raises(Refused):
        ask_for(cast, make_partner(cast, "市医保局"), by=writer)
    with pytest.raises(Refused):
        cancel(row, by=writer)


def test_it_asks_only_who_takes_part(cast: Cast, partner: Partner) -> None:
    stranger = Partner(cast.neighbour, cast.stranger)
    with pytest.raises(NotPossible) as refused:
        ask_for(cast, partner, stranger)
    assert refused.value.reason == "市财政局不是这项任务的负责或参与单位。"
    with pytest.raises(NotPossible, match="请选择参与单位。"):
        ask_for(cast)
    assert not Contribution.objects.exists()


def test_it_is_asked_by_leads_only(cast: Cast, partner: Partner) -> None:
    cast.task.assignments.filter(department=cast.department).update(role="responsible")
    with pytest.raises(NotPossible, match="本单位不是这项任务的牵头单位"):
        ask_for(cast, partner)


def test_it_asks_a_department_once_and_again_when_cancelled(cast: Cast, partner: Partner) -> None:
    (row,) = ask_for(cast, partner)
    with pytest.raises(NotPossible, match="有的单位刚刚已经请过"):
        ask_for(cast, make_partner(cast, "市医保局"), partner)
    assert Contribution.objects.count() == 1
    assert cancel(row, by=cast.reporter).state == "cancelled"
    assert ask_for(cast, partner)[0].state == "asked"


def test_it_cancels_nothing_that_was_given(cast: Cast, partner: Partner) -> None:
    with pytest.raises(NotPossible) as refused:
        cancel(make_note(cast, partner, "given"), by=cast.reporter)
    assert refused.value.reason == "市民政局已经提供，没有办理。"
    with pytest.raises(NotPossible, match="市医保局的已经取消，没有办理。"):
        cancel(make_note(cast, make_partner(cast, "市医保局"), "cancelled"), by=cast.reporter)


@pytest.mark.parametrize(
    ("day", "due_on", "words"),
    [
        (DAY, DAY, "请至少留一天：填12月11日或者以后的日期。"),
        (DAY, date(2020, 12, 23), "不能晚于12月22日：本单位的报告最晚当天提交。"),
        (date(2020, 12, 22), date(2020, 12, 22), "今天是本期最后一天，来不及再请其他单位提供，请直接联系。"),
        (date(2020, 12, 23), date(2020, 12, 24), "不能修改：2020年第四季度已于12月22日关闭。"),
    ],
)
def test_it_leaves_them_a_day_within_the_period(
    cast: Cast, partner: Partner, day: date, due_on: date, words: str
) -> None:
    with pytest.raises(NotPossible) as refused:
        ask(
            cast.report,
            departments=[partner.department],
            due_on=due_on,
            request="",
            by=cast.reporter,
            at=at(day),
        )
    assert refused.value.reason.startswith(words)


@pytest.mark.parametrize(
    ("state", "note", "words"),
    [
        ("expected", "given", ""),
        ("returned", "given", ""),
        ("expected", "cancelled", "市发改委已经取消，不需要再提供。"),
        ("exempt", "asked", "市发改委本期免报，不需要再提供。"),
        ("submitted", "asked", "市发改委已经提交报告，不需要再提供。"),
        ("signed", "given", "不能修改：市发改委已经提交报告。需要更正的，请与市发改委联系。"),
        ("accepted", "given", "不能修改：市发改委已经提交报告。需要更正的，请与市发改委联系。"),
    ],
)
def test_it_takes_notes_until_the_lead_has_submitted(
    cast: Cast, partner: Partner, state: str, note: str, words: str
) -> None:
    cast.in_state(state)
    row = make_note(cast, partner, note)
    assert why_not_give(row, DAY) == words
    if words:
        with pytest.raises(NotPossible, match=words):
            give_for(row, partner.reporter, "别的内容。")
    else:
        assert give_for(row, partner.reporter, "别的内容。").text == "别的内容。"


def test_it_takes_a_late_note_until_the_period_has_closed(cast: Cast, partner: Partner) -> None:
    row = make_note(cast, partner)
    closed = date(2020, 12, 23)
    assert why_not_give(row, closed) == "2020年第四季度已于12月22日关闭，不需要再提供。"
    assert give_for(row, partner.reporter, day=date(2020, 12, 22)).state == "given"


@pytest.mark.parametrize(
    ("text", "words"), [(" \n", "请填写本单位的情况。"), ("字" * 501, "不超过500字，现有501字。")]
)
def test_it_wants_words_and_not_too_many(cast: Cast, partner: Partner, text: str, words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        give_for(make_note(cast, partner), partner.reporter, text)


def test_it_is_held_by_the_database_too(cast: Cast, partner: Partner) -> None:
    make_note(cast, partner)
    with pytest.raises(IntegrityError, match=r"one_a_department|UNIQUE"), transaction.atomic():
        make_note(cast, partner, "given")


@pytest.mark.parametrize(
    ("on", "due_on", "proposed"),
    [
        (date(2020, 12, 1), date(2020, 12, 15), date(2020, 12, 10)),
        (date(2020, 12, 10), date(2020, 12, 15), date(2020, 12, 11)),
        (date(2020, 12, 11), date(2020, 12, 15), date(2020, 12, 14)),  # a Friday: the Monday after
        (date(2020, 12, 21), date(2020, 12, 15), date(2020, 12, 22)),
    ],
)
def test_it_proposes_three_working_days_before_the_report(
    cast: Cast, on: date, due_on: date, proposed: date
) -> None:
    cast.report.due_on = due_on
    assert propose(cast.report, on, {}) == proposed
    assert why_not_ask(cast.report, on) == ""


def test_it_takes_a_note_over_once(cast: Cast, partner: Partner) -> None:
    row = make_note(cast, partner, "given")
    line = f"市民政局：{WORDS}"
    empty = take_over(ReportContent(no_change=True), row)
    assert (empty.text, empty.no_change) == (line, False)
    once = take_over(ReportContent(text="已建成。\n"), row)
    assert once.text == f"已建成。\n{line}"
    assert take_over(once, row) == once


def test_it_waits_for_those_who_can_still_give(cast: Cast, partner: Partner) -> None:
    row = make_note(cast, partner)
    make_note(cast, make_partner(cast, "市医保局"), "given")
    notes = Contribution.objects
    assert list(notes.waiting_for(partner.reporter, on=DAY)) == [row]
    assert not notes.waiting_for(cast.reporter, on=DAY).exists()
    assert not notes.waiting(on=date(2020, 12, 23)).exists()
    cast.in_state("returned", revise_by=date(2020, 12, 28))
    assert list(notes.waiting(on=date(2020, 12, 28))) == [row]
    cast.in_state("signed")
    assert not notes.waiting(on=DAY).exists()


def test_it_is_seen_by_both_sides_and_by_the_office_once_handed_in(cast: Cast, partner: Partner) -> None:
    row, other = make_note(cast, partner, "given"), make_partner(cast, "市医保局")

    def seen_by() -> list[str]:
        people = {
            "lead": cast.reporter,
            "head": cast.head,
            "partner": partner.reporter,
            "other": other.reporter,
            "office": cast.coordinator,
            "leader": cast.leader,
            "stranger": cast.stranger,
        }
        return [who for who, user in people.items() if row in Contribution.objects.visible_to(user)]

    assert seen_by() == ["lead", "head", "partner"]
    cast.in_state("signed")
    assert seen_by() == ["lead", "head", "partner", "office", "leader"]
