"""From a stored circular to the plain data that the Word writer and the preview take.

The widths of each table are shares of 100, so that the preview can use them as they are.
"""

from __future__ import annotations

import re

from reports.bulletin_figures import BulletinFigures, DepartmentFigure, TaskFigure
from reports.bulletin_names import issuer_of
from reports.bulletin_text import HEADINGS, NUMERALS
from reports.circular import Attachment, Circular, CircularSection, Paragraph, Table
from reports.models import Bulletin

_POINT = re.compile(r"^(（[一二三四五六七八九十]+）[^。]*。)(.*)$")
DETAILS = "任务进展明细表"
LAGGING = "滞后任务清单"


def circular_of(bulletin: Bulletin) -> Circular:
    """The circular as it would be issued now: texts from `content`, numbers from the frozen `figures`."""
    figures = BulletinFigures.from_json(bulletin.figures)
    issuer = issuer_of(bulletin.jurisdiction)
    return Circular(
        issuer=issuer,
        number=bulletin.number,
        title=bulletin.title,
        addressees=bulletin.addressees,
        lead=bulletin.content["texts"]["lead"],
        sections=_sections(bulletin.content["texts"], figures),
        attachments=attachments_of(figures),
        signer=issuer,
        signed_on=bulletin.dated,
        copies_to=bulletin.copies_to,
        printed_by=f"{bulletin.jurisdiction.name}医改办",
        printed_on=bulletin.dated,
    )


def attachments_of(figures: BulletinFigures) -> tuple[Attachment, ...]:
    """附件: all tasks; the lagging ones only where there are any."""
    details = Attachment(DETAILS, (_details(figures.tasks),))
    if not figures.lagging:
        return (details,)
    return details, Attachment(LAGGING, (_lagging(figures.lagging),))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """One paragraph a line; "（一）……。" at the start of a line is set apart as its lead."""
    return tuple(_paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _sections(texts: dict[str, str], figures: BulletinFigures) -> tuple[CircularSection, ...]:
    found = []
    said = [(key, heading) for key, heading in HEADINGS.items() if texts.get(key, "").strip()]
    for numeral, (key, heading) in zip(NUMERALS, said, strict=False):
        blocks: tuple[Paragraph | Table, ...] = paragraphs(texts[key])
        if key == "departments" and figures.departments:
            blocks = (*blocks, _departments(figures.departments, closed=figures.closed))
        found.append(CircularSection(f"{numeral}、{heading}", blocks))
    return tuple(found)


def _paragraph(line: str) -> Paragraph:
    match = _POINT.match(line)
    return Paragraph(match[2], lead=match[1]) if match else Paragraph(line)


def _departments(lines: list[DepartmentFigure], *, closed: bool) -> Table:
    header = (
        "单位",
        "牵头数",
        "应报",
        "按时",
        "逾期",
        "未报" if closed else "尚未报送",
        "报送及时率",
        "滞后任务",
    )
    rows = tuple(
        (
            one.name,
            str(one.leads),
            str(one.expected),
            str(one.on_time),
            str(one.late),
            str(one.missing),
            one.rate,
            str(one.red),
        )
        for one in lines
    )
    return Table(header, rows, (22, 11, 9, 9, 9, 13, 15, 12))


def _details(tasks: list[TaskFigure]) -> Table:
    header = ("序号", "任务", "牵头单位", "完成时限", "确认进度", "应达", "状态及原因")
    rows = tuple(
        (
            one.number,
            one.title,
            one.leads,
            one.due,
            one.percent,
            one.expected,
            "：".join(filter(None, (one.word, "；".join(one.reasons)))),
        )
        for one in tasks
    )
    return Table(header, rows, (13, 17, 15, 14, 10, 9, 22))


def _lagging(tasks: list[TaskFigure]) -> Table:
    header = ("序号", "任务", "牵头单位", "完成时限", "滞后情况", "存在问题", "下一步措施")
    rows = tuple(
        (
            one.number,
            one.title,
            one.leads,
            one.due,
            "；".join(one.reasons),
            one.problems or "—",
            one.next_steps or "—",
        )
        for one in tasks
    )
    return Table(header, rows, (13, 15, 14, 14, 16, 14, 14))
