"""Automatic numbers of Word: they stand in numbering.xml, not in the text, and are written out here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from lxml import etree

_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographTraditional",
    "chineseLegalSimplified",
    "koreanCounting",
    "ideographDigital",
    "japaneseDigitalTenThousand",
}
_SILENT = {"none", "bullet"}


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


def chinese(value: int) -> str:
    """一, 十, 十二, 二十三, 一百零五."""
    if value <= 0 or value > 999:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _written(value: int, form: str) -> str:
    if form in _CHINESE:
        return chinese(value)
    if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= value <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + value - 1)
    return str(value)


class Numbering:
    """Counts through a document, paragraph by paragraph."""

    def __init__(self, document: DocumentType) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read(part.element)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.iterfind(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"), "")
            for level in abstract.iterfind(qn("w:lvl")):
                self._levels[key, _int(level.get(qn("w:ilvl")))] = _Level(
                    _val(level, "w:numFmt", "decimal"),
                    _val(level, "w:lvlText", ""),
                    _int(_val(level, "w:start", "1"), 1),
                )
        for num in root.iterfind(qn("w:num")):
            self._abstract[num.get(qn("w:numId"), "")] = _val(num, "w:abstractNumId", "")

    def prefix(self, paragraph: etree._Element) -> str:
        """The number that Word shows before this paragraph, or nothing; counts it."""
        place = self._place(paragraph)
        if not place:
            return ""
        num, depth = place
        abstract = self._abstract.get(num, "")
        level = self._levels.get((abstract, depth))
        if not level or level.form in _SILENT:
            return ""
        self._counts[abstract, depth] = self._counts.get((abstract, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 10):
            self._counts.pop((abstract, deeper), None)
        return re.sub(r"%(\d)", lambda m: self._shown(abstract, int(m[1]) - 1), level.text)

    def _shown(self, abstract: str, depth: int) -> str:
        level = self._levels.get((abstract, depth))
        if not level:
            return ""
        return _written(self._counts.get((abstract, depth), level.start), level.form)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """Which list and level: from the paragraph, else from its style and the styles that one rests on."""
        properties = paragraph.find(qn("w:pPr"))
        own = _numbered(properties)
        if own or properties is None:
            return own if own and own[0] != "0" else None
        style = self._styles.get(_val(properties, "w:pStyle", ""))
        for _ in range(10):
            if style is None:
                return None
            found = _numbered(style.find(qn("w:pPr")))
            if found:
                return found if found[0] != "0" else None
            style = self._styles.get(_val(style, "w:basedOn", ""))
        return None


def _numbered(properties: etree._Element | None) -> tuple[str, int] | None:
    number = properties.find(qn("w:numPr")) if properties is not None else None
    if number is None or number.find(qn("w:numId")) is None:
        return None
    return _val(number, "w:numId", "0"), _int(_val(number, "w:ilvl", "0"))


def _val(parent: etree._Element, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    return child.get(qn("w:val"), default) if child is not None else default


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() else default
