"""One row that came back: whose it is, and what in it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheets.books import CellError
from sheets.cells import TEXT_LIMIT, text_for_cell
from sheets.keyed.form import Form, Value
from sheets.keyed.read import KeyedRow

_TRUNCATED = "原文超过一格能容纳的长度，导出时已截断，请在页面上修改这一项。"


class BadCells(Exception):
    """A row that cannot be taken: pairs of a column's name and what is expected there."""

    def __init__(self, *cells: tuple[str, str]) -> None:
        super().__init__(cells)
        self.cells = cells

    def errors(self, row: KeyedRow, form: Form) -> list[CellError]:
        """The same by cell, each with what stands there."""
        headings = {one.name: one.heading for one in form.columns}
        return [
            CellError(row.number, headings[name], text_of(row.values.get(name)), expected)
            for name, expected in self.cells
        ]


@dataclass
class Claims:
    """Which row each key stands in; `advice` is what to do instead of copying rows."""

    form: Form
    advice: str = ""
    rows: dict[int, int] = field(default_factory=dict)

    def foreign(self) -> BadCells:
        """The refusal of a row whose key was not written into this workbook."""
        return BadCells((self.form.columns[0].name, f"这一行不是从这份{self.form.name}导出的。{self.advice}"))

    def claim(self, row: KeyedRow, key: int, ref: str) -> None:
        """Take the key for this row; a copied or shifted one is refused with BadCells."""
        name = self.form.columns[0]
        if first := self.rows.get(key):
            raise BadCells((name.name, f"与第{first}行是同一项任务，是复制来的行。{self.advice}"))
        self.rows[key] = row.number
        if row.values.get(name.name) != text_for_cell(ref).strip():
            raise BadCells((name.name, f"应为“{ref}”。{name.heading}不能修改；如果排过序，请选中整行再排。"))


def same_text(exported: str, given: str) -> bool:
    """Whether a cell says what was exported; office programs drop blanks at the ends of lines."""
    return plain_text(text_for_cell(exported)) == plain_text(given)


def refuse_cut(exported: dict[str, str]) -> None:
    """Refuse changes of texts that did not fit into their cells: their ends would be lost."""
    if cut := [name for name, text in exported.items() if len(text) > TEXT_LIMIT]:
        raise BadCells(*((name, _TRUNCATED) for name in cut))


def text_of(value: Value) -> str:
    """A cell's value as an error names it."""
    return "" if value is None else str(value)


def plain_text(text: str) -> str:
    """A text without what office programs may add or drop: blanks at the ends of its lines and around it."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
