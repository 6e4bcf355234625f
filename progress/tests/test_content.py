"""What has to be right before a report is handed in."""

from dataclasses import replace

import pytest

from progress.content import ReportContent, find_faults
from progress.models import ProgressReport
from progress.tests.cast import CONTENT, DAY

LAST = ProgressReport(
    text="完成摸底。", problems="旧问题", said_percent=48, confirmed_percent=45, confirmed_status="normal"
)


def test_it_finds_nothing_in_a_complete_report() -> None:
    assert find_faults(CONTENT, LAST, DAY) == {}
    assert find_faults(CONTENT, None, DAY) == {}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": " "}, "text", "请填写进展情况；确无变化的，勾选本季无变化。"),
        ({"said_status": ""}, "said_status", "请选择本单位判断。"),
        ({"said_percent": None}, "said_percent", "请填0至100之间的整数。"),
        ({"said_percent": 101}, "said_percent", "请填0至100之间的整数。"),
        ({"said_status": "done"}, "said_percent", "判断为已完成的，完成进度应为100%。"),
        (
            {"said_percent": 40},
            "said_percent",
            "比此前确认的45%低，请核对；确需调低的，在存在问题中说明原因。",
        ),
        ({"text": "字" * 2001}, "text", "不超过2000字，现有2001字。"),
        ({"next_steps": "字" * 1001}, "next_steps", "不超过1000字，现有1001字。"),
        ({"no_change": True}, "no_change_reason", "请选择或写明无变化的原因。"),
    ],
)
def test_it_says_what_to_enter(changes: dict[str, object], field: str, sentence: str) -> None:
    faults = find_faults(replace(CONTENT, **changes), LAST, DAY)  # type: ignore[arg-type]  # a table of fields
    assert faults == {field: [sentence]}


LAGGING = replace(
    CONTENT,
    said_status="lagging",
    problems="平台建设资金尚缺300万元。",
    next_steps="年底前落实。",
    cause="资金未到位",
    remedy="争取资金",
)


def test_it_wants_cause_and_remedy_with_their_texts_of_a_lagging_task() -> None:
    assert find_faults(LAGGING, LAST, DAY) == {}
    faults = find_faults(replace(CONTENT, said_status="lagging"), LAST, DAY)
    assert faults == {
        "cause": ["判断为滞后的，请选择滞后原因。"],
        "remedy": ["判断为滞后的，请选择整改措施。"],
        "problems": ["判断为滞后的，请写明存在问题。"],
        "next_steps": ["判断为滞后的，请写明下一步措施。"],
    }
    assert set(find_faults(replace(LAGGING, cause="天气原因"), LAST, DAY)) == {"cause"}


def test_it_hands_in_cause_and_remedy_only_of_a_lagging_task() -> None:
    settled = LAGGING.settled(LAST)
    assert (settled.cause, settled.remedy) == ("资金未到位", "争取资金")
    recovered = replace(LAGGING, said_status="normal").settled(LAST)
    assert (recovered.cause, recovered.remedy, recovered.problems) == ("", "", LAGGING.problems)


def test_no_change_of_a_lagging_task_takes_cause_and_remedy_over() -> None:
    last = ProgressReport(
        confirmed_percent=45, confirmed_status="lagging", cause="资金未到位", remedy="争取资金"
    )
    settled = ReportContent(no_change=True, no_change_reason="原因").settled(last)
    assert (settled.said_status, settled.cause, settled.remedy) == ("lagging", "资金未到位", "争取资金")
    last.confirmed_status = "normal"  # the office judged otherwise
    assert ReportContent(no_change=True, no_change_reason="原因").settled(last).cause == ""


def test_it_takes_a_lower_percent_that_is_explained() -> None:
    assert find_faults(replace(CONTENT, said_percent=40, problems="口径调整。"), LAST, DAY) == {}


def test_it_refuses_no_change_when_nothing_was_confirmed() -> None:
    content = ReportContent(no_change=True, no_change_reason="等待上级部署或资金")
    assert find_faults(content, None, DAY) == {
        "no_change": ["此前没有已确认的内容可以沿用，请填写进展情况。"]
    }
    assert find_faults(content, LAST, DAY) == {}


def test_it_settles_no_change_with_the_confirmed_numbers() -> None:
    content = ReportContent(text="忽略", said_percent=99, no_change=True, no_change_reason="原因")
    settled = content.settled(LAST)
    assert (settled.text, settled.problems, settled.said_percent) == ("完成摸底。", "旧问题", 45)
    assert CONTENT.settled(LAST) == CONTENT
