"""How a sheet is printed: A4 landscape, one page wide, what it is on top of every page, pages numbered."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sheets.xml_text import xml_safe

A4 = 9


def one_line(text: str) -> str:
    """Without line breaks and what XML forbids, as heads and titles of a file want it."""
    return " ".join(xml_safe(text).split())


def set_paper(sheet: Worksheet, head: str = "") -> None:
    """Lay a sheet out for paper; `head` is one line for the top of every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.35
    margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3
    if head:
        margins.top, margins.header = 0.7, 0.3
        sheet.oddHeader = HeaderFooterItem(
            center=_HeaderFooterPart(text=one_line(head).replace("&", "&&"), size=12)
        )
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
