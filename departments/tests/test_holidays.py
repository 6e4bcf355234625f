"""节假日: entered and removed by the highest place, counted by at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from audit.models import Entry
from departments.holidays.keep import NotPossible, add_holidays, remove_holiday
from departments.models import Post, User
from departments.permissions import Refused
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from timekeeping.models import Holiday
from timekeeping.workdays import exceptions_between, is_workday, unknown_years

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGE = "/holidays/"
FIRST, LAST = date(2027, 10, 1), date(2027, 10, 7)  # a Friday to a Thursday


def enter(by: User, first: date = FIRST, last: date = LAST, *, is_workday: bool = False) -> list[Holiday]:
    return add_holidays(
        first=first, last=last, is_workday=is_workday, name="国庆节", source="国办发明电〔2026〕9号", by=by
    )


def form(**fields: str) -> dict[str, str]:
    return {
        "is_workday": "no",
        "name": "国庆节",
        "first": "2027-10-01",
        "last": "2027-10-07",
        "source": "国办发明电〔2026〕9号",
        **fields,
    }


def test_it_enters_the_days_that_differ_from_the_plain_week() -> None:
    enter(make_officer())

    days = exceptions_between(date(2027, 1, 1), date(2027, 12, 31))
    assert sorted(day.day for day in days) == [1, 4, 5, 6, 7]  # not the Saturday and the Sunday between
    assert not is_workday(date(2027, 10, 5), days)


def test_it_enters_a_saturday_that_is_worked() -> None:
    enter(make_officer(), date(2027, 10, 9), date(2027, 10, 9), is_workday=True)

    day = date(2027, 10, 9)
    assert not is_workday(day, {})
    assert is_workday(day, exceptions_between(day, day))


def test_it_knows_the_published_years_by_their_chinese_names() -> None:
    names = set(Holiday.objects.values_list("name", flat=True))
    assert {"元旦", "春节", "国庆节"} <= names
    assert not [name for name in names if name.isascii()]


def test_it_makes_the_year_known() -> None:
    assert unknown_years(date(2026, 12, 1), date(2027, 1, 31)) == (2027,)
    enter(make_officer())
    assert unknown_years(date(2026, 12, 1), date(2028, 1, 31)) == (2028,)


def test_it_leaves_one_entry_for_all_days_and_one_for_a_removal() -> None:
    officer = make_officer()
    made = enter(officer)
    remove_holiday(made[0], by=officer)

    added, removed = Entry.objects.order_by("pk")
    assert (added.act, added.jurisdiction_id) == ("holiday.add", make_jurisdiction().pk)
    assert added.after["day"] == ["2027-10-01", "2027-10-04", "2027-10-05", "2027-10-06", "2027-10-07"]
    assert added.after["source"] == "国办发明电〔2026〕9号"
    assert (removed.act, removed.before["day"]) == ("holiday.remove", "2027-10-01")
    assert Holiday.objects.filter(day__year=2027).count() == 4


def test_it_says_nothing_of_a_day_that_somebody_removed_before() -> None:
    officer = make_officer()
    made = enter(officer)[0]
    kept = Holiday.objects.get(pk=made.pk)
    remove_holiday(made, by=officer)
    remove_holiday(kept, by=officer)
    assert Entry.objects.filter(act="holiday.remove").count() == 1


def test_it_is_entered_once_when_two_enter_it_at_once(committed_db: None) -> None:
    start = Barrier(2)

    def work(officer: User) -> str:
        try:
            start.wait(timeout=20)
            enter(officer)
        except NotPossible as refused:
            return refused.reason
        finally:
            connection.close()
        return "entered"

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(work, [make_officer(), make_officer(full_name="马强")]))

    assert came.count("entered") == 1
    assert any("录入" in words for words in came)
    assert Holiday.objects.filter(day__year=2027).count() == 5
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (LAST, FIRST, "结束日期不能早于开始日期。"),
        (FIRST, date(2028, 10, 7), "一次最多录入31天，请核对起止日期。"),
        (date(2027, 10, 2), date(2027, 10, 3), "这几天都是星期六、星期日，本来就不上班，不用录入。"),
        (date(2026, 10, 1), date(2026, 10, 1), "10月1日已经录入（国庆节），需要更正的请先删除。"),
    ],
)
def test_it_refuses_days_that_make_no_sense(first: date, last: date, words: str) -> None:
    with pytest.raises(NotPossible) as refused:
        enter(make_officer(), first, last)
    assert refused.value.reason == words
    assert not Entry.objects.exists()
    assert not Holiday.objects.filter(day__year=2027).exists()


def test_it_is_kept_by_the_highest_place_that_has_somebody() -> None:
    province = make_jurisdiction("620000", "甘肃省", level="province")
    city = make_jurisdiction("620800", "平凉市", parent=province)
    officer = make_officer(jurisdiction=city)
    enter(officer, FIRST, FIRST)  # the province is on the tree, and nobody works there

    above = make_officer(Post.Role.SYSTEM_ADMIN, province)
    with pytest.raises(Refused, match="由上级的医改办协调员或系统管理员录入"):
        enter(User.objects.get(pk=officer.pk))
    assert len(enter(above, date(2027, 10, 4))) == 4


def test_it_goes_back_to_the_place_below_when_nobody_is_left_above() -> None:
    province = make_jurisdiction("620000", "甘肃省", level="province")
    city = make_jurisdiction("620800", "平凉市", parent=province)
    make_officer(jurisdiction=province, is_active=False)
    assert enter(make_officer(jurisdiction=city))


@pytest.mark.parametrize("role", [Post.Role.LEADER, Post.Role.SECURITY_ADMIN, Post.Role.AUDITOR])
def test_it_refuses_other_posts(role: Post.Role) -> None:
    with pytest.raises(Refused, match="只有医改办协调员和系统管理员可以录入节假日"):
        enter(make_officer(role))
    with pytest.raises(Refused):
        remove_holiday(Holiday.objects.latest("day"), by=make_officer(role))


def test_its_page_shows_a_year_and_says_when_it_is_not_known(sign_in: SignIn) -> None:
    client = sign_in(make_reporter(make_department()))
    assert "2020-10-01" in client.get(PAGE).content.decode()
    page = client.get(PAGE, {"year": "2021"}).content.decode()
    assert "2021-10-01" in page
    assert "2020-10-01" not in page
    Holiday.objects.filter(day__year=2021).delete()
    unknown = client.get(PAGE, {"year": "2021"}).content.decode()
    assert "2021年的节假日安排还没有录入，工作日暂按周一至周五推算。" in unknown
    assert "录入</button>" not in unknown


@pytest.mark.parametrize("year", ["", "abc", "99999", "-1", "2020; DROP"])
def test_its_page_bears_any_year(sign_in: SignIn, year: str) -> None:
    assert sign_in(make_officer()).get(PAGE, {"year": year}).context["year"] == 2020


def test_it_is_entered_and_removed_on_the_page(sign_in: SignIn) -> None:
    client = sign_in(make_officer())
    answer = client.post(PAGE, form())
    assert answer["Location"] == "/holidays/?year=2027"
    assert "国办发明电〔2026〕9号" in client.get("/holidays/?year=2027").content.decode()

    first = Holiday.objects.get(day=FIRST)
    client.post("/holidays/remove/", {"holiday": first.pk})
    assert not Holiday.objects.filter(day=FIRST).exists()


def test_it_takes_one_day_without_an_end(sign_in: SignIn) -> None:
    sign_in(make_officer()).post(PAGE, form(last=""))
    assert list(Holiday.objects.filter(day__year=2027).values_list("day", flat=True)) == [FIRST]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source": ""}, "请填写公布这项安排的文件。"),
        ({"first": "明天"}, "请填写日期，如2020-12-31。"),
        ({"last": "2027-09-01"}, "结束日期不能早于开始日期。"),
    ],
)
def test_it_tells_what_is_wrong_and_keeps_what_was_written(
    sign_in: SignIn, fields: dict[str, str], words: str
) -> None:
    answer = sign_in(make_officer()).post(PAGE, form(**fields))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert 'value="国庆节"' in answer.content.decode()
    assert not Holiday.objects.filter(day__year=2027).exists()


@pytest.mark.parametrize("holiday", ["", "x", "987654321", "9" * 30])
def test_it_is_missing_where_no_such_day_is_named(sign_in: SignIn, holiday: str) -> None:
    assert sign_in(make_officer()).post("/holidays/remove/", {"holiday": holiday}).status_code == 404
