"""Tables of tasks: which column is what, merged cells, one task a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from documents.parsing.deadlines import is_time
from documents.parsing.excerpt import NOTHING, Excerpt
from documents.parsing.lines import Paragraph
from documents.parsing.names import is_strong
from documents.parsing.roles import SIGNAL, Role
from documents.parsing.script import number

Column = Literal["number", "section", "task", "body", "lead", "plain", "shared", "part", "person", "time", "note", "other"]
_HEADERS: tuple[tuple[Column, str], ...] = (
    ("number", r"序\s*号|编\s*号|序|项\s*次|行\s*次|No\.?"),
    ("person", r".*(?:领导|责任人|联系人|负责人|电话)"),
    ("time", r".*(?:时限|期限|时间|节点|进度要求|时间安排|进度)(?:要求|安排)?"),
    ("part", r".*(?:配合|参与|参加|协助|协办|支持|指导)(?:单位|部门|科室|处室|股室|机构)?"),
    ("lead", r".*牵头.*|.*主办.*|主责.*"),
    ("shared", r"(?:协同责任|共同责任|落实|其他责任).*(?:单位|部门)"),
    ("plain", r".*(?:责任|负责|承办|实施|主管|承担).*(?:单位|部门|科室|处室|股室|主体|机构|分工)|责任分工|部门分工|任务分工|分工"),
    ("section", r"类\s*别|领\s*域|分\s*类|板\s*块|专\s*项|一级任务|一级指标|方面|改革领域|工作类别|任务类别|章节"),
    ("task", r".*(?:任务|事项|项目|举措|名称|工作|内容|目标|要点|文件|措施|成果)(?:名称|内容)?"),
    ("note", r"备\s*注|说\s*明|完成情况|进展.*"),
)
_OWNERS = ("lead", "plain", "shared", "part")


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a table with its cells by column; repeated cells are the merged ones of a row above."""

    number: Excerpt
    section: Excerpt
    title: Excerpt
    body: Excerpt
    owners: tuple[tuple[Role, Excerpt], ...]
    limit: Excerpt
    shifted: bool = False


def read_header(cells: Sequence[Excerpt]) -> list[Column] | None:
    """The columns of a header row, or None when the row is none."""
    columns: list[Column] = [_column(cell.key) for cell in cells]
    known = [c for c in columns if c != "other"]
    owned = [c for c in columns if c in (*_OWNERS, "time")]
    short = all(len(cell.key) <= 16 for cell in cells)
    if not short or len(known) < 2 or not owned or not any(c in ("task", "number", "section") for c in columns):
        return None
    return _several_tasks(columns)


def _column(key: str) -> Column:
    key = re.sub(r"\s+", "", key)
    return next((column for column, words in _HEADERS if re.fullmatch(words, key)), "other")


def _several_tasks(columns: list[Column]) -> list[Column]:
    """Of several task columns the first is the title, the next ones its text."""
    seen = False
    result: list[Column] = []
    for column in columns:
        result.append("body" if column == "task" and seen else column)
        seen = seen or column == "task"
    return result


def read_rows(rows: Sequence[Paragraph]) -> list[Row]:
    """The task rows under each header; rows before any header are left alone."""
    columns: list[Column] | None = None
    found: list[Row] = []
    for one in rows:
        cells = list(one.cells or ())
        header = read_header([c for c in cells if c] if not columns else cells)
        if header:
            columns = _without_number_header(header)
        elif columns and any(cells):
            found.append(_row(cells, columns, found[-1] if found else None))
    return [row for row in found if row.title]


def _without_number_header(columns: list[Column]) -> list[Column]:
    return columns


def _row(cells: list[Excerpt], columns: list[Column], above: Row | None) -> Row:
    cells, columns, shifted = _aligned(cells, columns)
    by: dict[Column, list[Excerpt]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if cell:
            by.setdefault(column, []).append(cell)
    first = {c: found[0] for c, found in by.items()}
    owners: list[tuple[Role, Excerpt]] = []
    for column, cell in zip(columns, cells, strict=False):
        if cell and (column == "lead" or column == "plain" or column == "shared" or column == "part"):
            owners.append((column, cell))
    section = first.get("section", NOTHING) or (above.section if above else NOTHING)
    if not owners and above and not any(c in columns and cells[columns.index(c)] for c in _OWNERS if c in columns and columns.index(c) < len(cells)):
        owners = list(above.owners) if shifted or len(cells) < len(columns) else []
    body = by.get("body", [])
    return Row(
        number=first.get("number", NOTHING),
        section=section,
        title=first.get("task", NOTHING) or (body[0] if body else NOTHING),
        body=body[0] if body and "task" in first else NOTHING,
        owners=tuple(owners),
        limit=first.get("time", NOTHING),
        shifted=shifted,
    )


def _aligned(cells: list[Excerpt], columns: list[Column]) -> tuple[list[Excerpt], list[Column], bool]:
    """Fit a row to the columns: an unheaded number column, or cells shifted left under a merged one."""
    if len(cells) == len(columns) + 1 and number(cells[0].key) is not None and "number" not in columns:
        return cells, ["number", *columns], False
    while len(cells) > len(columns) and not cells[-1]:
        cells = cells[:-1]
    lacking = len(columns) - len(cells)
    lead_in = [c for c in columns[: max(0, lacking)] if c in ("number", "section")]
    starts_with_number = bool(cells) and number(cells[0].key.strip(".、")) is not None
    if lacking > 0 and len(lead_in) == lacking and not starts_with_number:
        return cells, columns[lacking:], True
    if lacking > 0 and starts_with_number and columns[0] == "section":
        return cells, columns[1:], True
    return cells, columns, False


def looks_like_owner(key: str) -> bool:
    """A cell that names bodies or gives roles."""
    return is_strong(key) or bool(SIGNAL.search(key))


def looks_like_limit(key: str) -> bool:
    """A cell that gives a time."""
    return len(key) <= 30 and is_time(key)
