"""Paragraphs and tables of the body and of the attachments."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from reports.circular.content import Block, Paragraph, Table
from reports.circular.lines import char_width
from reports.circular.page import TYPE_WIDTH
from reports.circular.styles import LEAD_STYLE, indents
from sheets.xml_text import xml_safe

_CELL_MARGIN = 57  # twentieths of a point on either side, as in the style of tables


_SIZES = (12.0, 10.5, 9.0)
_LONG = 9.0  # characters from which on a text may well take a second line


def add_text(document: Document, text: str, style: str) -> WordParagraph:
    """One paragraph in this style."""
    return document.add_paragraph(xml_safe(text), style=style)


def set_indent(paragraph: WordParagraph, *, first: float = 0, left: float = 0, right: float = 0) -> None:
    """Indents in characters of the grid, in place of the style's own; a negative `first` hangs."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # the library counts no characters
    for name, value in indents(first, left, right).items():
        indent.set(qn(f"w:{name}"), value)


def add_block(document: Document, block: Block) -> None:
    """A paragraph or a table, whichever it is."""
    if isinstance(block, Table):
        add_table(document, block)
    else:
        add_paragraph(document, block)


def add_paragraph(document: Document, paragraph: Paragraph) -> None:
    """The lead sentence in 楷体, then the text; each further line is a paragraph of its own."""
    first, *others = xml_safe(paragraph.text).split("\n")
    written = document.add_paragraph(style="公文正文")
    if paragraph.lead:
        written.add_run(xml_safe(paragraph.lead), style=LEAD_STYLE)
    written.add_run(first)
    for line in filter(str.strip, others):
        add_text(document, line, "公文正文")


def add_table(document: Document, table: Table) -> WordTable:
    """A ruled table of the full width whose header is repeated on every page; no row is torn apart."""
    widths = twip_widths(table)
    written: WordTable = document.add_table(rows=1 + len(table.rows), cols=len(widths))
    _set_table_properties(written, widths)
    size = type_size(table)
    lefts = [_is_long(table, at, width, size) for at, width in enumerate(widths)]
    for at, (row, texts) in enumerate(zip(written.rows, (table.header, *table.rows), strict=True)):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if at == 0:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell, text, width, left in zip(row.cells, texts, widths, lefts, strict=True):
            _fill(cell, text, width, size, style="表头文字" if at == 0 else "表格文字", left=left and at > 0)
    return written


def type_size(table: Table) -> float:
    """小四 where the texts leave room, else 五号, else 小五: so that no page need be turned on its side."""
    wanted = sum(min(need, _LONG) for need in _needs(table))
    return next((size for size in _SIZES if wanted * size <= TYPE_WIDTH / 20), _SIZES[-1])


def _needs(table: Table) -> list[float]:
    """Characters that each column's longest text takes on one line, cell margins included.

    Figures are given a little more than half a character, since a substitute font may set them wider.
    """
    lines = (table.header, *table.rows)
    return [
        max(char_width(row[at]) + 0.1 * _figures(row[at]) for row in lines) + 1.2
        for at in range(len(lines[0]))
    ]


def _figures(text: str) -> int:
    return sum(letter.isascii() for letter in text)


def twip_widths(table: Table) -> list[int]:
    """The width of each column in twentieths of a point, adding to exactly that of the type area."""
    parts = table.widths or _natural_widths(table)
    widths = [int(TYPE_WIDTH * part / sum(parts)) for part in parts]
    widths[-1] += TYPE_WIDTH - sum(widths)
    return widths


def _natural_widths(table: Table) -> list[float]:
    """Characters for each column: what its longest text needs, and when that is too much, less for the longest.

    Short columns are served first, so that a number or a date is not torn apart for the sake of long texts.
    """
    needs = _needs(table)
    room = TYPE_WIDTH / 20 / type_size(table)
    for served, need in enumerate(sorted(needs)):
        share = room / (len(needs) - served)
        if need > share:
            return [min(need, share) for need in needs]
        room -= need
    return needs


def _is_long(table: Table, at: int, width: int, size: float) -> bool:
    """Whether any text of the column needs a second line: such a column reads better from the left."""
    room = (width - 2 * _CELL_MARGIN) / 20 / size
    return any(char_width(row[at]) > room for row in table.rows)


def _fill(cell: _Cell, text: str, width: int, size: float, *, style: str, left: bool) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.width = Pt(width / 20)
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    for at, line in enumerate(xml_safe(text).split("\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = style
        run = paragraph.add_run(line)
        if size != 12:
            run.font.size = Pt(size)
            paragraph.paragraph_format.line_spacing = Pt(size * 1.5)
        if left:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _set_table_properties(table: WordTable, widths: list[int]) -> None:
    """Fixed widths and thin rules all round: the library's own styles were left out on purpose."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 34), ("left", _CELL_MARGIN), ("bottom", 34), ("right", _CELL_MARGIN))
    )
    replace_properties(
        table,
        f'<w:tblPr {nsdecls("w")}><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        widths,
    )


def replace_properties(table: WordTable, properties: str, widths: list[int]) -> None:
    """Give the table these properties (a w:tblPr) and its columns these widths in twentieths of a point."""
    element = table._tbl
    element.replace(element.tblPr, parse_xml(properties))
    for column, width in zip(element.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Pt(width / 20)
