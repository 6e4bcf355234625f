"""Whole papers put together by a grammar: everything read has its place, and no task is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.parsing import ParsedDocument, parse
from documents.parsing.excerpt import Span
from documents.readers.original import RawLine, assemble

BODIES = [
    "市甲局",
    "市乙委",
    "省丙厅",
    "县丁办",
    "各县（市、区）人民政府",
    "文化和旅游局（市文物局）",
    "团市委",
]
WORK = [
    "完善工作机制",
    "建设示范基地12个",
    "办结率达到95%以上",
    "2021年6月底前印发方案",
    "到2022年培育骨干企业30家",
    "投诉在5个工作日内办结",
    "推进“一网通办”（含自助办理）",
]
CLAUSES = [
    "（{0}牵头，{1}配合）",
    "（{0}、{1}负责）",
    "（{0}、{1}分别负责）",
    "（牵头单位：{0}；责任单位：{1}）",
]
UNREADABLE = ["（□□□□负责）", "（？？？）", "（%%##）", "", "（待定）", "（详见附表说明）", "（甲乙丙丁戊）"]


@st.composite
def tasks(draw: st.DrawFn) -> tuple[str, str]:
    """The words of a task, and its clause."""
    work = draw(st.lists(st.sampled_from(WORK), min_size=1, max_size=3, unique=True))
    pair = draw(st.lists(st.sampled_from(BODIES), min_size=2, max_size=2, unique=True))
    return "推进重点改革。" + "，".join(work) + "。", draw(st.sampled_from(CLAUSES)).format(*pair)


PAPERS = st.lists(st.lists(tasks(), min_size=2, max_size=4), min_size=1, max_size=3)
WIDTHS = st.sampled_from([0, 28, 40])


def lines(chapters: list[list[tuple[str, str]]], width: int = 0) -> list[str]:
    """The paper as printed; with a width, broken at it as in pages."""
    found, number = ["某市2021年改革重点任务"], 0
    for place, chapter in enumerate(chapters):
        found.append(f"{'一二三'[place]}、深化改革")
        for words, clause in chapter:
            number += 1
            found.append(f"{number}．{words}{clause}")
    return [part for line in found for part in (re.findall(f".{{1,{width}}}", line) if width else [line])]


def read(chapters: list[list[tuple[str, str]]], width: int = 0) -> tuple[str, ParsedDocument]:
    """The text of the paper and what is read from it."""
    original = assemble([RawLine(line) for line in lines(chapters, width)])
    return original.text, parse(original)


def stands(surface: str, text: str, span: Span) -> bool:
    """The words are those of the text at their place, but for breaks."""
    return re.sub(r"\s+", "", text[slice(*span)]) == re.sub(r"\s+", "", surface)


@given(PAPERS, WIDTHS)
@settings(max_examples=60, deadline=None)
def test_everything_read_stands_at_its_place(chapters: list[list[tuple[str, str]]], width: int) -> None:
    text, got = read(chapters, width)
    assert len(got.tasks) == sum(map(len, chapters))
    found = [(n.text, n.span) for task in got.tasks if task.clause for n in task.clause.names]
    assert len(found) == 2 * len(got.tasks)
    found += [(one.raw, one.span) for task in got.tasks for one in task.dates]
    found += [(one.raw, one.span) for task in got.tasks for one in task.targets]
    assert [one for one in found if not stands(one[0], text, one[1])] == []


@given(PAPERS, WIDTHS)
@settings(max_examples=40, deadline=None)
def test_breaks_of_the_page_change_nothing(chapters: list[list[tuple[str, str]]], width: int) -> None:
    plain, broken = read(chapters)[1], read(chapters, width)[1]
    assert [[n.text for n in t.clause.names] for t in broken.tasks if t.clause] == [
        [n.text for n in t.clause.names] for t in plain.tasks if t.clause
    ]
    assert [(t.ref, t.title) for t in broken.tasks] == [(t.ref, t.title) for t in plain.tasks]


@pytest.mark.parametrize("width", [24, 28, 32, 40])
def test_what_several_tasks_say_in_the_same_words_is_no_head_of_a_page(width: int) -> None:
    one = (
        "推进重点改革。到2022年培育骨干企业30家，投诉在5个工作日内办结，完善工作机制。",
        "（各县（市、区）人民政府牵头，市甲局配合）",
    )
    got = read([[one, one, one], [one, one, one]], width)[1].tasks
    assert [[name.text for name in task.clause.names] for task in got if task.clause] == [
        ["各县（市、区）人民政府", "市甲局"]
    ] * 6
    assert {task.body for task in got} == {"到2022年培育骨干企业30家，投诉在5个工作日内办结，完善工作机制。"}


@given(PAPERS, st.data())
@settings(max_examples=100, deadline=None)
def test_no_task_is_lost_with_its_clause(chapters: list[list[tuple[str, str]]], data: st.DataObject) -> None:
    refs = [task.ref for task in read(chapters)[1].tasks]
    chapter = data.draw(st.sampled_from(chapters))
    place = data.draw(st.integers(0, len(chapter) - 1))
    chapter[place] = (chapter[place][0], data.draw(st.sampled_from(UNREADABLE)))
    got = read(chapters)[1]
    assert [task.ref for task in got.tasks] == refs
    lost = [
        p.ref for p in got.problems if p.kind in ("no_clause", "unresolved", "doubtful_name", "rule_inferred")
    ]
    assert set(refs) - {t.ref for t in got.tasks if t.clause and t.clause.leads} <= set(lost)
