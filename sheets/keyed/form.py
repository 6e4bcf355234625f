"""What such a workbook consists of; its columns are declared once for the writer, the reader and the preview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

Value = str | date | int | None

HELP, HIDDEN = "填写说明", "系统标识"
YES, NO = "是", "否"
ROW_LIMIT = 2_000
CELL_LIMIT = 300_000


class Kind(Enum):
    """How a cell is written and read back."""

    TEXT = "text"
    NAMES = "names"
    CHOICE = "choice"
    DAY = "day"
    PERCENT = "percent"


@dataclass(frozen=True)
class Column:
    """One column; `locked` is shown for orientation, `optional` may be taken out or hold a formula."""

    name: str
    heading: str
    width: float
    kind: Kind = Kind.TEXT
    locked: bool = False
    optional: bool = False
    centred: bool = False


KEY = Column("key", "系统标识", 12, locked=True)


@dataclass(frozen=True)
class Form:
    """A kind of workbook: what people call it (also the name of its sheet), and its columns without the key's.

    The first column names the row.
    """

    name: str
    columns: tuple[Column, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """With the hidden one of the keys, which stands last."""
        return (*self.columns, KEY)

    @property
    def not_ours(self) -> str:
        """The sentence for a workbook without a key of this installation."""
        return (
            f"这不是本系统导出的{self.name}，或者系统标识已被删除。"
            f"请重新导出{self.name}，在导出的表上修改后上传。"
        )

    @property
    def too_large(self) -> str:
        """The sentence for a workbook that nobody could have made of ours."""
        return f"表格过大。请只保留导出的{self.name}，不超过{ROW_LIMIT}行，然后重新上传。"
