"""What the review screen is made of."""

import re

import pytest

from departments.models import Alias
from departments.roster import load_roster
from departments.tests.factories import make_department, make_jurisdiction
from documents.reading import DraftTask, draft_tasks
from documents.review import Review, compile_review, heading_places, short_labels, where
from documents.tests.factories import MORNING, draft_of, make_offices, make_paper

pytestmark = pytest.mark.django_db


def review_of(name: str = "pingliang") -> Review:
    place = make_offices()
    draft = draft_of(make_paper(name, place))
    return compile_review(draft, load_roster(place, MORNING.date()))


def test_it_puts_the_tasks_under_their_sections() -> None:
    review = review_of()
    assert review.tasks == 25
    assert [(one.number, len(one.rows)) for one in review.sections] == [
        ("一", 5), ("二", 4), ("三", 4), ("四", 4), ("五", 5), ("六", 3)
    ]  # fmt: skip


def test_it_leaves_sections_without_tasks_out() -> None:
    assert [one.number for one in review_of("guyuan").sections] == ["二", "附件"]


def test_it_shows_problems_of_one_kind_together_and_the_hard_ones_first() -> None:
    issues = review_of("guyuan").issues
    assert (issues[0].must, issues[0].kind, len(issues[0].indexes)) == (True, "no_clause", 18)
    assert issues[0].where.endswith("等18项")
    assert not issues[-1].must


def test_it_names_those_that_are_no_department_here() -> None:
    review = review_of()
    assert {one.name for one in review.unknown} == {"平凉银保监分局", "甘肃医学院"}
    [collective] = review.collectives
    assert (collective.name, collective.group.members.count()) == ("各县市区人民政府", 7)


def test_it_marks_every_title_and_clause_in_the_original() -> None:
    review = review_of()
    anchors = {anchor for one in review.paragraphs for piece in one.pieces for anchor in piece.anchors}
    assert {f"mt{index}" for index in range(25)} <= anchors
    assert {f"mr{index}" for index in range(25)} <= anchors
    assert {f"ms{index}" for index in range(6)} <= anchors
    assert [one.style for one in review.paragraphs].count("is-hei") == 6


# What a line may hold without saying anything: one paper begins with lines of markup from its web page.
TAG_OR_BULLET = re.compile(r"<[^>]*>|[•\s]|\d+\.")


@pytest.mark.parametrize("name", ["pingliang", "shijiazhuang", "chongqing", "jilin", "guyuan"])
def test_it_shows_the_whole_of_every_paper(name: str) -> None:
    draft = draft_of(make_paper(name))
    review = compile_review(draft, load_roster(draft.document.jurisdiction, MORNING.date()))
    shown = "".join(piece.text for one in review.paragraphs for piece in one.pieces)
    lines = draft.document.text.split("\n")
    assert shown == "".join(line.lstrip() for line in lines if TAG_OR_BULLET.sub("", line))
    assert review.tasks == len(draft.content["tasks"])


def test_it_finds_headings_that_a_page_broke() -> None:
    assert heading_places("前言\n一、加强公共\n卫生建设\n", [("一", "加强公共卫生建设"), ("二", "没有")]) == [
        (3, 14)
    ]


def test_it_says_where_in_short() -> None:
    assert where(("一", "二")) == "一、二"
    assert where(("一", "二", "三", "四", "五")) == "一等5项"


def test_it_calls_tasks_by_their_number_where_that_is_enough() -> None:
    assert review_of("pingliang").issues[0].where == "（四）、（八）、（十四）、（十五）"


def test_it_names_the_section_where_numbers_start_again() -> None:
    draft = draft_of(make_paper("shijiazhuang"))
    labels = short_labels(draft_tasks(draft))
    assert labels["一/（一）"] == "一/（一）"
    assert len(set(labels.values())) == 40


def test_it_gives_a_task_without_title_its_first_sentence() -> None:
    draft = draft_of(make_paper("chongqing"))
    untitled = [task for task in draft_tasks(draft) if not task.title]
    assert untitled
    assert all(
        isinstance(task, DraftTask) and task.headline and "。" not in task.headline for task in untitled
    )


def test_it_answers_nothing_where_two_departments_share_a_name() -> None:
    place = make_jurisdiction()
    one = make_department("市卫健委", place, name="平凉市卫生健康委员会")
    make_department("市卫生健康委", place, name="平凉市卫健委（旧）")
    roster = load_roster(place, MORNING.date())
    assert roster.find("卫健委") is None
    assert roster.find("市卫健委") == one


def test_it_knows_aliases_and_forgets_departments_that_ended() -> None:
    place = make_jurisdiction()
    office = make_department("平凉银保监分局", place, name="中国银保监会平凉监管分局")
    Alias.objects.create(jurisdiction=place, department=office, text="银保监局", normalised="银保监局")
    ended = make_department("市扶贫办", place)
    ended.active_until = MORNING.date().replace(day=1)
    ended.save()
    roster = load_roster(place, MORNING.date())
    assert roster.find("市银保监局") == office
    assert roster.find("市扶贫办") is None
