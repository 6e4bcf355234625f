"""The page of GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters, numbered outside.

Lengths are millimetres from the standard; points and twentieths of a point are what the file wants.
"""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.shared import Mm

from reports.circular.styles import ALIASES

LINES, CHARACTERS = 22, 28
TYPE_WIDTH_MM, TYPE_HEIGHT_MM = 156, 225
TYPE_WIDTH = 8844  # 156 mm in twentieths of a point
LINE_PITCH = 579  # 225 mm / 22 = 28.99 points; a hair less, so that the 22nd line is never lost


def set_page(document: Document) -> None:
    """Paper, margins, grid and page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(15)
    # the dash stands 7 mm under the type area: 35 - 7, less half of the number's own line
    section.footer_distance = Mm(25)
    _set_grid(section)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "页码单页")
    _number(section.even_page_footer, "页码双页")
    _set_substitutes(document)
    _set_program(document)


def _set_grid(section: Section) -> None:
    """Lines only: 28 characters come from the styles' own spacing.

    A grid of characters narrower than the type is read differently by different programs: one sets each
    character in two cells of it.
    """
    properties = section._sectPr  # the library has no property for the document grid
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{LINE_PITCH}"/>'))


def _number(footer: _Footer, style: str) -> None:
    """— 1 —, the number being a field."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = style
    paragraph.add_run("— ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(" —")


def _set_substitutes(document: Document) -> None:
    """Name the common font that stands in for each official one where that is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ALIASES.items()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    # the library offers no way to write a part that it only carries along
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def _set_program(document: Document) -> None:
    """Chinese as the language of East Asian text, and no compatibility mode of an older program."""
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
