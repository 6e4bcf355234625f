"""The words that a circular begins with, made from its figures; the coordinator edits them.

Order and wording follow the circulars of reform offices: 导语, 总体情况, 各单位情况, 典型做法 (where there is
any), 存在的问题, 下一步工作要求. Only facts are said of a unit: tasks behind or overdue, reports late or missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reports.bulletin_figures import BulletinFigures, DepartmentFigure, TaskFigure
from reports.circular.figures import official_date
from tasks.lights import Colour

HEADINGS = {
    "overall": "总体情况",
    "departments": "各单位情况",
    "practices": "典型做法",
    "problems": "存在的问题",
    "requirements": "下一步工作要求",
}
BLOCKS = {"lead": "导语", **HEADINGS}
MAY_BE_EMPTY = ("practices",)  # and then the part is left out
NUMERALS = "一二三四五六七八九十"
LIMIT = 4000

_LIGHT_WORDS = {
    Colour.DONE: "已完成",
    Colour.GREEN: "正常推进（绿灯）",
    Colour.YELLOW: "预警（黄灯）",
    Colour.RED: "滞后（红灯）",
    Colour.IDLE: "未到期",
    Colour.STOPPED: "终止",
}


def texts_of(figures: BulletinFigures, *, basis: str, office: str) -> dict[str, str]:
    """The texts by block; that of 典型做法 is empty where nothing was recommended."""
    return {
        "lead": _lead(figures, basis, office),
        "overall": _overall(figures),
        "departments": f"各单位牵头任务和{figures.period}报送情况见下表（按机构序列排列）。",
        "practices": "\n".join(f"{one.department}（{one.task}）。" for one in figures.practices),
        "problems": _problems(figures),
        "requirements": _requirements(figures),
    }


def length_of(texts: dict[str, str]) -> int:
    """The number of characters of the body, blanks left out."""
    return sum(len("".join(text.split())) for text in texts.values())


def _lead(figures: BulletinFigures, basis: str, office: str) -> str:
    return (
        f"按照{basis}要求，{office}对{figures.total}项重点任务{figures.period}进展情况进行了汇总。"
        "现将有关情况通报如下。"
    )


def _overall(figures: BulletinFigures) -> str:
    day = official_date(date.fromisoformat(figures.as_of))
    by_colour = {one.colour: one for one in figures.lights}
    parts = [
        f"{word}{by_colour[colour].count}项，占{by_colour[colour].share}"
        for colour, word in _LIGHT_WORDS.items()
        if colour in by_colour and by_colour[colour].count
    ]
    lights = f"截至{day}，{figures.total}项任务中，{'；'.join(parts)}。"
    line = (
        f"有确认进度的{figures.in_hand}项在办任务中，达到序时进度{figures.on_line}项。"
        if figures.in_hand
        else ""
    )
    return lights + line + _filing(figures)


def _filing(figures: BulletinFigures) -> str:
    if not figures.expected:
        return f"{figures.period}没有应报送的进展。"
    word = "未报" if figures.closed else "尚未报送"
    return (
        f"{figures.period}应报送进展{figures.expected}份，按时报送{figures.on_time}份，"
        f"报送及时率{figures.rate}；逾期{figures.late}份，{word}{figures.missing}份。"
    )


def _problems(figures: BulletinFigures) -> str:
    behind = [one for one in figures.lagging if one.behind]
    overdue = [one for one in figures.lagging if one.overdue_days]
    found = [
        ("部分任务低于序时进度。", "；".join(_gap(one) for one in behind)),
        ("部分任务超过完成时限。", "；".join(_overdue(one) for one in overdue)),
        ("部分单位报送不及时。", _tardy(figures)),
    ]
    named = [(title, text) for title, text in found if text]
    if not named:
        return "截至目前，没有滞后任务，各单位均按时报送。"
    return "\n".join(
        f"（{numeral}）{title}{text}。" for numeral, (title, text) in zip(NUMERALS, named, strict=False)
    )


def _gap(task: TaskFigure) -> str:
    reason = next((one for one in task.reasons if one.startswith("低于序时进度")), "")
    return f"{task.title}确认进度{task.percent}，{reason}"


def _overdue(task: TaskFigure) -> str:
    due = date.fromisoformat(task.due)
    percent = "尚无确认进度" if task.percent == "—" else f"目前确认进度{task.percent}"
    return f"{task.title}应于{official_date(due)}前完成，{percent}，超期{task.overdue_days}天"


def _tardy(figures: BulletinFigures) -> str:
    late = _counted(figures.departments, "late")
    missing = _counted(figures.departments, "missing")
    word = "未报" if figures.closed else "尚未报送"
    parts = [f"{late}逾期报送" if late else "", f"{missing}{word}" if missing else ""]
    return "；".join(filter(None, parts))


def _counted(departments: Iterable[DepartmentFigure], name: str) -> str:
    return "、".join(f"{one.name}{getattr(one, name)}份" for one in departments if getattr(one, name))


def _requirements(figures: BulletinFigures) -> str:
    parts = []
    if figures.lagging:
        parts.append("请滞后任务牵头单位逐项查找原因、明确完成时间，结合下一期进展一并说明，不再另行报送。")
    if figures.missing and not figures.closed:
        parts.append("请尚未报送的单位抓紧报送，逾期将计入报送及时率。")
    parts.append("请各牵头单位对照完成时限，统筹推进各项任务，确保按期完成。")
    return "".join(parts)
