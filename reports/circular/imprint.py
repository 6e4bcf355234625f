"""版记: 抄送, 印发机关 and 印发日期 between rules, its last rule on the lower edge of the last page's type area."""

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reports.circular.blocks import add_text, replace_properties, set_indent
from reports.circular.content import Circular
from reports.circular.figures import official_date
from reports.circular.page import TYPE_WIDTH
from reports.circular.styles import CHARACTER
from sheets.xml_text import xml_safe

_THICK = 8  # 0.35 mm, in eighths of a point
_THIN = 6  # 0.25 mm
# 28 mm: measured from the paper's edge, since some programs let no table float that is as wide as the text
_LEFT = 1587


def add_imprint(document: Document, circular: Circular) -> None:
    """The imprint as a table that floats to the foot of the last page; nothing when there is nothing to say."""
    printed = bool(circular.printed_by or circular.printed_on)
    if not (circular.copies_to or printed):
        return
    add_text(document, "", "段尾")  # keeps it apart from a table that ends the last attachment
    table = document.add_table(rows=0, cols=1)
    replace_properties(table, _floating_xml(), [TYPE_WIDTH])
    if circular.copies_to:
        _add_copies(table.add_row().cells[0].paragraphs[0], circular.copies_to)
    if printed:
        _add_printed(table.add_row().cells[0].paragraphs[0], circular)
    add_text(document, "", "段尾")  # a floating table is anchored to the paragraph after it


def _floating_xml() -> str:
    edges = (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN))
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for edge, size in edges
    )
    return (
        f'<w:tblPr {nsdecls("w")}><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin"'
        f' w:horzAnchor="page" w:tblpX="{_LEFT}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{TYPE_WIDTH}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )


def _add_copies(paragraph: Paragraph, copies_to: str) -> None:
    """抄送, further lines aligned with the first name after the colon."""
    paragraph.style = "版记"
    paragraph.add_run(f"抄送：{xml_safe(copies_to).rstrip('。')}。")
    set_indent(paragraph, first=-3, left=4, right=1)


def _add_printed(paragraph: Paragraph, circular: Circular) -> None:
    """印发机关 on the left, 印发日期 on the right, one character free on either side."""
    paragraph.style = "版记"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(TYPE_WIDTH / 20 - CHARACTER), WD_TAB_ALIGNMENT.RIGHT)
    day = f"{official_date(circular.printed_on)}印发" if circular.printed_on else ""
    paragraph.add_run(f"{xml_safe(circular.printed_by)}\t{day}".rstrip("\t"))
