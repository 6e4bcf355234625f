"""What the coordinator is told to look at: steps on the way, and papers that are hard to read."""

import pytest

from documents.parsing import parse
from documents.parsing.draft import Problem
from documents.readers import read

PLAIN = "一、甲\n（一）完善体系。健全机制。（市甲局负责）\n（二）健全制度。（市乙局负责）"


def problems(text: str, kind: str) -> list[Problem]:
    return [one for one in parse(read(text.encode(), "方案.txt")).problems if one.kind == kind]


@pytest.mark.parametrize("limit", ["6月底前开工", "9月投入使用", "2021年3月底前启动"])
def test_it_says_that_a_step_is_no_time_limit(limit: str) -> None:
    text = f"2021年任务\n一、甲\n（一）建设医院。（牵头单位：市甲局；完成时限：{limit}）"
    found = problems(text, "milestone")
    assert [one.ref for one in found] == ["一/（一）"]
    assert not found[0].must
    assert found[0].message.startswith(f"“{text[slice(*found[0].span)]}”")


def test_it_says_nothing_of_a_step_beside_a_time_limit() -> None:
    text = "2021年任务\n一、甲\n（一）建设医院。（市甲局负责，3月底前开工，12月底前完成）"
    assert problems(text, "milestone") == []
    assert parse(read(text.encode(), "方案.txt")).as_dict()["tasks"][0]["deadline"]["date"] == "2021-12-31"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAIN.replace("体系", "体系（tǐxì）"), "拼音注音"),
        (PLAIN.replace("市乙局", "市乙局(jú)"), "拼音注音"),
        (PLAIN.replace("健全机制", "健全醫療衛生體系與機構總額"), "繁体字"),
        (PLAIN.replace("市乙局", "市□局"), "缺字"),
    ],
)
def test_it_says_why_a_paper_is_hard_to_read(text: str, words: str) -> None:
    found = problems(text, "low_confidence")
    assert len(found) == 1
    assert words in found[0].message
    assert not found[0].must


def test_it_finds_nothing_hard_in_a_plain_paper() -> None:
    assert problems(PLAIN, "low_confidence") == []
