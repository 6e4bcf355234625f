"""灯: the light rule, written once.

List, card, page, workbook, notice and bulletin all take their colour and their reasons from `light`.
The rule and its defaults are in docs/rules.md (灯); thresholds belong to the ledger.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache


class Colour(StrEnum):
    """A light's colour; the value is the style class suffix."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    DONE = "done"
    IDLE = "idle"
    STOPPED = "stop"


WORDS = {
    Colour.RED: "红 滞后",
    Colour.YELLOW: "黄 预警",
    Colour.GREEN: "绿 正常",
    Colour.DONE: "完成",
    Colour.IDLE: "未到期",
    Colour.STOPPED: "终止",
}


@dataclass(frozen=True)
class Thresholds:
    """A ledger's own limits: days and percentage points."""

    due_soon_days: int = 15
    yellow_points: int = 10
    red_points: int = 30


@dataclass(frozen=True)
class Facts:
    """All that decides a task's light, as known on one day. Percentages run from 0 to 100."""

    state: str  # "open", "completed", "terminated"
    starts_on: date
    line_end: date  # the deadline, else the ledger's end: where the expected line reaches 100
    due_on: date | None = None
    original_due_on: date | None = None
    closing_reason: str = ""
    percent: Decimal | None = None  # confirmed; None before any report is accepted
    line_day: date | None = None  # None: no lag to judge yet
    lagging: tuple[str, ...] = ()  # departments that say of themselves 滞后
    late: tuple[str, ...] = ()  # "市卫健委第三季度逾期报送"
    missing: tuple[str, ...] = ()  # "静宁县第三季度未报" after closes_on, lead or whole group
    missing_members: tuple[str, ...] = ()  # the same, only some members of a group
    owed: bool = False  # a report has been asked for or given


@dataclass(frozen=True)
class Light:
    """The colour, and why, in words."""

    colour: Colour
    reasons: tuple[str, ...]

    @property
    def word(self) -> str:
        """The word that always stands beside the colour."""
        return WORDS[self.colour]


def expected_percent(starts_on: date, line_end: date, day: date) -> Decimal:
    """序时进度 on `day`: the elapsed share of the task's own span, both ends counted, 0.0 to 100.0."""
    return _elapsed_share(starts_on, line_end, day)


@lru_cache(maxsize=4096)  # the rule asks several times for a task, and most tasks of a ledger end together
def _elapsed_share(starts_on: date, line_end: date, day: date) -> Decimal:
    span = (line_end - starts_on).days + 1
    elapsed = (day - starts_on).days + 1
    if span <= 0 or elapsed >= span:
        return Decimal("100.0")
    share = Decimal(max(elapsed, 0) * 100) / Decimal(span)
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def lag(facts: Facts) -> Decimal | None:
    """Percentage points under the expected line on the line day; None when nothing can be judged."""
    if facts.line_day is None or facts.percent is None:
        return None
    return expected_percent(facts.starts_on, facts.line_end, facts.line_day) - facts.percent


def light(facts: Facts, on: date, thresholds: Thresholds) -> Light:
    """The light of a task on a day: closed first, then red, yellow, grey, green; reasons worst first."""
    if facts.state == "completed":
        return Light(Colour.DONE, (facts.closing_reason or "已办结",))
    if facts.state == "terminated":
        return Light(Colour.STOPPED, (facts.closing_reason or "已终止",))
    red, yellow = _red(facts, on, thresholds), _yellow(facts, on, thresholds)
    if red:
        return Light(Colour.RED, red + yellow)
    if yellow:
        return Light(Colour.YELLOW, yellow)
    if facts.percent is None and not facts.owed:
        return Light(Colour.IDLE, ("尚未开始，目前没有应报事项",))
    return Light(Colour.GREEN, (_going_well(facts),))


def _red(facts: Facts, on: date, thresholds: Thresholds) -> tuple[str, ...]:
    reasons: list[str] = []
    if facts.due_on and facts.due_on < on:
        reasons.append(f"已超过完成时限{(on - facts.due_on).days}天")
    behind = lag(facts)
    if behind is not None and behind > thresholds.red_points:
        reasons.append(f"低于序时进度{behind.normalize():f}个百分点")
    return (*reasons, *facts.missing)


def _yellow(facts: Facts, on: date, thresholds: Thresholds) -> tuple[str, ...]:
    reasons: list[str] = []
    behind = lag(facts)
    if behind is not None and thresholds.yellow_points <= behind <= thresholds.red_points:
        reasons.append(f"低于序时进度{behind.normalize():f}个百分点")
    if facts.due_on and 0 <= (facts.due_on - on).days <= thresholds.due_soon_days:
        days = (facts.due_on - on).days
        reasons.append(f"距完成时限还有{days}天" if days else "今天是完成时限")
    if facts.lagging:
        reasons.append(f"{_some(facts.lagging)}自报滞后")
    return (*reasons, *facts.missing_members, *facts.late)


def _some(names: tuple[str, ...]) -> str:
    """Up to three names in full, more of them counted."""
    return "、".join(names) if len(names) <= 3 else f"{'、'.join(names[:2])}等{len(names)}个单位"


def _going_well(facts: Facts) -> str:
    behind = lag(facts)
    if behind is None:
        return "按计划推进，尚无到期的进度要求"
    if behind <= 0:
        return "达到序时进度"
    return f"接近序时进度（差{behind.normalize():f}个百分点）"
