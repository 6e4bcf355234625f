"""One line of 办理经过."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tasks.lights import Light
from timekeeping.clock import day_of, start_of


class Kind(StrEnum):
    """What a line is about; the value is the word of the filter."""

    LEDGER = "台账"
    FILING = "报送"
    REVIEW = "审核"
    DEADLINE = "时限和办结"
    URGE = "催办"
    MATERIAL = "材料和配合"
    OVERSIGHT = "批示和检查"


@dataclass(frozen=True)
class Event:
    """Something that happened to a task: when, what in one sentence, and in whose words why."""

    at: datetime
    kind: Kind
    text: str
    note: str = ""
    link: str = ""
    light: Light | None = None  # how the task stood then

    @property
    def day(self) -> date:
        """The office's day of it."""
        return day_of(self.at)


def on_day(day: date, kind: Kind, text: str, note: str = "", light: Light | None = None) -> Event:
    """An event of which only the day is known."""
    return Event(start_of(day), kind, text, note, light=light)


def said(what: str, by: object) -> str:
    """What was done, with the name of who did it where there is one."""
    return f"{what}（{by}）" if by else what


def long_day(day: date) -> str:
    """2020年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
