"""The sentences of the notices. They follow from the facts alone, so that equal facts give equal words.

The day of writing is never named ("3 days left" would be wrong by the time a mail is opened).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notices.rules import Facts, Owed, Unsigned

STATE_WORDS = {"expected": "未填报", "draft": "草稿未提交", "returned": "退回待改"}
MOST_ITEMS = 40
ON_TIME = "截止日期当日24时前提交为按时，此后提交按逾期计；"


def one_line(text: str, length: int = 200) -> str:
    """Without line breaks and other white space that a mail header must not hold, cut to `length`."""
    return " ".join(text.split())[:length]


def zh_day(facts: Facts, day: date) -> str:
    """12月15日, with the year when it is not the period's own."""
    year = "" if day.year == facts.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def digest(facts: Facts, kind: str, items: Sequence[Owed], day: date) -> tuple[str, str]:
    """Title and body of what one person still has to file; `day` is the slot it stands for."""
    count = f"还有{len(items)}份未提交"
    ahead = sorted({item.deadline for item in items if item.deadline >= day})
    if kind == "overdue" or not ahead:
        title = f"{facts.name}进展报告已过截止日期，{count}"
    elif kind == "opened":
        title = f"{facts.name}进展报告开始填报，{_first(facts, ahead)}截止"
    else:
        title = f"{facts.name}进展报告{_first(facts, ahead)}截止，{count}"
    last = max(facts.last_day(item) for item in items)
    rule = "" if all(item.returned_at for item in items) else ON_TIME
    rule += f"{zh_day(facts, last)}后不能提交。"
    return title, _letter(facts, "请填报以下进展报告：", _by_department(facts, items), rule)


def _first(facts: Facts, days: Sequence[date]) -> str:
    """The earliest of several deadlines, named as such when others are later (a return sets its own)."""
    return f"{'最早' if len(days) > 1 else ''}{zh_day(facts, days[0])}"


def returned(facts: Facts, item: Owed) -> tuple[str, str]:
    """Title and body of one report that came back, or was opened again."""
    again = item.state == "returned"
    title = f"{item.task}：进展报告{'退回修改' if again else '重新开放填报'}"
    by = f"（{item.returned_by}）" if item.returned_by else ""
    reason = f"{'退回意见' if again else '说明'}{by}：{item.return_reason}"
    until = f"请于{zh_day(facts, item.revise_by or facts.last_day(item))}24时前提交。"
    return title, _letter(facts, f"{facts.bodies[item.department].name}：{item.task}", [reason], until)


def unsigned(facts: Facts, items: Sequence[Unsigned]) -> tuple[str, str]:
    """Title and body of what waits for one head's sign-off."""
    lines = [
        f"　{facts.bodies[item.department].name}：{item.task}，{zh_day(facts, item.submitted_on)}提交"
        for item in items[:MOST_ITEMS]
    ]
    if len(items) > MOST_ITEMS:
        lines.append(f"　另有{len(items) - MOST_ITEMS}份未列出，请登录系统查看。")
    title = f"{facts.name}进展报告有{len(items)}份待审签"
    return title, _letter(facts, "以下进展报告等您审签：", lines, "审签后送医改办审核。")


def to_head(facts: Facts, items: Sequence[Owed]) -> tuple[str, str]:
    """Title and body for the head of departments that did not file."""
    title = f"{facts.name}进展报告逾期未提交{len(items)}份"
    head = "贵单位以下进展报告到期仍未提交："
    return title, _letter(facts, head, _by_department(facts, items), "请督促办理，或与医改办联系。")


def to_office(facts: Facts, late: Sequence[Owed], unmanned: Sequence[Owed]) -> tuple[str, str]:
    """Title and body for the coordinators: who did not file, and who has nobody to file."""
    parts, lines = [], []
    if late:
        parts.append(f"{len({item.department for item in late})}个单位逾期未提交")
        lines += ["以下进展报告到期仍未提交：", *_by_department(facts, late)]
    if unmanned:
        names = list(dict.fromkeys(facts.bodies[item.department].name for item in unmanned))
        parts.append(f"{len(names)}个单位没有填报员")
        lines += [f"以下单位没有填报员，收不到提醒：{'、'.join(names)}。", "请在“人员”中登记。"]
    return f"{facts.name}进展报告：{'，'.join(parts)}", _letter(facts, "", lines, "")


def urged(facts: Facts, text: str, items: Sequence[Owed]) -> tuple[str, str]:
    """Title and body of a coordinator's urge."""
    title = f"催办：{facts.name}进展报告还有{len(items)}份未提交"
    return title, _letter(facts, text, _by_department(facts, items), "")


def _by_department(facts: Facts, items: Iterable[Owed]) -> list[str]:
    """The reports under their departments, in the order given; a very long list is cut and says so."""
    lines: list[str] = []
    department = None
    ordered = sorted(items, key=lambda item: item.department)
    for item in ordered[:MOST_ITEMS]:
        if item.department != department:
            department = item.department
            lines.append(facts.bodies[department].name)
        lines.append(f"　{item.task}，{zh_day(facts, item.deadline)}截止，{STATE_WORDS[item.state]}")
    rest = len(ordered) - MOST_ITEMS
    return [*lines, f"　另有{rest}份未列出，请登录系统查看。"] if rest > 0 else lines


def _letter(facts: Facts, opening: str, lines: Iterable[str], closing: str) -> str:
    return "\n".join(part for part in (f"台账：{facts.ledger_name}", opening, *lines, closing) if part)
