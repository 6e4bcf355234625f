"""Splitting, merging, moving, leaving out: no problem and no name gets lost, and nobody overwrites another."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_officer
from documents import bulk
from documents.correct import StaleDraft, TaskChange, add_task
from documents.merge import merge
from documents.models import Draft
from documents.move import move, step
from documents.reading import DraftTask, draft_problems, draft_tasks, task_keys
from documents.split import sentences, split
from documents.tests.factories import draft_of, make_text_paper
from documents.versions import NotPossible

pytestmark = pytest.mark.django_db

PAPER = """平凉市2020年下半年医改重点工作任务

一、公共卫生
（一）完善监测。落实首诊负责制。2020年11月底前建成3个哨点。（市卫健委、市财政局负责）
（二）储备物资。加强储备。（市财政局牵头，市卫健委参与）
（三）培养人才。开展培训。
二、健康行动
（四）健康科普。持续推进健康科普。（市教育局负责）
"""
PLAIN = TaskChange("新任务", "", ("市卫健委",), (), (), "none", "", None)


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def draft() -> Draft:
    return draft_of(make_text_paper(PAPER))


def tasks() -> list[DraftTask]:
    return draft_tasks(Draft.objects.get())


def refs() -> list[str]:
    return [one.ref for one in tasks()]


def open_kinds() -> list[tuple[str, str]]:
    return [(one.ref, one.kind) for one in draft_problems(Draft.objects.get()) if one.open]


def test_it_splits_a_task_where_it_was_told(draft: Draft, officer: User) -> None:
    body = draft_tasks(draft)[0].body
    split(draft, 0, at=body.index("2020年"), version=1, by=officer)
    first, second = tasks()[:2]
    assert refs()[:3] == ["一/（一）", "一/（一）-2", "一/（二）"]
    assert (first.title, first.body) == ("完善监测", "落实首诊负责制。")
    assert (second.title, second.number) == ("", "（一）-2")
    assert second.body == "2020年11月底前建成3个哨点。"
    assert (second.section, second.clause, second.names) == (first.section, first.clause, first.names)


def test_it_divides_places_dates_and_numbers_with_the_text(draft: Draft, officer: User) -> None:
    whole = draft_tasks(draft)[0]
    assert whole.dates or whole.targets or whole.due_text
    split(draft, 0, at=whole.body.index("2020年"), version=1, by=officer)
    first, second = tasks()[:2]
    text = draft.document.text
    assert text[slice(*first.spans["body"])].strip() == "落实首诊负责制。"
    assert text[slice(*second.spans["body"])].strip() == "2020年11月底前建成3个哨点。"
    assert first.spans["responsibility_raw"] == second.spans["responsibility_raw"]
    assert (first.dates, first.targets) == ((), ())
    assert (second.dates, second.targets) == (whole.dates, whole.targets)


def test_it_asks_about_both_halves_what_was_asked_about_the_whole(draft: Draft, officer: User) -> None:
    assert ("一/（一）", "rule_inferred") in open_kinds()
    split(draft, 0, at=8, version=1, by=officer)
    assert {("一/（一）", "rule_inferred"), ("一/（一）-2", "rule_inferred")} <= set(open_kinds())


def test_it_splits_a_half_again(draft: Draft, officer: User) -> None:
    split(draft, 0, at=8, version=1, by=officer)
    split(draft, tasks()[1].key, at=5, version=2, by=officer)
    assert refs()[:3] == ["一/（一）", "一/（一）-2", "一/（一）-3"]
    assert len(set(task_keys(Draft.objects.get().content["tasks"]))) == 6


def test_it_splits_a_task_that_has_only_a_title(draft: Draft, officer: User) -> None:
    draft.content["tasks"][1] |= {"title": "储备物资；培训人员", "body": ""}
    draft.save()
    split(draft, 1, at=5, version=1, by=officer)
    assert [one.title for one in tasks()[1:3]] == ["储备物资；", "培训人员"]


@pytest.mark.parametrize("at", [0, 999])
def test_it_leaves_no_half_empty(draft: Draft, officer: User, at: int) -> None:
    with pytest.raises(NotPossible, match="前后两项都要有内容"):
        split(draft, 0, at=at, version=1, by=officer)
    assert Draft.objects.get().version == 1


def test_it_offers_the_beginnings_of_sentences() -> None:
    assert sentences("甲。乙；丙") == [(0, "甲。"), (2, "乙；"), (4, "丙")]


def test_it_merges_into_the_chosen_task(draft: Draft, officer: User) -> None:
    merge(draft, [1], into=0, version=1, by=officer)
    kept = tasks()[0]
    assert refs() == ["一/（一）", "一/（三）", "二/（四）"]
    assert kept.title == "完善监测"
    assert kept.body.endswith("建成3个哨点。\n储备物资。加强储备。")
    assert (kept.leads, kept.responsible, kept.participants) == (("市卫健委", "市财政局"), (), ())
    assert kept.clause == "市卫健委、市财政局负责；市财政局牵头，市卫健委参与"
    assert Entry.objects.get(act="draft.merge").before == {"refs": ["一/（二）"]}


def test_it_merges_texts_in_the_order_of_the_paper(draft: Draft, officer: User) -> None:
    merge(draft, [0], into=1, version=1, by=officer)
    kept = tasks()[0]
    assert (kept.ref, kept.title) == ("一/（二）", "储备物资")
    assert kept.body.startswith("完善监测。落实首诊负责制。")


def test_it_carries_the_problems_over(draft: Draft, officer: User) -> None:
    assert ("一/（三）", "no_clause") in open_kinds()
    merge(draft, [2, 0], into=1, version=1, by=officer)
    assert {one for one, _ in open_kinds() if one} <= {"一/（二）", "二/（四）"}
    assert ("一/（二）", "no_clause") in open_kinds()
    assert ("一/（二）", "rule_inferred") in open_kinds()


def test_it_takes_a_split_back_by_merging(draft: Draft, officer: User) -> None:
    before = open_kinds()
    split(draft, 0, at=8, version=1, by=officer)
    merge(draft, [tasks()[1].key], into=0, version=2, by=officer)
    assert sorted(open_kinds()) == sorted(before)
    assert tasks()[0].leads == ("市卫健委",)


def test_it_shows_a_deadline_that_differs(draft: Draft, officer: User) -> None:
    draft.content["tasks"][1]["deadline"] = {"raw": "年底前", "date": "2020-12-31", "kind": "fixed"}
    draft.content["tasks"][2]["deadline"] = {"raw": "9月底前", "date": "2020-09-30", "kind": "fixed"}
    draft.save()
    merge(draft, [2], into=1, version=1, by=officer)
    assert str(tasks()[1].due_on) == "2020-12-31"
    assert ("一/（二）", "two_deadlines") in open_kinds()


def test_it_settles_a_number_that_stood_twice(draft: Draft, officer: User) -> None:
    draft.content["tasks"][1]["ref"] = "一/（一）"
    draft.problems = [
        {"ref": "一/（一）", "kind": "duplicate", "field": "ref", "message": "甲", "must": True}
    ]
    draft.save()
    merge(draft, [1], into=0, version=1, by=officer)
    assert open_kinds() == []


@pytest.mark.parametrize(("keys", "into"), [([0], 0), ([9], 0), ([], 1)])
def test_it_merges_nothing_with_itself_or_with_nothing(
    draft: Draft, officer: User, keys: list[int], into: int
) -> None:
    with pytest.raises(NotPossible):
        merge(draft, keys, into=into, version=1, by=officer)
    assert len(tasks()) == 4


def test_it_does_not_merge_what_stays_out_of_the_ledger(draft: Draft, officer: User) -> None:
    bulk.leave_out(draft, [1], reason="背景", version=1, by=officer)
    with pytest.raises(NotPossible, match="请先恢复"):
        merge(draft, [1], into=0, version=2, by=officer)


def test_it_moves_a_task_by_steps(draft: Draft, officer: User) -> None:
    step(draft, 2, up=True, version=1, by=officer)
    assert refs() == ["一/（一）", "一/（三）", "一/（二）", "二/（四）"]
    step(draft, 0, up=False, version=2, by=officer)
    assert refs() == ["一/（三）", "一/（一）", "一/（二）", "二/（四）"]
    step(draft, 0, up=False, version=3, by=officer)
    assert refs() == ["一/（三）", "一/（二）", "一/（一）", "二/（四）"]


@pytest.mark.parametrize(("key", "up", "why"), [(0, True, "第一项"), (2, False, "最后一项")])
def test_it_steps_no_further_than_the_section(
    draft: Draft, officer: User, key: int, up: bool, why: str
) -> None:
    with pytest.raises(NotPossible, match=why):
        step(draft, key, up=up, version=1, by=officer)


def test_it_moves_tasks_into_another_section(draft: Draft, officer: User) -> None:
    move(draft, [2, 0], section="二", before=3, version=1, by=officer)
    assert refs() == ["一/（二）", "一/（一）", "一/（三）", "二/（四）"]
    assert [one.section for one in tasks()] == ["一", "二", "二", "二"]
    assert ("一/（三）", "no_clause") in open_kinds()


def test_it_moves_to_the_end_of_a_section_and_back_into_an_empty_one(draft: Draft, officer: User) -> None:
    move(draft, [3], section="一", version=1, by=officer)
    assert [(one.ref, one.section) for one in tasks()][-1] == ("二/（四）", "一")
    move(draft, [0], section="二", version=2, by=officer)
    assert refs() == ["一/（二）", "一/（三）", "二/（四）", "一/（一）"]


@pytest.mark.parametrize(("section", "before"), [("九", None), ("二", 1), ("一", 0), ("一", 9)])
def test_it_moves_nowhere_that_is_not_there(
    draft: Draft, officer: User, section: str, before: int | None
) -> None:
    with pytest.raises(NotPossible):
        move(draft, [0], section=section, before=before, version=1, by=officer)


def test_it_adds_a_task_at_a_chosen_place(draft: Draft, officer: User) -> None:
    add_task(draft, section="一", number="（补）", change=PLAIN, before=1, version=1, by=officer)
    assert refs()[:3] == ["一/（一）", "一/（补）", "一/（二）"]
    add_task(draft, section="一", number="（末）", change=PLAIN, version=2, by=officer)
    assert refs() == ["一/（一）", "一/（补）", "一/（二）", "一/（三）", "一/（末）", "二/（四）"]


def test_it_assigns_a_department_in_several_tasks(draft: Draft, officer: User) -> None:
    bulk.assign(draft, [1, 2], role="leads", names=["市卫健委"], replace=False, version=1, by=officer)
    second, third = tasks()[1:3]
    assert (second.leads, second.participants) == (("市财政局", "市卫健委"), ())
    assert third.leads == ("市卫健委",)
    assert ("一/（三）", "no_clause") not in open_kinds()
    bulk.assign(draft, [1], role="leads", names=["市教育局"], replace=True, version=2, by=officer)
    assert tasks()[1].leads == ("市教育局",)


def test_it_counts_a_missing_lead_as_answered_only_by_a_lead(draft: Draft, officer: User) -> None:
    bulk.assign(draft, [2], role="participants", names=["市卫健委"], replace=False, version=1, by=officer)
    assert ("一/（三）", "no_clause") in open_kinds()


def test_it_sets_one_deadline_for_several_tasks(draft: Draft, officer: User) -> None:
    draft.problems = [
        {"ref": "一/（一）", "field": "deadline", "kind": "no_date", "message": "甲", "must": True}
    ]
    draft.save()
    bulk.set_deadline(draft, [0, 3], kind="continuing", text="长期", on=None, version=1, by=officer)
    assert [(tasks()[n].due_kind, tasks()[n].due_text) for n in (0, 3)] == [("continuing", "长期")] * 2
    assert open_kinds() == []


def test_it_leaves_out_and_takes_in_again(draft: Draft, officer: User) -> None:
    before = open_kinds()
    bulk.leave_out(draft, [2, 3], reason="不是任务", version=1, by=officer)
    assert [one.left_out for one in tasks()] == ["", "", "不是任务", "不是任务"]
    bulk.take_in(draft, [2], version=2, by=officer)
    assert [one.left_out for one in tasks()] == ["", "", "", "不是任务"]
    assert open_kinds() == before
    assert Entry.objects.filter(act__in=("draft.leave_out", "draft.take_in")).count() == 2


def test_it_accepts_what_is_open_in_several_tasks(draft: Draft, officer: User) -> None:
    bulk.accept(draft, [0, 2], version=1, by=officer)
    assert not [one for one, _ in open_kinds() if one in ("一/（一）", "一/（三）")]


ACTS: list[Callable[[Draft, User], Any]] = [
    lambda draft, by: split(draft, 0, at=8, version=1, by=by),
    lambda draft, by: merge(draft, [1], into=0, version=1, by=by),
    lambda draft, by: move(draft, [0], section="二", version=1, by=by),
    lambda draft, by: step(draft, 0, up=False, version=1, by=by),
    lambda draft, by: bulk.assign(draft, [0], role="leads", names=["甲"], replace=True, version=1, by=by),
    lambda draft, by: bulk.set_deadline(draft, [0], kind="none", text="", on=None, version=1, by=by),
    lambda draft, by: bulk.leave_out(draft, [0], reason="甲", version=1, by=by),
    lambda draft, by: bulk.take_in(draft, [0], version=1, by=by),
    lambda draft, by: bulk.accept(draft, [0], version=1, by=by),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("meanwhile", [{"version": 2}, {"state": "adopted"}, {"state": "dropped"}])
@pytest.mark.parametrize("loaded_before", [True, False])
def test_it_refuses_every_act_on_a_draft_that_changed_or_closed(
    draft: Draft,
    officer: User,
    act: Callable[[Draft, User], Any],
    meanwhile: dict[str, Any],
    loaded_before: bool,
) -> None:
    Draft.objects.update(**meanwhile)
    stands = Draft.objects.values().get()
    with pytest.raises(StaleDraft):
        act(draft if loaded_before else Draft.objects.get(), officer)
    assert Draft.objects.values().get() == stands
    assert not Entry.objects.filter(act__startswith="draft.", actor_id=officer.pk).exists()
