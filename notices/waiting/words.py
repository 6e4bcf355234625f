"""The sentences of what waits. They follow from the matters alone; the day of writing is never named."""

from collections.abc import Sequence
from datetime import date

from notices.models import Notice
from notices.waiting.rules import Digest, Matter, Sort
from notices.words import MOST_ITEMS

Kind = Notice.Kind
_OPENING = {
    Kind.REQUEST: "以下申请等您办理：",
    Kind.ANSWER: "您提出的申请已有结果：",
    Kind.CONTRIBUTION: "牵头单位请贵单位提供配合情况：",
    Kind.FINDING: "检查发现的以下问题需要办理：",
    Kind.CORRECTION: "以下已确认的报告申请更正，请重新开放或者说明不同意的理由：",
}
_COUNTED = {
    Sort.SIGN: "件延期、销号申请待审签",
    Sort.DECIDE: "件延期、销号申请待审核",
    Sort.ANSWER: "件申请已有结果",
    Sort.GIVE: "项配合情况待提供",
    Sort.RECTIFY: "个检查发现的问题待整改",
    Sort.OVERDUE: "个检查发现的问题逾期未整改",
    Sort.VERIFY: "个问题的整改情况待核实",
    Sort.CORRECT: "份报告申请更正待办理",
}


def letter(digest: Digest) -> tuple[str, str]:
    """Title and body of a digest."""
    matters = digest.matters
    lines = [f"台账：{digest.book.name}", _OPENING[digest.kind]]
    lines += [f"　{_line(one)}" for one in matters[:MOST_ITEMS]]
    if len(matters) > MOST_ITEMS:
        lines.append(f"　另有{len(matters) - MOST_ITEMS}项未列出，请登录系统查看。")
    return _title(matters), "\n".join(lines)


def _title(matters: Sequence[Matter]) -> str:
    if len(matters) == 1 and matters[0].sort is Sort.ANSWER:
        return f"{matters[0].task}：{matters[0].text.partition('。')[0]}"
    sorts = [one.sort for one in matters]
    counts = "，".join(f"{sorts.count(sort)}{_COUNTED[sort]}" for sort in dict.fromkeys(sorts))
    days = sorted({one.day for one in matters if one.day and one.sort in (Sort.GIVE, Sort.RECTIFY)})
    if not days:
        return f"有{counts}"
    return f"有{counts}，{'最早' if len(days) > 1 else ''}{_day(days[0], matters[0].since)}前"


def _line(matter: Matter) -> str:
    since, day = _day(matter.since, matter.since), _day(matter.day or matter.since, matter.since)
    match matter.sort:
        case Sort.SIGN | Sort.DECIDE | Sort.CORRECT:
            return f"{matter.department}：{matter.task}，{matter.text}，{since}提出"
        case Sort.ANSWER:
            return f"{matter.task}：{matter.text}"
        case Sort.GIVE:
            wanted = f"，内容：{matter.text}" if matter.text else ""
            return f"{matter.department}：{matter.task}，请于{day}前提供{wanted}"
        case Sort.VERIFY:
            return f"{matter.department}：{matter.task}，{since}报来整改情况，问题：{matter.text}"
        case _:
            late = "逾期未整改，" if matter.sort is Sort.OVERDUE else ""
            return f"{matter.department}：{matter.task}，{late}整改期限{day}，问题：{matter.text}"


def _day(day: date, beside: date) -> str:
    """12月15日, with the year when it is not that of the day beside it."""
    year = "" if day.year == beside.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
