"""pair: which task of a newer paper is which of the ledger."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.amend.pairing import ALIKE, Item, likeness, pair

LEDGER = [
    Item("一/（一）", "完善传染病监测预警系统", "落实首诊负责制。"),
    Item("一/（二）", "健全物资保障体系", "加强储备。"),
    Item("二/（一）", "推进药品集中采购", "落实国家组织药品集中采购。"),
]


def test_it_pairs_a_paper_with_itself() -> None:
    assert pair(LEDGER, LEDGER) == {0: 0, 1: 1, 2: 2}


def test_it_follows_tasks_that_were_renumbered_and_moved() -> None:
    newer = [
        Item("一/（一）", "健全公共卫生应急物资保障体系", "加强储备。"),
        Item("一/（二）", "完善传染病 监测预警系统", "落实首诊负责制。"),
        Item("三/（一）", "推进药品集中采购和使用", "落实国家组织药品集中采购。"),
    ]
    assert pair(LEDGER, newer) == {0: 1, 1: 0, 2: 2}


def test_it_leaves_a_task_of_its_own_alone() -> None:
    newer = [*LEDGER[:2], Item("二/（一）", "建设中医特色医院", "每县建成一所。")]
    assert pair(LEDGER, newer) == {0: 0, 1: 1}


def test_it_prefers_the_same_place_where_titles_are_the_same() -> None:
    twins = [Item("一/（一）", "加强督查", "每季度一次。"), Item("二/（一）", "加强督查", "每月一次。")]
    assert pair(twins, list(reversed(twins))) == {0: 1, 1: 0}


def test_it_does_not_pair_by_place_alone() -> None:
    assert likeness(LEDGER[0], Item("一/（一）", "召开年度总结会", "十二月召开。")) < ALIKE


items = st.lists(
    st.builds(
        Item, st.sampled_from(["一/1", "一/2", "二/1"]), st.text("甲乙丙丁", max_size=6), st.text(max_size=9)
    ),
    max_size=6,
)


@given(items, items)
def test_it_never_uses_a_task_twice(older: list[Item], newer: list[Item]) -> None:
    found = pair(older, newer)
    assert len(set(found.values())) == len(found)
    assert all(0 <= new < len(newer) and 0 <= old < len(older) for new, old in found.items())
