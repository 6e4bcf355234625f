"""What a department says in a report, and what has to be right before it is handed in.

The rules come from 报送 practice: 滞后 wants cause and remedy besides problems and next steps, a number below the
one confirmed last quarter wants an explanation, and an unchanged task costs one click and a reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from progress.models import ProgressReport
from progress.numbers import NotANumber, read_number
from tasks.models import Task

TEXT_LIMIT = 2000
SIDE_LIMIT = 1000
REASON_LIMIT = 200

NO_CHANGE_REASONS = (
    "按计划推进中，本季没有新的节点",
    "等待上级部署或资金",
    "年度集中开展，尚未到时间",
)
OTHER_CAUSE = "其他"
CAUSES = (
    "资金未到位",
    "上级政策未出台",
    "部门协调未到位",
    "项目审批未完成",
    "招标采购未完成",
    "人员力量不足",
    "疫情等不可抗力",
    OTHER_CAUSE,
)
REMEDIES = (
    "倒排工期",
    "加强调度",
    "提请协调解决",
    "争取资金",
    "充实力量",
    "调整方案",
    "申请延期",
    OTHER_CAUSE,
)

Faults = dict[str, list[str]]


@dataclass(frozen=True)
class ReportContent:
    """The department's side of a report; the fields are named as in the model.

    `said_values` (indicators) and `said_steps` (the days on which milestones were done) are texts by primary
    key. A draft keeps what cannot be read; what is handed in are decimals and ISO dates.
    """

    text: str = ""
    problems: str = ""
    next_steps: str = ""
    said_percent: int | None = None
    said_status: str = ""
    cause: str = ""
    remedy: str = ""
    said_values: dict[str, str] = field(default_factory=dict)
    said_steps: dict[str, str] = field(default_factory=dict)
    is_practice: bool = False
    no_change: bool = False
    no_change_reason: str = ""

    @classmethod
    def of(cls, report: ProgressReport) -> ReportContent:
        """What a report says now."""
        return cls(**{name: getattr(report, name) for name in cls.__dataclass_fields__})

    @classmethod
    def confirmed_in(cls, last: ProgressReport | None) -> ReportContent:
        """What the office confirmed in an earlier report: the start of a new one; empty without one.

        Values, milestones and 典型做法 are of their own quarter and begin empty.
        """
        if last is None:
            return cls()
        return cls(
            text=last.text,
            problems=last.problems,
            next_steps=last.next_steps,
            said_percent=last.confirmed_percent,
            said_status=last.confirmed_status,
            cause=last.cause,
            remedy=last.remedy,
        )

    def settled(self, last: ProgressReport | None) -> ReportContent:
        """As it is handed in: 本季无变化 takes over all that was confirmed last; cause and remedy are of 滞后 alone."""
        handed_in = replace(self, no_change_reason="")
        if self.no_change:
            before = ReportContent.confirmed_in(last)
            values = last.said_values if last else {}
            handed_in = replace(
                before, said_values=values, no_change=True, no_change_reason=self.no_change_reason
            )
        return handed_in if handed_in.lags else replace(handed_in, cause="", remedy="")

    @property
    def lags(self) -> bool:
        """Whether the department judges itself 滞后."""
        return self.said_status == Task.Status.LAGGING

    def get_said_status_display(self) -> str:
        """The judgement in words, as of a report."""
        return str(dict(Task.Status.choices).get(self.said_status, ""))

    def as_dict(self) -> dict[str, Any]:
        """Field names and values, for the row, the revision and the trail."""
        return asdict(self)


def value_field(indicator: int | str) -> str:
    """The name of an indicator's field on the form."""
    return f"value_{indicator}"


def step_field(milestone: int | str) -> str:
    """The name of a milestone's field on the form."""
    return f"step_{milestone}"


def find_faults(content: ReportContent, last: ProgressReport | None, on: date) -> Faults:
    """What keeps a content from being submitted on a day: sentences by field; empty when nothing does."""
    found: Faults = defaultdict(list)
    _check_limits(content, found)
    if content.no_change:
        _check_no_change(content, last, found)
    else:
        _check_written(content, last, found)
        _check_measures(content, on, found)
    return dict(found)


def _check_limits(content: ReportContent, found: Faults) -> None:
    for name, limit in (("text", TEXT_LIMIT), ("problems", SIDE_LIMIT), ("next_steps", SIDE_LIMIT)):
        length = len(getattr(content, name))
        if length > limit:
            found[name].append(f"不超过{limit}字，现有{length}字。")
    if len(content.no_change_reason) > REASON_LIMIT:
        found["no_change_reason"].append(f"不超过{REASON_LIMIT}字。")


def _check_no_change(content: ReportContent, last: ProgressReport | None, found: Faults) -> None:
    if last is None:
        found["no_change"].append("此前没有已确认的内容可以沿用，请填写进展情况。")
    if not content.no_change_reason.strip():
        found["no_change_reason"].append("请选择或写明无变化的原因。")


def _check_written(content: ReportContent, last: ProgressReport | None, found: Faults) -> None:
    if not content.text.strip():
        found["text"].append("请填写进展情况；确无变化的，勾选本季无变化。")
    if content.said_status not in Task.Status.values:
        found["said_status"].append("请选择本单位判断。")
    if content.lags:
        _check_lagging(content, found)
    _check_percent(content, last, found)


def _check_lagging(content: ReportContent, found: Faults) -> None:
    if content.cause not in CAUSES:
        found["cause"].append("判断为滞后的，请选择滞后原因。")
    if content.remedy not in REMEDIES:
        found["remedy"].append("判断为滞后的，请选择整改措施。")
    if not content.problems.strip():
        found["problems"].append("判断为滞后的，请写明存在问题。")
    if not content.next_steps.strip():
        found["next_steps"].append("判断为滞后的，请写明下一步措施。")


def _check_percent(content: ReportContent, last: ProgressReport | None, found: Faults) -> None:
    percent = content.said_percent
    if percent is None or not 0 <= percent <= 100:
        found["said_percent"].append("请填0至100之间的整数。")
        return
    if percent < 100 and content.said_status == Task.Status.DONE:
        found["said_percent"].append("判断为已完成的，完成进度应为100%。")
    before = last.confirmed_percent if last else None
    if before is not None and percent < before and not content.problems.strip():
        found["said_percent"].append(f"比此前确认的{before}%低，请核对；确需调低的，在存在问题中说明原因。")


def _check_measures(content: ReportContent, on: date, found: Faults) -> None:
    for key, text in content.said_values.items():
        try:
            read_number(text)
        except NotANumber as wrong:
            found[value_field(key)].append(str(wrong))
    for key, text in content.said_steps.items():
        if wrong_day := _wrong_day(text, on):
            found[step_field(key)].append(wrong_day)


def _wrong_day(text: str, on: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "请填写日期，如2020-12-31。"
    return "完成日期不能晚于今天。" if day > on else ""
