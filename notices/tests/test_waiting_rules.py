"""What waits beside the reports of a period: when a person is told, and that nothing is told twice."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from notices.waiting.rules import Book, Digest, Matter, Place, Sort, Told, due_digests, waiting
from notices.waiting.words import letter
from timekeeping.published import published_exceptions

CALENDAR = {day: worked for year in (2020, 2021) for day, (worked, _) in published_exceptions(year).items()}
PERSON = 101
BOOK = Book(1, "2020年下半年医改重点工作任务", 1)
THURSDAY = date(2020, 12, 10)


def matter(sort: Sort, key: str = "a", since: date = THURSDAY, day: date | None = None) -> Matter:
    return Matter(
        key=key,
        sort=sort,
        book=BOOK,
        people=(PERSON,),
        department="市卫健委",
        task="（三）完善监测",
        text="申请销号" if sort in (Sort.SIGN, Sort.DECIDE, Sort.ANSWER) else "台账不全",
        since=since,
        link="/",
        day=day,
    )


def run(matters: list[Matter], on: date, told: dict[Place, Told], *, sent: bool = True) -> list[Digest]:
    """One run of a day, remembered for the next."""
    due = due_digests(waiting(matters, on, CALENDAR), told, on, CALENDAR)
    for digest in due:
        place = (digest.recipient, digest.kind, digest.book.pk)
        told[place].add(on, [one.key for one in digest.matters], queued=not sent)
    return due


def days_told(matters: list[Matter], days: int = 30, since: date = THURSDAY) -> list[str]:
    """The days on which a month of runs, two a day, tells something."""
    told: dict[Place, Told] = defaultdict(Told)
    span = [since + timedelta(days=number) for number in range(days)]
    return [f"{on:%m-%d}" for on in span for _ in range(2) if run(matters, on, told)]


@pytest.mark.parametrize(
    ("one", "days"),
    [
        (matter(Sort.SIGN), ["12-10", "12-15"]),
        (matter(Sort.DECIDE), ["12-10", "12-15"]),
        (matter(Sort.VERIFY), ["12-10", "12-15"]),
        (matter(Sort.CORRECT), ["12-10", "12-15"]),
        (matter(Sort.ANSWER), ["12-10"]),
        (matter(Sort.GIVE, day=date(2020, 12, 18)), ["12-10", "12-17"]),
        (matter(Sort.GIVE, day=date(2020, 12, 11)), ["12-10"]),  # asked on the working day before
        (matter(Sort.RECTIFY, day=date(2020, 12, 25)), ["12-10", "12-22", "12-28"]),
        (matter(Sort.RECTIFY, day=date(2020, 12, 14)), ["12-10", "12-15"]),
        (matter(Sort.OVERDUE, day=date(2020, 12, 18)), ["12-22"]),  # the department hears on the 21st
        (matter(Sort.DECIDE, since=date(2020, 12, 12)), ["12-14", "12-16"]),  # asked on a Saturday
    ],
)
def test_it_is_told_on_these_days_and_no_others(one: Matter, days: list[str]) -> None:
    assert days_told([one]) == days


def test_it_is_one_digest_a_day_of_all_that_waits() -> None:
    told: dict[Place, Told] = defaultdict(Told)
    first, second = matter(Sort.SIGN, "a"), matter(Sort.DECIDE, "b")

    (digest,) = run([first, second], THURSDAY, told)

    assert digest.matters == (first, second)
    assert letter(digest)[0] == "有1件延期、销号申请待审签，1件延期、销号申请待审核"


def test_it_tells_on_the_next_day_what_came_after_the_digest() -> None:
    told: dict[Place, Told] = defaultdict(Told)
    run([matter(Sort.SIGN, "a")], THURSDAY, told)
    both = [matter(Sort.SIGN, "a"), matter(Sort.SIGN, "b")]

    assert run(both, THURSDAY, told) == []
    assert [len(digest.matters) for digest in run(both, date(2020, 12, 11), told)] == [2]
    assert run(both, date(2020, 12, 14), told) == []


def test_it_writes_nothing_beside_what_is_still_queued() -> None:
    told: dict[Place, Told] = defaultdict(Told)
    run([matter(Sort.SIGN, "a")], THURSDAY, told, sent=False)

    assert run([matter(Sort.SIGN, "a"), matter(Sort.SIGN, "b")], date(2020, 12, 11), told) == []


def test_it_lists_an_answer_once() -> None:
    told: dict[Place, Told] = defaultdict(Told)
    run([matter(Sort.ANSWER, "a")], THURSDAY, told)

    (digest,) = run([matter(Sort.ANSWER, "a"), matter(Sort.ANSWER, "b")], date(2020, 12, 11), told)
    assert [one.key for one in digest.matters] == ["b"]


def test_it_catches_up_with_one_digest_after_a_stop() -> None:
    told: dict[Place, Told] = defaultdict(Told)
    one = matter(Sort.RECTIFY, day=date(2020, 12, 25))
    run([one], THURSDAY, told)

    assert len(run([one], date(2021, 1, 5), told)) == 1
    assert run([one], date(2021, 1, 6), told) == []


def test_it_waits_for_a_working_day() -> None:
    new_year = date(2021, 1, 1)
    assert days_told([matter(Sort.SIGN, since=new_year)], since=new_year)[0] == "01-04"


def test_it_keeps_kinds_people_and_ledgers_apart() -> None:
    told: dict[Place, Told] = defaultdict(Told)
    other = replace(matter(Sort.SIGN, "b"), book=Book(2, "2021年重点工作任务", 1))
    due = run([matter(Sort.SIGN, "a"), other, matter(Sort.GIVE, "c", day=THURSDAY)], THURSDAY, told)

    assert [(digest.kind, digest.book.pk) for digest in due] == [
        ("request", 1),
        ("request", 2),
        ("contribution", 1),
    ]


# The words


def said(*matters: Matter) -> tuple[str, str]:
    return letter(Digest(PERSON, matters[0].kind, matters))


def test_it_says_what_and_by_when() -> None:
    title, body = said(matter(Sort.GIVE, day=date(2020, 12, 18)))
    assert title == "有1项配合情况待提供，12月18日前"
    assert body.splitlines() == [
        "台账：2020年下半年医改重点工作任务",
        "牵头单位请贵单位提供配合情况：",
        "　市卫健委：（三）完善监测，请于12月18日前提供，内容：台账不全",
    ]
    title, body = said(
        matter(Sort.RECTIFY, day=date(2021, 1, 8)), matter(Sort.RECTIFY, "b", day=date(2020, 12, 25))
    )
    assert title == "有2个检查发现的问题待整改，最早12月25日前"
    assert "整改期限2021年1月8日，问题：台账不全" in body
    assert "逾期未整改，整改期限12月25日" in said(matter(Sort.OVERDUE, day=date(2020, 12, 25)))[1]


def test_it_cuts_a_very_long_list_and_says_so() -> None:
    body = said(*(matter(Sort.SIGN, str(number)) for number in range(43)))[1]
    assert "另有3项未列出" in body
