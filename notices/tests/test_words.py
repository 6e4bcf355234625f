"""The sentences of a digest."""

from datetime import date

from notices import words
from notices.tests.factories import make_facts, owe

SLOT = date(2020, 12, 8)


def test_it_names_the_one_deadline() -> None:
    facts = make_facts(owe(report=1), owe(report=2))

    title, _ = words.digest(facts, "reminder", facts.owed, SLOT)

    assert title == "2020年第四季度进展报告12月15日截止，还有2份未提交"


def test_it_calls_the_first_of_several_deadlines_the_earliest() -> None:
    facts = make_facts(owe(report=1), owe(report=2, revise_by=date(2020, 12, 14)))

    title, body = words.digest(facts, "reminder", facts.owed, SLOT)

    assert title == "2020年第四季度进展报告最早12月14日截止，还有2份未提交"
    assert "12月15日截止" in body
