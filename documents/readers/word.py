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

from documents.readers.numbering import Numbering
from documents.readers.original import RawLine, UnreadableFile, bounded, row
from sheets.archives import open_archive

_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
#: deletions, what is not part of the running text, the older copy of a drawing, pronunciation above characters
_SKIPPED = {
    *(
        qn(f"w:{name}")
        for name in ("del", "moveFrom", "txbxContent", "pict", "drawing", "object", "rPr", "pPr", "rt")
    ),
    _FALLBACK,
}
_HEADING = re.compile(r"^(?:heading|标题|title)\s*\d*$", re.IGNORECASE)


def read_docx(data: bytes) -> list[RawLine]:
    """All paragraphs and table rows as they read today: tracked insertions in, deletions and hidden text out.

    A text box follows the paragraph that it hangs on; headers, footers, notes and comments are left out.
    """
    open_archive(data, "word/document.xml").close()
    try:
        document = Document(io.BytesIO(data))
        return bounded(_Body(document).lines(document.element.body))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, ParseError, etree.LxmlError) as error:
        raise UnreadableFile("文件已损坏，无法打开。请用 Word 或 WPS 重新保存后上传。") from error


class _Body:
    def __init__(self, document: DocumentType) -> None:
        self._numbering = Numbering(document)
        self._joined = ""
        self._styles = {style.style_id: style.name or "" for style in document.styles}

    def lines(self, parent: etree._Element) -> Iterator[RawLine]:
        """Lines of a body, a cell, a text box or a wrapper round them."""
        for child in parent:
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.lines(child)
        if self._joined:
            yield RawLine(self._joined.strip())
            self._joined = ""

    def _paragraph(self, paragraph: etree._Element) -> Iterator[RawLine]:
        text = self._joined + _text(paragraph)
        self._joined = ""
        if _is_marked(paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}"), "w:del"):
            # the end of the paragraph is deleted: the next one goes on with it
            self._joined = text
            return
        text = self._numbering.prefix(paragraph) + text
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = self._styles.get(style.get(qn("w:val"), ""), "") if style is not None else ""
        for piece in text.split("\n"):
            yield RawLine(piece.strip(), "heading" if _HEADING.match(name) and piece.strip() else "paragraph")
        for box in _boxes(paragraph):
            yield from self.lines(box)

    def _table(self, table: etree._Element) -> Iterator[RawLine]:
        above: dict[int, str] = {}
        for line in table.iter(_TR):
            if next(line.iterancestors(_TBL)) is not table or _is_marked(line.find(qn("w:trPr")), "w:del"):
                continue
            cells = self._cells(line, above)
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) == 1 and len(_own_cells(line)) == 1:
                yield RawLine(" ".join(filled[0].split("\n")))
            elif filled:
                yield row(cells)

    def _cells(self, line: etree._Element, above: dict[int, str]) -> list[str]:
        """Texts by grid column: a merged cell is repeated downwards, and blank to the right."""
        cells: list[str] = [""] * _before(line)
        for cell in _own_cells(line):
            properties = cell.find(qn("w:tcPr"))
            span, merge = _merge(properties)
            text = "\n".join(part.text for part in self.lines(cell) if part.text.strip())
            if merge == "continue":
                text = above.get(len(cells), text)
            above[len(cells)] = text if merge else ""
            cells += [text, *([""] * (span - 1))]
        return cells


def _is_marked(properties: etree._Element | None, tag: str) -> bool:
    return properties is not None and properties.find(qn(tag)) is not None


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false")


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes that hang on a paragraph, each once: newer files hold them in two versions."""
    return [
        box
        for box in paragraph.iter(_BOX)
        if next(box.iterancestors(_P)) is paragraph and next(box.iterancestors(_FALLBACK), None) is None
    ]


def _own_cells(line: etree._Element) -> list[etree._Element]:
    return [cell for cell in line.iter(_TC) if next(cell.iterancestors(_TR)) is line]


def _before(line: etree._Element) -> int:
    """Grid columns that a row leaves out at its beginning."""
    skipped = line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    width = skipped.get(qn("w:val"), "0") if skipped is not None else "0"
    return min(int(width), 60) if width.isdecimal() else 0


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
        if child.tag in _SKIPPED or _is_hidden(child):
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
