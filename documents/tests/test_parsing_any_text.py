"""Whatever the text: reading it never fails, invents no name, and gives the same twice."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.parsing import parse, parse_clause
from documents.readers.original import RawLine, assemble, row

WORDS = [
    "一、", "（一）", "(二)", "1.", "2．", "（1）", "①", "附件：", "附件1", "牵头单位：", "责任单位:", "配合单位", "完成时限：",
    "负责", "牵头", "配合", "参与", "分别负责", "按职责分工", "排在第一位的为牵头部门", "下同", "等", "各有关部门", "市甲局",
    "省乙厅", "各县（市、区）人民政府", "和", "及", "、", "，", ",", "。", "；", "（", "）", "(", ")", "《", "》", "“", "”", "【",
    "】", "2020年", "12月底前", "13月40日", "0年", "二〇二〇年", "30%", "3—6小时", "100", "个", "\n", "\t", " ", "　", "|", "<p>",
    "</p>", "<td", "&nbsp;", "\\n", "局(jú)", "序号", "工作任务", "牵头部门", "关于", "的通知", "甲发〔2020〕1号", "a", "0", "\u0000",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map("".join))


def stands_in(name: str, source: str) -> bool:
    """The characters of the name in their order, with at most blanks and pronunciations between them."""
    rest = re.sub(r"\s+|[（(][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}[)）]", "", source)
    return re.sub(r"\s+", "", name) == rest


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_it_reads_any_clause(text: str) -> None:
    clause = parse_clause(text, year=2020)
    assert clause == parse_clause(text, year=2020)
    assert [n.text for n in clause.names if not stands_in(n.text, text[slice(*n.span)])] == []


@given(st.lists(TEXTS, max_size=12))
@settings(max_examples=200, deadline=None)
def test_it_reads_any_paper(lines: list[str]) -> None:
    original = assemble([RawLine(line) for text in lines for line in text.split("\n")])
    got = parse(original)
    assert got.as_dict() == parse(original).as_dict()
    for task in got.tasks:
        for start, end in task.spans.values():
            assert 0 <= start <= end <= len(original.text)


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=9))
@settings(max_examples=150, deadline=None)
def test_it_reads_any_table(rows: list[list[str]]) -> None:
    header = row(["序号", "工作任务", "牵头部门", "配合单位", "完成时限"])
    original = assemble([header, *(row(cells) for cells in rows)])
    for task in parse(original).tasks:
        assert task.title
        for name in task.clause.names if task.clause else ():
            assert stands_in(name.text, original.text[slice(*name.span)])


def test_it_reads_an_empty_paper() -> None:
    got = parse(assemble([]))
    assert got.tasks == ()
    assert [p.kind for p in got.problems if p.must] == ["no_tasks", "missing"]


REPEATED = [
    "市甲局、",
    "（",
    "）",
    "（）",
    "市甲局等",
    "1",
    "一",
    "一、",
    "（一）",
    "负责",
    "按职责分工",
    " ",
    "和及与",
    "2020年",
    "1个月内",
    "<a ",
    "“",
    "|",
]


@pytest.mark.parametrize("piece", REPEATED)
def test_it_does_not_grow_slow_on_repetition(piece: str) -> None:
    text = piece * 2_000
    start = time.process_time()
    clause = parse_clause(text, year=2020)
    got = parse(assemble([RawLine("一、甲"), RawLine("（一）" + text), RawLine("（二）乙。（市甲局负责）")]))
    assert clause.raw == text.strip() or clause.raw in text
    assert got.tasks
    assert time.process_time() - start < 5


def test_it_reads_brackets_within_brackets() -> None:
    clause = parse_clause("（" * 3_000 + "市甲局负责" + "）" * 3_000)
    assert clause.raw.endswith("）")
