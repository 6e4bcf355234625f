"""Spans counted from an event: what they count from, how far, and the day they end."""

from datetime import date

import pytest

from documents.parsing import parse_clause
from documents.parsing.offsets import Offset, due_after, split_relative


@pytest.mark.parametrize(
    ("raw", "event", "offset"),
    [
        ("省级文件印发后1个月内", "省级文件印发", Offset(1, "month")),
        ("省文件出台后30个工作日内", "省文件出台", Offset(30, "workday")),
        ("自方案印发之日起3个月内", "方案印发", Offset(3, "month")),
        ("收到通知后五日内", "收到通知", Offset(5, "day")),
        ("国家政策出台后两周内", "国家政策出台", Offset(2, "week")),
        ("上级方案印发后一个季度内", "上级方案印发", Offset(1, "quarter")),
        ("印发之日起半年内", "印发", Offset(6, "month")),
        ("省 級文件印發後十五天內", "省級文件印發", Offset(15, "day")),
        ("两年内", None, Offset(2, "year")),
        ("每季度末", None, None),
        ("每年", None, None),
        ("持续推进", None, None),
    ],
)
def test_it_keeps_event_and_span_apart(raw: str, event: str | None, offset: Offset | None) -> None:
    assert split_relative(raw) == (event, offset)


@pytest.mark.parametrize(
    ("happened_on", "offset", "due"),
    [
        (date(2021, 3, 15), Offset(1, "month"), date(2021, 4, 15)),
        (date(2021, 1, 31), Offset(1, "month"), date(2021, 2, 28)),
        (date(2020, 1, 31), Offset(1, "month"), date(2020, 2, 29)),
        (date(2021, 8, 31), Offset(1, "quarter"), date(2021, 11, 30)),
        (date(2021, 12, 10), Offset(1, "month"), date(2022, 1, 10)),
        (date(2020, 2, 29), Offset(1, "year"), date(2021, 2, 28)),
        (date(2021, 12, 20), Offset(15, "day"), date(2022, 1, 4)),
        (date(2021, 12, 20), Offset(2, "week"), date(2022, 1, 3)),
        (date(2021, 12, 20), Offset(5, "workday"), None),
        (date(9999, 12, 20), Offset(1, "month"), None),
        (date(9999, 12, 20), Offset(30, "day"), None),
    ],
)
def test_it_counts_from_the_day_of_the_event(happened_on: date, offset: Offset, due: date | None) -> None:
    assert due_after(happened_on, offset) == due


def test_the_draft_tells_event_and_span_beside_the_schema() -> None:
    got = parse_clause("市教育局负责，省级文件印发后1个月内").as_dict()["deadline"]
    assert got == {
        "raw": "省级文件印发后1个月内",
        "date": None,
        "kind": "relative",
        "event": "省级文件印发",
        "offset": {"count": 1, "unit": "month"},
    }


def test_a_fixed_limit_has_the_three_facts_of_the_schema_only() -> None:
    got = parse_clause("市教育局负责，2021年底前").as_dict()["deadline"]
    assert got == {"raw": "2021年底前", "date": "2021-12-31", "kind": "fixed"}


def test_a_step_on_the_way_is_kept_as_such() -> None:
    clause = parse_clause("市教育局负责，9月底前开工", year=2021)
    assert [(one.raw, one.date) for one in clause.milestones] == [("9月底前", date(2021, 9, 30))]
    assert clause.deadline.kind == "none"


def test_a_five_year_plan_ends_with_its_last_year() -> None:
    got = parse_clause("市教育局负责，“十四五”期间").deadline
    assert (got.raw, got.date) == ("“十四五”期间", date(2025, 12, 31))
