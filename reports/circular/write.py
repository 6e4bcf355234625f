"""Write the 通报: the elements of GB/T 9704-2012 in their order, from 发文机关标志 to 版记."""

from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.text.run import Run

from reports.circular.blocks import add_block, add_paragraph, add_text, set_indent
from reports.circular.content import Attachment, Circular, Paragraph
from reports.circular.figures import official_date
from reports.circular.imprint import add_imprint
from reports.circular.lines import balanced, char_width
from reports.circular.page import CHARACTERS, set_page
from reports.circular.styles import PITCH, set_styles
from sheets.xml_text import xml_safe

_TITLE_LIMIT = 19.5  # characters of 22 points in 442 points
_MARK_WIDTH = 436.0  # points that 发文机关标志 may fill
_KEPT_WHOLE = CHARACTERS * 11  # half a page
_DATE_RIGHT = 4.0  # 成文日期 leaves four characters free on the right


def write_circular(circular: Circular) -> bytes:
    """The circular as the bytes of a .docx file."""
    document = docx.Document()
    set_styles(document)
    set_page(document)
    _set_properties(document, circular)
    _add_mark(document, circular)
    _add_lines(document, circular.title, "公文标题")
    _add_addressees(document, circular.addressees)
    _add_body(document, circular)
    _add_attachment_note(document, circular.attachments)
    _add_signature(document, circular)
    for at, attachment in enumerate(circular.attachments, start=1):
        _add_attachment(document, attachment, at if len(circular.attachments) > 1 else None)
    add_imprint(document, circular)
    _hint_chinese(document)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _hint_chinese(document: Document) -> None:
    """Mark every run as Chinese: the characters “ ” … — belong to both scripts, and styles alone do not decide."""
    for run in document.element.body.iter(qn("w:r")):
        fonts = run.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:hint"), "eastAsia")


def _set_properties(document: Document, circular: Circular) -> None:
    properties = document.core_properties
    properties.title = xml_safe(" ".join(circular.title.split()))[:255]
    properties.author = properties.last_modified_by = xml_safe(circular.signer)[:255]
    properties.comments = ""
    day = datetime.combine(circular.signed_on, time(), tzinfo=UTC)
    properties.created = properties.modified = day


def _add_mark(document: Document, circular: Circular) -> None:
    """发文机关标志 in red, then the number over the red rule; without a number the rule stays."""
    lines = balanced(circular.issuer, CHARACTERS)
    widest = max((char_width(line) for line in lines), default=1.0)
    size, scale = mark_type(widest)
    paragraph = add_text(document, "", "发文机关标志")
    for at, line in enumerate(lines):
        run = paragraph.add_run(xml_safe(line))
        run.font.size = Pt(size)
        _set_scale(run, scale)
        if at + 1 < len(lines):
            run.add_break(WD_BREAK.LINE)
    add_text(document, circular.number, "发文字号")


def _set_scale(run: Run, percent: int) -> None:
    """Set the run's type narrower; the schema wants the scale before the size, which is there already."""
    size = run._r.get_or_add_rPr().find(qn("w:sz"))
    if size is not None:
        size.addprevious(parse_xml(f'<w:w {nsdecls("w")} w:val="{percent}"/>'))


def mark_type(characters: float) -> tuple[float, int]:
    """Size in points and width in percent that set a 发文机关标志 of this length on one line.

    The mark must stand out over the title (22 points), so a long name is set narrower before it is set smaller.
    """
    natural = _MARK_WIDTH / max(characters, 1.0)
    size = min(max(natural, 32.0), 48.0)
    return float(int(size)), min(int(natural / int(size) * 100), 100)


def _add_lines(document: Document, text: str, style: str) -> None:
    """A title, its lines broken where words end, in one paragraph."""
    paragraph = add_text(document, "", style)
    lines = balanced(text, _TITLE_LIMIT)
    for at, line in enumerate(lines):
        run = paragraph.add_run(xml_safe(line))
        if at + 1 < len(lines):
            run.add_break(WD_BREAK.LINE)


def _add_addressees(document: Document, addressees: str) -> None:
    if addressees:
        add_text(document, addressees.rstrip("：:") + "：", "主送机关")


def _add_body(document: Document, circular: Circular) -> None:
    if circular.lead:
        add_paragraph(document, Paragraph(circular.lead))
    for section in circular.sections:
        add_text(document, section.heading, "一级标题")
        for block in section.blocks:
            add_block(document, block)
    _keep_last_with_next(document)


def _keep_last_with_next(document: Document) -> None:
    """The signature shares its page with text (7.3.5.5), or with the last row of a table that ends the text.

    A paragraph of half a page is left free: some programs move a kept paragraph whole and leave the page empty.
    """
    last = list(document.iter_inner_content())[-1]
    if isinstance(last, WordTable):
        paragraphs = [paragraph for cell in last.rows[-1].cells for paragraph in cell.paragraphs]
    else:
        paragraphs = [last] if char_width(last.text) <= _KEPT_WHOLE else []
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _add_attachment_note(document: Document, attachments: tuple[Attachment, ...]) -> None:
    """附件说明, one line under the text; names are aligned, a name's further lines too."""
    for at, attachment in enumerate(attachments, start=1):
        number = f"{at}." if len(attachments) > 1 else ""
        label = f"附件：{number}" if at == 1 else number
        paragraph = add_text(document, label + attachment.title, "附件说明")
        paragraph.paragraph_format.keep_with_next = True
        left = 5 + char_width(number)
        set_indent(paragraph, first=-char_width(label), left=left)
        if at == 1:
            paragraph.paragraph_format.space_before = Pt(PITCH)


def _add_signature(document: Document, circular: Circular) -> None:
    """署名 centred over 成文日期, which leaves four characters free on the right (7.3.5.1)."""
    day = official_date(circular.signed_on)
    from_right = _DATE_RIGHT + char_width(day) / 2
    for at, line in enumerate(balanced(circular.signer, 2 * from_right)):
        paragraph = add_text(document, line, "发文机关署名")
        set_indent(paragraph, left=CHARACTERS - 2 * from_right)
        if at == 0:
            paragraph.paragraph_format.space_before = Pt(2 * PITCH)
    add_text(document, day, "成文日期")


def _add_attachment(document: Document, attachment: Attachment, number: int | None) -> None:
    """附件 on a page of its own: 附件1 at the upper left, the title on the third line."""
    add_text(document, "附件" if number is None else f"附件{number}", "附件序号")
    _add_lines(document, attachment.title, "附件标题")
    for block in attachment.blocks:
        add_block(document, block)
