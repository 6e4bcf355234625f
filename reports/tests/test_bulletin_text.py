"""The words of a circular, from figures alone."""

from dataclasses import replace

import pytest

from reports.bulletin_figures import (
    BulletinFigures,
    DepartmentFigure,
    LightFigure,
    TaskFigure,
    differences,
)
from reports.bulletin_text import length_of, texts_of
from reports.compose import attachments_of, paragraphs

BEHIND = TaskFigure(
    number="（十三）",
    title="落实政府投入保障责任",
    leads="市财政局",
    due="2020-12-31",
    percent="50%",
    expected="88.6%",
    colour="red",
    word="红 滞后",
    reasons=["低于序时进度38.6个百分点"],
    overdue_days=0,
    behind=True,
)
ON_TIME = DepartmentFigure("市财政局", 1, 1, 1, 0, 0, "100.0%", 1, 0)
FIGURES = BulletinFigures(
    as_of="2020-12-10",
    period="第三季度",
    closed=True,
    total=1,
    lights=[LightFigure("red", "红 滞后", 1, "100.0%"), LightFigure("green", "绿 正常", 0, "0.0%")],
    in_hand=1,
    on_line=0,
    expected=1,
    on_time=1,
    late=0,
    missing=0,
    rate="100.0%",
    departments=[ON_TIME],
    tasks=[BEHIND],
)


def words(figures: BulletinFigures) -> dict[str, str]:
    return texts_of(figures, basis="《任务及分工》（平政办发〔2020〕81号）", office="市医改办")


def test_it_says_what_the_figures_say() -> None:
    texts = words(FIGURES)
    assert texts["lead"].startswith("按照《任务及分工》（平政办发〔2020〕81号）要求，市医改办对1项重点任务")
    assert "1项任务中，滞后（红灯）1项，占100.0%。" in texts["overall"]
    assert texts["problems"] == (
        "（一）部分任务低于序时进度。落实政府投入保障责任确认进度50%，低于序时进度38.6个百分点。"
    )
    assert "绿灯" not in texts["overall"]


def test_it_says_that_all_is_well() -> None:
    fine = replace(FIGURES, lights=[], tasks=[])
    texts = words(fine)
    assert texts["problems"] == "截至目前，没有滞后任务，各单位均按时报送。"
    assert "滞后" not in texts["requirements"]
    assert [one.title for one in attachments_of(fine)] == ["任务进展明细表"]
    assert [one.title for one in attachments_of(FIGURES)] == ["任务进展明细表", "滞后任务清单"]


def test_it_does_not_call_a_report_missing_while_the_period_is_open() -> None:
    waiting = replace(ON_TIME, on_time=0, missing=1)
    texts = words(replace(FIGURES, closed=False, on_time=0, missing=1, departments=[waiting]))
    assert "尚未报送1份" in texts["overall"]
    assert "市财政局1份尚未报送" in texts["problems"]
    assert "未报1份" not in texts["overall"]
    assert "请尚未报送的单位抓紧报送" in texts["requirements"]


def test_it_says_when_nothing_was_owed() -> None:
    assert "第三季度没有应报送的进展。" in words(replace(FIGURES, expected=0, on_time=0))["overall"]


def test_it_names_days_over_the_deadline() -> None:
    overdue = replace(BEHIND, behind=False, due="2020-11-30", overdue_days=10, percent="—")
    text = words(replace(FIGURES, tasks=[overdue]))["problems"]
    assert "落实政府投入保障责任应于2020年11月30日前完成，尚无确认进度，超期10天" in text


def test_it_survives_storing() -> None:
    assert BulletinFigures.from_json(FIGURES.as_json()) == FIGURES


def test_it_tells_differences_in_words() -> None:
    newer = replace(
        FIGURES,
        on_time=0,
        late=1,
        tasks=[replace(BEHIND, percent="60%")],
        lights=[LightFigure("red", "红 滞后", 0, "")],
    )
    assert differences(FIGURES, FIGURES) == []
    assert differences(FIGURES, newer) == [
        "红 滞后由1项变为0项",
        "按时由1份变为0份",
        "逾期由0份变为1份",
        "（十三）确认进度变为60%",
    ]


@pytest.mark.parametrize(
    ("line", "lead", "rest"),
    [
        ("（一）部分任务滞后。甲、乙两项。", "（一）部分任务滞后。", "甲、乙两项。"),
        ("没有序号的一段。", "", "没有序号的一段。"),
        ("（一）没有句号", "", "（一）没有句号"),
    ],
)
def test_it_sets_the_leading_sentence_apart(line: str, lead: str, rest: str) -> None:
    (made,) = paragraphs(f"\n{line}\n\n")
    assert (made.lead, made.text) == (lead, rest)


def test_it_counts_characters_without_blanks() -> None:
    assert length_of({"lead": "一 二\n三", "overall": "四"}) == 4
