"""Tables that have come down to lines of text: rows with | between cells, or a cell on each line."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from documents.parsing.excerpt import Excerpt, join
from documents.parsing.lines import Paragraph
from documents.parsing.markers import read_marker
from documents.parsing.script import number
from documents.parsing.tables import (
    Column,
    column_of,
    fit,
    lay,
    looks_like_limit,
    looks_like_owner,
    read_header,
)

_BAR = re.compile(r"[|│┃]")
_RULE_LINE = re.compile(r"^[|│┃+\-—=:： ]+$")
_HEADER_LIMIT = 10
#: more ways than this of putting lines together are not tried
_FOLDINGS = 500
#: the level of 1.
_ITEM_LEVEL = 3
_BARE_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}")
_BARS = ("|", "│", "┃")
_SECOND_HALF = re.compile(r"名称|单位|部门|时限|处室|科室|责任|要求")


class _Header(NamedTuple):
    """How many lines a header takes, its cells and columns, and what parts the cells: bars, blank lines, nothing."""

    lines: int
    cells: list[Excerpt]
    columns: list[Column]
    parted: str


def with_rows(found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs with every table they hold turned into rows."""
    rows = _from_cell_lines(_from_bars(found))
    tasks = any(_is_chinese(one.cells) and len(_filled(one)) > 2 for one in rows)
    return [_chapter_row(one, numbered=not tasks) for one in rows]


def _chapter_row(one: Paragraph, *, numbered: bool) -> Paragraph:
    """A row that holds nothing but a chapter's heading over all its columns is that heading.

    With ``numbered`` also 一 in one cell and the heading in the next: no task has such a number here.
    """
    filled = _filled(one)
    if numbered and len(filled) == 2 and _is_chinese(one.cells):
        return Paragraph(join(filled, glue="、"), gap=one.gap)
    marker = read_marker(filled[0].key) if len(filled) == 1 else None
    return Paragraph(filled[0], gap=one.gap) if marker and marker.level <= 2 else one


def _filled(one: Paragraph) -> list[Excerpt]:
    return [cell for cell in one.cells or () if cell]


def _is_chinese(cells: Sequence[Excerpt] | None) -> bool:
    """The first cell is the bare ordinal of a chapter."""
    return bool(cells and _BARE_ORDINAL.fullmatch(cells[0].key.strip("、. ")))


def _from_bars(found: list[Paragraph]) -> list[Paragraph]:
    """One row a line with | between the cells; lines of dashes under a header are dropped."""
    result: list[Paragraph] = []
    for one in found:
        bars = [(m.start(), m.end()) for m in _BAR.finditer(one.key)]
        if one.cells or not bars or one.key.strip() in "|│┃":
            result.append(one)
        elif _RULE_LINE.match(one.key):
            continue
        elif len(bars) >= 2 or (result and result[-1].cells):
            cells = [part.strip() for part in one.text.split(bars)]
            cells = cells[1:] if not cells[0] and one.key.strip().startswith("|") else cells
            cells = cells[:-1] if not cells[-1] and one.key.strip().endswith("|") else cells
            result.append(replace(one, cells=tuple(cells)))
        else:
            result.append(one)
    return result


def _from_cell_lines(found: list[Paragraph]) -> list[Paragraph]:
    """A cell on each line: a run of header words opens the table, numbers or the count of columns cut its rows."""
    result: list[Paragraph] = []
    place = 0
    while place < len(found):
        header = _header_at(found, place)
        if not header:
            if found[place].key.strip() not in _BARS:
                result.append(found[place])
            place += 1
            continue
        end = _table_end(found, place + header.lines)
        body = found[place + header.lines : end]
        result.append(_as_row(header.cells))
        result += [_as_row(cells) for cells in _rows(body, header.columns, header.parted)]
        place = end
    return result


def _as_row(cells: list[Excerpt]) -> Paragraph:
    return Paragraph(join(cells, glue="\t"), cells=tuple(cells))


def _header_at(found: list[Paragraph], place: int) -> _Header | None:
    """The header that begins here, its cells perhaps broken in two (牵头 / 单位)."""
    cells: list[list[Paragraph]] = []
    bars = lines = 0
    while lines < 2 * _HEADER_LIMIT and place + lines < len(found):
        one = found[place + lines]
        if one.key.strip() in _BARS:
            bars += 1
        elif one.cells:
            break
        elif _completes(cells, one):
            cells[-1].append(one)
        elif column_of(one.key) != "other" or _is_half(found[place + lines : place + lines + 2]):
            cells.append([one])
        else:
            break
        lines += 1
    heads = [join([one.text for one in cell]) for cell in cells]
    columns = read_header(heads) if len(heads) >= 3 else None
    if not columns:
        return None
    parted = "bar" if bars else "blank" if all(cell[0].gap for cell in cells[1:]) else "line"
    return _Header(lines, heads, columns, parted)


def _completes(cells: list[list[Paragraph]], one: Paragraph) -> bool:
    """The second half of a header cell: with the first it announces a column, the same or one at last."""
    if not cells or not _SECOND_HALF.fullmatch(one.key.strip()) or len(cells[-1]) > 1:
        return False
    first = cells[-1][0].key
    return column_of(first + one.key) != "other" and column_of(first) in ("other", column_of(first + one.key))


def _is_half(lines: list[Paragraph]) -> bool:
    return (
        len(lines) == 2
        and bool(_SECOND_HALF.fullmatch(lines[1].key.strip()))
        and column_of(lines[0].key + lines[1].key) != "other"
    )


def _table_end(found: list[Paragraph], start: int) -> int:
    """Up to a row that came as one, an annex, or an unnumbered long paragraph behind the last row."""
    for place in range(start, len(found)):
        if found[place].cells or re.match(r"附件\d*\s*[：:]", found[place].key):
            return place
    return len(found)


def _rows(body: list[Paragraph], columns: list[Column], parted: str) -> list[list[Excerpt]]:
    cells = _cells(body, parted)
    rows: list[list[Excerpt]] = []
    if "number" in columns or _numbers_run(cells) or _items_run(cells):
        for cell in cells:
            if _is_next_number(cell.key, rows) or _is_next_chapter(cell.key, rows) or not rows:
                rows.append([])
            rows[-1].append(cell)
    else:
        for cell in cells:
            if not rows or len(rows[-1]) == len(columns) or _closes(rows[-1], columns):
                rows.append([])
            rows[-1].append(cell)
    return [part for row in rows for part in _fitted(row, columns)]


def _cells(body: list[Paragraph], parted: str) -> list[Excerpt]:
    """The lines put together to cells where bars or blank lines part them."""
    cells: list[list[Excerpt]] = []
    fresh = True
    for one in body:
        if one.key.strip() in _BARS:
            fresh = True
            continue
        if fresh or parted == "line" or (parted == "blank" and one.gap) or not cells:
            cells.append([])
        fresh = False
        cells[-1].append(one.text)
    return [join(lines, glue="\n") for lines in cells]


def _numbers_run(cells: list[Excerpt]) -> bool:
    """A number column without a header of its own: 1, 2, 3 stand among the cells."""
    numbers = [cell.key for cell in cells if cell.key.isdecimal()]
    return len(numbers) >= 2 and numbers[:2] == ["1", "2"]


def _items_run(cells: list[Excerpt]) -> bool:
    """The number stands before the words in one cell: 1.建设……, 2.改造……."""
    values = [value for cell in cells if (value := _item_value(cell.key))]
    return len(values) >= 2 and values == list(range(values[0], values[0] + len(values)))


def _is_next_number(key: str, rows: list[list[Excerpt]]) -> bool:
    own = _number_of(key)
    last = next((value for row in reversed(rows) if (value := _number_of(row[0].key))), None)
    return own is not None and (last is None or own == last + 1)


def _number_of(key: str) -> int | None:
    """The number in a cell of its own, or before the words of the task."""
    own = key.strip(".、 ")
    return int(own) if own.isdecimal() else _item_value(key)


def _item_value(key: str) -> int | None:
    marker = read_marker(key)
    return marker.value if marker and marker.level == _ITEM_LEVEL else None


def _is_next_chapter(key: str, rows: list[list[Excerpt]]) -> bool:
    """一 in a cell of its own, or 一、 with the heading: the next of those before it."""
    last = next((value for row in reversed(rows) if (value := _chapter_value(row[0].key))), 0)
    return _chapter_value(key) == last + 1


def _chapter_value(key: str) -> int:
    marker = read_marker(key)
    if marker and marker.level == 1:
        return marker.value
    bare = key.strip("、. ")
    return (number(bare) or 0) if _BARE_ORDINAL.fullmatch(bare) else 0


def _closes(row: list[Excerpt], columns: list[Column]) -> bool:
    """The last column is the time limit and the row has it."""
    return columns[-1] == "time" and len(row) >= 2 and looks_like_limit(row[-1].key)


def _fitted(row: list[Excerpt], columns: list[Column]) -> list[list[Excerpt]]:
    """A row of as many cells as columns; more lines than columns are lines of the same cell."""
    if row and row[0].key.isdecimal() and "number" not in columns:
        columns = ["number", *columns]
    if len(row) == len(columns) and _sits_badly(row, columns):
        row = _folded(row, columns, len(columns) - 1)
    if len(row) <= len(columns):
        laid = dict(zip(lay(row, columns)[1], row, strict=False)) if len(row) < len(columns) else {}
        return [[laid.get(column, row[0].cut(0, 0)) for column in columns]] if laid else [row]
    return [_folded(row, columns, len(columns))]


def _sits_badly(row: list[Excerpt], columns: list[Column]) -> bool:
    """A body where the text of the task should be: a cell is missing and another has two lines."""
    return any(
        column == "body" and looks_like_owner(cell.key) for column, cell in zip(columns, row, strict=True)
    )


def _folded(row: list[Excerpt], columns: list[Column], count: int) -> list[Excerpt]:
    """Lines beyond ``count`` join the cell before them when they are of its kind.

    From the right: where it is open whose line it is, it is rather one more department in support than a lead.
    """
    best = _best_folding(row, columns) if count == len(columns) else None
    cells = best or list(row)
    while len(cells) > count:
        place = next(
            (i for i in range(len(cells) - 1, 0, -1) if _same_kind(cells[i - 1].key, cells[i].key)),
            len(cells) - 1,
        )
        cells[place - 1 : place + 1] = [join(cells[place - 1 : place + 1], glue="\n")]
    return cells


def _best_folding(row: list[Excerpt], columns: list[Column]) -> list[Excerpt] | None:
    """The way of putting the lines together in which every line suits its column.

    Of several, the one that leaves more lines to the later columns: rather one more in support than a lead.
    """
    if math.comb(len(row) - 1, len(columns) - 1) > _FOLDINGS:
        return None
    found: list[list[Excerpt]] = []
    for edges in itertools.combinations(range(1, len(row)), len(columns) - 1):
        cells = [join(row[a:b], glue="\n") for a, b in itertools.pairwise([0, *edges, len(row)])]
        if all(fit(column, cell.key) > 0 for column, cell in zip(columns, cells, strict=True)):
            found.append(cells)
    return found[0] if found else None


def _same_kind(before: str, after: str) -> bool:
    last = before.split("\n")[-1]
    if last.isdecimal() or looks_like_limit(after):
        return False
    return looks_like_owner(last) == looks_like_owner(after) and not read_marker(after)
