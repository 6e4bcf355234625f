"""What is due on a day: the slots, the catch-up, the digests, the escalations."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.rules import (
    Body,
    DueNotice,
    Facts,
    Kind,
    Unsigned,
    due_notices,
    escalation_day,
    family,
    filing_slots,
)
from notices.tests.factories import COORDINATOR, DEPARTMENT, HEAD, REPORTER, make_facts, owe
from timekeeping.published import published_exceptions

CALENDAR = {day: worked for year in (2020, 2021) for day, (worked, _) in published_exceptions(year).items()}


def day(text: str) -> date:
    """12-15 of 2020, or a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"2020-{text}")


def run(facts: Facts, on: date) -> tuple[Facts, list[DueNotice]]:
    """What one daily run writes, and the facts as the next run finds them."""
    due = due_notices(facts, on, CALENDAR)
    written = dict(facts.written or {})
    told = set(facts.told)
    for notice in due:
        if notice.kind == Kind.RETURNED:
            told.add((notice.recipient, notice.subject_id, notice.occasion))
        else:
            written[notice.recipient, family(notice.kind)] = notice.occurrence
    return replace(facts, written=written, told=frozenset(told)), due


def kinds(facts: Facts, on: str) -> list[tuple[int, str]]:
    """Who is due what on a day."""
    return [(notice.recipient, notice.kind) for notice in due_notices(facts, day(on), CALENDAR)]


# The slots


def test_it_reminds_7_3_and_1_working_days_before_and_after_the_deadline() -> None:
    facts = make_facts(closes_on=day("12-31"))

    slots = filing_slots(facts, facts.owed[0], CALENDAR)

    assert [(slot.day, slot.kind) for slot in slots] == [
        (day("12-01"), Kind.OPENED),
        (day("12-04"), Kind.REMINDER),
        (day("12-10"), Kind.REMINDER),
        (day("12-14"), Kind.REMINDER),
        (day("12-16"), Kind.OVERDUE),
        (day("12-18"), Kind.OVERDUE),
        (day("12-24"), Kind.OVERDUE),
    ]


def test_it_counts_working_days_across_the_national_day_of_2020() -> None:
    # 1 to 8 October are free; Sunday 27 September and Saturday 10 October are worked.
    facts = make_facts(owe(due_on=day("10-12")), announced_on=day("09-20"), closes_on=day("10-31"))

    slots = [slot.day for slot in filing_slots(facts, facts.owed[0], CALENDAR)]

    assert slots[1:] == [day(text) for text in ("09-25", "09-30", "10-10", "10-13", "10-15", "10-21")]


def test_it_opens_on_the_first_working_day() -> None:
    facts = make_facts(announced_on=day("10-01"), owed=(owe(due_on=day("10-31")),), closes_on=day("10-31"))

    assert kinds(facts, "10-01") == []
    assert kinds(facts, "10-09") == [(REPORTER, Kind.OPENED)]


def test_it_reminds_nobody_before_the_opening_or_after_the_last_day() -> None:
    facts = make_facts(announced_on=day("12-11"), closes_on=day("12-16"))

    slots = [slot.day for slot in filing_slots(facts, facts.owed[0], CALENDAR)]

    assert slots == [day("12-11"), day("12-14"), day("12-16")]


@pytest.mark.parametrize(
    ("closes_on", "expected"),
    [
        ("12-22", "12-23"),  # the period closes before the seventh working day
        ("12-31", "12-25"),  # the working day after the last reminder
        ("2021-01-29", "12-25"),
    ],
)
def test_it_escalates_after_the_last_reminder_or_the_last_day(closes_on: str, expected: str) -> None:
    facts = make_facts(closes_on=day(closes_on))

    assert escalation_day(facts, facts.owed[0], CALENDAR) == day(expected)


def test_it_escalates_after_a_holiday() -> None:
    facts = make_facts(owe(due_on=day("09-25")), announced_on=day("09-10"), closes_on=day("09-30"))

    assert escalation_day(facts, facts.owed[0], CALENDAR) == day("10-09")


# What is due


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("12-01", [(REPORTER, Kind.OPENED)]),
        ("12-04", [(REPORTER, Kind.REMINDER)]),
        ("12-09", [(REPORTER, Kind.REMINDER)]),  # that of the 4th, late
        ("12-15", [(REPORTER, Kind.REMINDER)]),
        ("12-16", [(REPORTER, Kind.OVERDUE)]),
        ("12-22", [(REPORTER, Kind.OVERDUE)]),
        ("12-23", [(COORDINATOR, Kind.ESCALATION), (HEAD, Kind.ESCALATION)]),
        ("12-05", []),  # a Saturday: what came late waits for Monday
    ],
)
def test_it_finds_what_is_due_when_nothing_was_written(on: str, expected: list[tuple[int, str]]) -> None:
    assert kinds(make_facts(), on) == expected


def test_it_writes_the_latest_slot_after_a_stop_and_no_earlier_ones() -> None:
    facts, first = run(make_facts(), day("12-14"))
    facts, second = run(facts, day("12-15"))

    assert [(notice.kind, notice.occurrence) for notice in first] == [(Kind.REMINDER, day("12-14"))]
    assert second == []


def test_it_does_not_fall_back_to_an_earlier_slot_when_a_report_is_in() -> None:
    early, late = owe(due_on=day("12-15")), owe(due_on=day("12-21"))
    facts, _ = run(make_facts(early, late), day("12-14"))

    assert due_notices(replace(facts, owed=(late,)), day("12-15"), CALENDAR) == []


def test_it_says_nothing_when_nothing_is_owed() -> None:
    assert due_notices(replace(make_facts(), owed=()), day("12-14"), CALENDAR) == []


def test_it_gives_one_digest_to_a_person_of_two_departments() -> None:
    bodies = [Body(10, "市卫健委", (REPORTER,)), Body(11, "市医保局", (REPORTER,))]
    facts = make_facts(owe(department=10), owe(department=11), owe(department=11), bodies=bodies)

    (notice,) = due_notices(facts, day("12-14"), CALENDAR)

    assert notice.title == "2020年第四季度进展报告12月15日截止，还有3份未提交"
    assert "市卫健委\n" in notice.body
    assert "市医保局\n" in notice.body


def test_it_merges_reports_of_two_deadlines_into_the_graver_digest() -> None:
    # 16 December is the day after the first deadline and the third working day before the second.
    facts = make_facts(owe(due_on=day("12-15")), owe(due_on=day("12-21")))

    due = due_notices(facts, day("12-16"), CALENDAR)

    assert [(notice.kind, notice.occurrence) for notice in due] == [(Kind.OVERDUE, day("12-16"))]
    assert "12月21日截止" in due[0].body


def test_it_tells_somebody_newly_appointed_only_the_latest() -> None:
    facts, _ = run(make_facts(), day("12-14"))
    both = replace(facts, bodies={DEPARTMENT: Body(DEPARTMENT, "市卫健委", (REPORTER, 102))})

    assert kinds(both, "12-15") == [(102, Kind.REMINDER)]


# A moved deadline


def test_it_reminds_of_a_deadline_that_was_brought_forward() -> None:
    facts, _ = run(make_facts(), day("12-04"))
    moved = replace(facts, owed=(owe(due_on=day("12-11")),))

    (notice,) = due_notices(moved, day("12-09"), CALENDAR)

    assert notice.occurrence == day("12-08")
    assert "12月11日截止" in notice.title


def test_it_begins_anew_when_a_deadline_is_put_off() -> None:
    facts, _ = run(make_facts(), day("12-14"))
    moved = replace(facts, owed=(owe(due_on=day("12-25")),), closes_on=day("12-31"))

    assert kinds(moved, "12-15") == []
    assert kinds(moved, "12-16") == [(REPORTER, Kind.REMINDER)]


# Returns

RETURN = datetime(2020, 12, 17, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def returned(**fields: object) -> Facts:
    """Facts with one returned report, to be revised until 22 December."""
    item = owe(
        state="returned",
        revise_by=day("12-22"),
        returned_at=RETURN,
        returned_by="李静",
        return_reason="请补充资金下达数。",
    )
    return make_facts(replace(item, **fields))  # type: ignore[arg-type]  # overrides of one dataclass


def test_it_tells_a_return_once_to_those_who_file() -> None:
    facts, first = run(returned(), day("12-17"))
    _, second = run(facts, day("12-17"))

    assert [(notice.recipient, notice.kind, notice.occurrence) for notice in first] == [
        (REPORTER, Kind.RETURNED, day("12-17"))
    ]
    assert "退回意见（李静）：请补充资金下达数。\n请于12月22日24时前提交。" in first[0].body
    assert second == []


def test_it_tells_a_second_return_of_the_same_day() -> None:
    facts, first = run(returned(), day("12-17"))
    again = replace(facts, owed=(replace(facts.owed[0], returned_at=RETURN + timedelta(hours=1)),))

    second = due_notices(again, day("12-17"), CALENDAR)

    assert len(second) == 1
    assert second[0].key != first[0].key


def test_it_tells_a_return_on_a_day_without_work() -> None:
    saturday = RETURN + timedelta(days=2)

    assert kinds(returned(returned_at=saturday), "12-19") == [(REPORTER, Kind.RETURNED)]


def test_it_reminds_of_the_day_that_a_return_set() -> None:
    facts, _ = run(returned(), day("12-17"))

    assert (
        kinds(facts, "12-18") == []
    )  # the third working day before is the day after none: 17 is the return's own
    assert kinds(facts, "12-21") == [(REPORTER, Kind.REMINDER)]


def test_it_says_reopened_of_a_report_that_was_never_handed_in() -> None:
    (notice,) = due_notices(returned(state="expected"), day("12-17"), CALENDAR)

    assert notice.title.endswith("进展报告重新开放填报")


def test_it_tells_no_return_after_the_last_day() -> None:
    facts = returned()

    assert Kind.RETURNED not in [kind for _, kind in kinds(facts, "12-23")]


# Escalations


def test_it_escalates_once_to_the_office_and_to_the_head() -> None:
    facts, first = run(make_facts(owe(), owe()), day("12-25"))
    _, second = run(facts, day("12-28"))

    assert {notice.recipient: notice.title for notice in first} == {
        COORDINATOR: "2020年第四季度进展报告：1个单位逾期未提交",
        HEAD: "2020年第四季度进展报告逾期未提交2份",
    }
    assert second == []


def test_it_gives_a_head_who_coordinates_one_escalation() -> None:
    assert kinds(make_facts(coordinators=(HEAD,)), "12-23") == [(HEAD, Kind.ESCALATION)]


def test_it_tells_the_office_who_has_nobody_to_file() -> None:
    facts = make_facts(bodies=[Body(DEPARTMENT, "市卫健委", (), (HEAD,))])

    (notice,) = due_notices(facts, day("12-01"), CALENDAR)

    assert (notice.recipient, notice.kind) == (COORDINATOR, Kind.ESCALATION)
    assert notice.title == "2020年第四季度进展报告：1个单位没有填报员"
    assert "以下单位没有填报员，收不到提醒：市卫健委。" in notice.body


# Whatever happens

PERIOD = [day("12-01") + timedelta(days=count) for count in range(42)]  # to closes_on + 20


@settings(deadline=None)  # a busy machine is no failure
@given(st.dates(day("12-05"), day("12-22")), st.sets(st.sampled_from(PERIOD)))
def test_it_never_bursts_and_never_repeats_a_slot(due_on: date, down: set[date]) -> None:
    facts = make_facts(owe(due_on=due_on), owe(due_on=day("12-22")), closes_on=day("12-22"))
    everything: list[DueNotice] = []
    for on in PERIOD:
        if on in down:
            continue
        facts, due = run(facts, on)
        assert len({notice.recipient for notice in due}) == len(due)  # one a person and day
        assert all(notice.occurrence <= on for notice in due)
        everything += due
    assert len({notice.key for notice in everything}) == len(everything)
    assert (
        len(everything) <= 1 + 12 + 2 * 2
    )  # the opening, both deadlines' slots, both escalations of two people
    assert all(notice.kind == Kind.ESCALATION for notice in everything if notice.occurrence > day("12-22"))


def test_it_writes_each_slot_when_run_every_day() -> None:
    facts = make_facts(closes_on=day("12-31"))
    seen: list[tuple[str, date]] = []
    for on in PERIOD:
        facts, due = run(facts, on)
        seen += [(notice.kind, notice.occurrence) for notice in due if notice.recipient == REPORTER]

    slots = filing_slots(facts, facts.owed[0], CALENDAR)
    assert seen == [(slot.kind, slot.day) for slot in slots]


def test_it_cuts_a_long_list_and_says_so() -> None:
    (notice,) = due_notices(make_facts(*(owe() for _ in range(45))), day("12-14"), CALENDAR)

    assert notice.body.count("截止，未填报") == 40
    assert "另有5份未列出" in notice.body


# The sign-off


def unsigned(submitted: str, writer: int = REPORTER) -> Unsigned:
    """A report that waits for the head since a day."""
    return Unsigned(DEPARTMENT, "（一）完善监测", day(submitted), writer)


def signing(facts: Facts, on: str) -> list[int]:
    """Who is told on a day what waits for the sign-off."""
    return [who for who, kind in kinds(facts, on) if kind == Kind.SIGN_OFF]


def test_it_tells_the_head_on_the_day_and_on_the_next_working_day_and_no_more() -> None:
    facts, told = make_facts(unsigned=(unsigned("12-04"), unsigned("12-03"))), []
    for offset in range(10):  # from Thursday on
        facts, due = run(facts, day("12-03") + timedelta(days=offset))
        told += [(notice.occurrence, notice.recipient) for notice in due if notice.kind == Kind.SIGN_OFF]

    assert told == [(day("12-04"), HEAD), (day("12-07"), HEAD)]


def test_it_waits_for_monday_with_what_came_on_a_weekend() -> None:
    facts = make_facts(unsigned=(unsigned("12-05"),))

    assert signing(facts, "12-05") == []
    assert signing(facts, "12-07") == [HEAD]


def test_it_asks_nobody_to_sign_what_they_wrote() -> None:
    assert signing(make_facts(unsigned=(unsigned("12-04", writer=HEAD),)), "12-04") == []


def test_it_names_what_waits_for_the_sign_off() -> None:
    facts = make_facts(unsigned=(unsigned("12-04"),))

    notice = next(one for one in due_notices(facts, day("12-04"), CALENDAR) if one.kind == Kind.SIGN_OFF)

    assert notice.title == "2020年第四季度进展报告有1份待审签"
    assert "市卫健委：（一）完善监测，12月4日提交" in notice.body
