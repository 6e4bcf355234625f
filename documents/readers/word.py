"""Word (.docx): paragraphs and tables in their order, with automatic numbers written out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from documents.readers.archives import open_archive
from documents.readers.numbering import Numbering
from documents.readers.original import RawLine, UnreadableFile, bounded, row

_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo")}
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:txbxContent"),
    qn("w:pict"),
    qn("w:drawing"),
    qn("w:rPr"),
    qn("w:pPr"),
}
_HEADING = re.compile(r"^(?:heading|标题|title)\s*\d*$", re.IGNORECASE)


def read_docx(data: bytes) -> list[RawLine]:
    """All paragraphs and table rows; tracked deletions and text boxes are left out, insertions kept."""
    open_archive(data, "word/document.xml").close()
    try:
        document = Document(io.BytesIO(data))
        return bounded(_Body(document).lines(document.element.body))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, ParseError, etree.LxmlError) as error:
        raise UnreadableFile("文件已损坏，无法打开。请用 Word 或 WPS 重新保存后上传。") from error


class _Body:
    def __init__(self, document: DocumentType) -> None:
        self._numbering = Numbering(document)
        self._styles = {style.style_id: style.name or "" for style in document.styles}

    def lines(self, parent: etree._Element) -> Iterator[RawLine]:
        """Lines of a body, a cell or a wrapper round them."""
        for child in parent:
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.lines(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[RawLine]:
        text = self._numbering.prefix(paragraph) + _text(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = self._styles.get(style.get(qn("w:val"), ""), "") if style is not None else ""
        for piece in text.split("\n"):
            yield RawLine(piece.strip(), "heading" if _HEADING.match(name) and piece.strip() else "paragraph")

    def _table(self, table: etree._Element) -> Iterator[RawLine]:
        above: dict[int, str] = {}
        for line in table.iter(_TR):
            if next(line.iterancestors(_TBL)) is not table:
                continue
            cells = self._cells(line, above)
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) == 1 and len(_own_cells(line)) == 1:
                yield RawLine(" ".join(filled[0].split("\n")))
            elif filled:
                yield row(cells)

    def _cells(self, line: etree._Element, above: dict[int, str]) -> list[str]:
        """Texts by grid column: a merged cell is repeated downwards, and blank to the right."""
        cells: list[str] = []
        for cell in _own_cells(line):
            properties = cell.find(qn("w:tcPr"))
            span, merge = _merge(properties)
            text = "\n".join(part.text for part in self.lines(cell) if part.text.strip())
            if merge == "continue":
                text = above.get(len(cells), text)
            above[len(cells)] = text if merge else ""
            cells += [text, *([""] * (span - 1))]
        return cells


def _own_cells(line: etree._Element) -> list[etree._Element]:
    return [cell for cell in line.iter(_TC) if next(cell.iterancestors(_TR)) is line]


def _merge(properties: etree._Element | None) -> tuple[int, str]:
    """Columns spanned, and restart, continue or nothing for the vertical merge."""
    if properties is None:
        return 1, ""
    span = properties.find(qn("w:gridSpan"))
    width = span.get(qn("w:val"), "1") if span is not None else "1"
    merge = properties.find(qn("w:vMerge"))
    kind = merge.get(qn("w:val"), "continue") if merge is not None else ""
    return (min(int(width), 60) if width.isdecimal() else 1), kind


def _text(element: etree._Element) -> str:
    """The text of a paragraph as it is read today: insertions in, deletions out."""
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append(" ")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        else:
            parts.append(_text(child))
    return "".join(parts)
