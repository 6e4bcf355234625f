"""What a circular says, as plain data; the words are final, only their form is added."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body. `lead`, such as "（一）部分任务低于序时进度。", opens it in 楷体.

    A line feed in `text` begins a new paragraph.
    """

    text: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Table:
    """A table as wide as the type area; `widths` are shares, taken from the texts when empty.

    ValueError when a row or the widths do not have as many cells as the header.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        wanted = len(self.header)
        if not wanted or any(len(row) != wanted for row in self.rows):
            raise ValueError("every row of a table has as many cells as its header, and at least one")
        if self.widths and (len(self.widths) != wanted or min(self.widths) <= 0):
            raise ValueError("a table has one positive width for every column, or none at all")


Block = Paragraph | Table


@dataclass(frozen=True)
class CircularSection:
    """A part of the body under a first-level heading such as "一、总体情况"."""

    heading: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """附件: its name without number or closing punctuation, and what it holds. Begins on a new page."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Circular:
    """发文机关标志, 文号, 标题, 主送, 导语, 正文, 附件, 署名, 成文日期, 抄送, 印发机关, 印发日期."""

    issuer: str
    title: str
    addressees: str
    lead: str
    sections: tuple[CircularSection, ...]
    signer: str
    signed_on: date
    number: str = ""
    attachments: tuple[Attachment, ...] = ()
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
