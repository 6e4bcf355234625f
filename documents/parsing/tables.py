"""Tables of tasks: which column is what, rows with fewer cells than the header, one task a row.

A row with fewer cells has lost those of merged cells and is shifted left: its cells are laid on the columns
they fit best, and what is missing is taken from the row above.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from documents.parsing.deadlines import is_time
from documents.parsing.excerpt import NOTHING, Excerpt
from documents.parsing.markers import chinese, read_marker
from documents.parsing.names import begins_as_work, is_open, is_strong
from documents.parsing.roles import SIGNAL, Role
from documents.parsing.script import squeeze

Column = Literal[
    "number", "section", "task", "body", "lead", "plain", "shared", "part", "person", "time", "note", "other"
]
_HEADERS: tuple[tuple[Column, str], ...] = (
    ("number", r"序\s*号|编\s*号|序|项\s*次|行\s*次|No\.?"),
    ("person", r".*(?:领导|责任人|联系人|负责人|电话|处室负责)"),
    ("time", r".*(?:时限|期限|时间|节点|进度要求|时间安排|进度|日期)(?:要求|安排)?"),
    ("part", r".*(?:配合|参与|参加|协助|协办|支持|指导)(?:责任)?(?:单位|部门|科室|处室|股室|机构)?"),
    ("lead", r".*牵头.*|.*主办.*|主责.*|(?:发起|组织|主导)(?:单位|部门)"),
    ("shared", r"(?:协同责任|共同责任|落实|其他责任).*(?:单位|部门)"),
    (
        "plain",
        r".*(?:责任|负责|承办|实施|主管|承担).*(?:单位|部门|科室|处室|股室|主体|机构|分工)|责任分工|部门分工|任务分工|分工",
    ),
    (
        "section",
        r"类\s*别|领\s*域|分\s*类|板\s*块|专\s*项|一级任务|一级指标|方面|改革领域|工作类别|任务类别|章节|重点领域",
    ),
    ("task", r".*(?:任务|事项|项目|举措|名称|工作|内容|目标|要点|文件|措施|成果)(?:名称|内容)?"),
    ("note", r"备\s*注|说\s*明|完成情况|进展.*"),
)
OWNERS: tuple[Role, ...] = ("lead", "plain", "shared", "part")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[、，][\u4e00-\u9fff]{2,4})*")
_NOBODY = re.compile(r"无|暂无|[-—－/\\]+")
_COLUMN_LIMIT = 9
#: how the last row of a table begins when it holds no task
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|备\s*注|填表人|填报人|审核人|说明")
#: so many different words in the column of sections are no sections
_SECTIONS = 30
#: the levels of 1. and （1）
_NUMBERED = (3, 4)
#: a row without its task is no row, however well its cells would fit elsewhere
_TASK_WEIGHT = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a table with its cells by column.

    ``shifted`` when its owners are those of the row above; ``continued`` when it stands under that row's number.
    ``given`` is the ordinal of its section where the column of sections has none: 能源, 工业.
    """

    number: Excerpt
    section: Excerpt
    title: Excerpt
    body: Excerpt
    owners: tuple[tuple[Role, Excerpt], ...]
    limit: Excerpt
    shifted: bool = False
    continued: bool = False
    given: str = ""

    @property
    def ordinal(self) -> str:
        """The number of the section in the row's own cell, printed or given."""
        marker = read_marker(self.section.key) if self.section else None
        printed = marker and marker.level == 1
        return self.section.cut(marker.start, marker.stop).text if marker and printed else self.given

    @property
    def section_title(self) -> Excerpt:
        """The words of the section's cell without its number."""
        marker = read_marker(self.section.key)
        return self.section.cut(marker.end).strip() if marker else self.section.strip()


def column_of(key: str) -> Column:
    """What a header cell announces; other when it announces nothing known."""
    key = re.sub(r"\s+", "", key)
    if not key or len(key) > 16:
        return "other"
    return next((column for column, words in _HEADERS if re.fullmatch(words, key)), "other")


def read_header(cells: Sequence[Excerpt]) -> list[Column] | None:
    """The columns of a header row, or None when the row is none."""
    columns = [column_of(cell.key) for cell in cells]
    known = [c for c in columns if c != "other"]
    owned = any(c in OWNERS or c == "time" for c in columns)
    placed = any(c in ("task", "number", "section") for c in columns)
    if any(len(cell.key) > 20 for cell in cells) or len(known) < 2 or not owned or not placed:
        return None
    return _several_tasks(columns)


def _several_tasks(columns: list[Column]) -> list[Column]:
    """Of several task columns the first is the title, the next its text; a third goes with the text."""
    seen = False
    result: list[Column] = []
    for column in columns:
        result.append("body" if column == "task" and seen else column)
        seen = seen or column == "task"
    return result


def read_rows(rows: Sequence[Sequence[Excerpt]]) -> list[Row | None]:
    """One entry for each given row: the task it holds, or None for headers and what stands before them."""
    columns: list[Column] | None = None
    above: Row | None = None
    found: list[Row | None] = []
    for cells in rows:
        header = read_header([cell for cell in cells if cell])
        if header:
            columns = read_header(list(cells)) or header
            above = None
            found.append(None)
            continue
        counted = _TOTAL.fullmatch(next((cell.key for cell in cells if cell), "").strip("： "))
        row = _row(list(cells), columns, above) if columns and any(cells) and not counted else None
        above = row or above
        found.append(row if row and row.title else None)
    return _with_ordinals(found)


def _with_ordinals(rows: list[Row | None]) -> list[Row | None]:
    """Sections named without numbers are counted in the order in which they come."""
    named = [squeeze(row.section.key) for row in rows if row and row.section]
    ordinals = {name: chinese(place) for place, name in enumerate(dict.fromkeys(named), 1)}
    if len(ordinals) == len(named) or any(map(read_marker, ordinals)) or len(ordinals) > _SECTIONS:
        return rows
    return [replace(row, given=ordinals.get(squeeze(row.section.key), "")) if row else None for row in rows]


def _row(cells: list[Excerpt], columns: list[Column], above: Row | None) -> Row:
    cells, laid = lay(cells, columns)
    by: dict[Column, Excerpt] = {}
    owners: list[tuple[Role, Excerpt]] = []
    for column, cell in zip(laid, cells, strict=False):
        if cell and column in OWNERS:
            owners += [(role, cell) for role in OWNERS if role == column]
        elif cell:
            by.setdefault(column, cell)
    merged = not owners and above is not None and bool(above.owners)
    if merged and above:
        owners = list(above.owners)
    section = by.get("section") or (above.section if above else NOTHING)
    number = by.get("number", NOTHING)
    title, body = by.get("task", NOTHING), by.get("body", NOTHING)
    if not title:
        title, body = body, NOTHING
    marker = None if number else read_marker(title.key)
    if marker and marker.level in _NUMBERED and title.cut(marker.end):
        number, title = title.cut(marker.start, marker.stop), title.cut(marker.end)
    continued = not number and above is not None and bool(above.number or above.continued)
    return Row(number, section, title, body, tuple(owners), by.get("time", NOTHING), merged, continued)


def lay(cells: list[Excerpt], columns: list[Column]) -> tuple[list[Excerpt], list[Column]]:
    """The cells and the column of each: as they stand when the counts agree, else where they fit best."""
    while len(cells) > len(columns) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) == len(columns) or len(columns) > _COLUMN_LIMIT:
        return cells, columns
    if len(cells) > len(columns):
        lead_in: list[Column] = ["number"] if cells[0].key.strip(".、").isdecimal() else ["section"]
        return cells, [*lead_in, *columns] if "number" not in columns else columns
    choices = itertools.combinations(range(len(columns)), len(cells))
    best = max(
        choices,
        key=lambda chosen: (
            sum(_fit(columns[c], cell.key) for c, cell in zip(chosen, cells, strict=True))
            + _TASK_WEIGHT * any(columns[c] == "task" for c in chosen)
        ),
    )
    return cells, [columns[c] for c in best]


def fit(column: Column, cell: str) -> int:
    """How well the lines of a cell sit in a column: as well as the worst of them."""
    return min(_fit(column, line) for line in cell.split("\n"))


def _fit(column: Column, key: str) -> int:
    """How well a cell sits in a column."""
    key = re.sub(r"\s+", "", key)
    if column == "number":
        return 4 if re.fullmatch(r"\d{1,3}[.、]?|（?[一二三四五六七八九十]+）?", key) else -4
    if column == "time":
        return 3 if looks_like_limit(key) else -2
    if column in OWNERS:
        return 3 if looks_like_owner(key) else -2
    if column == "person":
        return 3 if _PERSON.fullmatch(key) and not looks_like_owner(key) else -2
    if column in ("task", "body", "section"):
        plain = not looks_like_owner(key) and not looks_like_limit(key) and not key.isdecimal()
        return (2 if column == "task" else 1) if plain else -2
    return -1


def looks_like_owner(key: str) -> bool:
    """A cell that names bodies, gives roles, or says that there is nobody."""
    if _NOBODY.fullmatch(key):
        return True
    first = re.split(r"[、，；]|(?<=[局委办厅部])\s", key.strip())[0]
    if is_strong(first) or is_open(first):
        return True
    return len(key) <= 60 and bool(SIGNAL.search(key)) and not begins_as_work(key.strip())


def looks_like_limit(key: str) -> bool:
    """A cell that gives a time."""
    return len(key) <= 30 and is_time(key)
