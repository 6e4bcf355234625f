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
    "koreanCounting",
}
_BY_DIGIT = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}
#: forms that are a run of characters of their own: the first one, or all of them
_RUNS = {
    "decimalEnclosedCircle": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedCircleChinese": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
    "ideographEnclosedCircle": "".join(map(chr, range(0x3280, 0x328A))),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "lowerRoman": ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
    "upperRoman": ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"),
}
_FORMAL = str.maketrans("〇零一二三四五六七八九十百", "零零壹贰叁肆伍陆柒捌玖拾佰")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SILENT = {"none", "bullet"}


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    #: the level, counted from 1, whose next number lets this one begin again; 0 is never, None any above
    restart: int | None
    #: all numbers shown in this level are plain figures (正规形式编号)
    legal: bool
    style: str


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
    if form in _BY_DIGIT:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if form == "chineseLegalSimplified":
        return f"{'一' if 10 <= value < 20 else ''}{chinese(value)}".translate(_FORMAL)
    if form == "decimalZero":
        return f"{value:02}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(value).translate(_WIDE)
    run = _RUNS.get(form, ())
    return run[value - 1] if 1 <= value <= len(run) else str(value)


class Numbering:
    """Counts through a document, paragraph by paragraph."""

    def __init__(self, document: DocumentType) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._own: dict[tuple[str, int], _Level] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read(part.element)

    def _read(self, root: etree._Element) -> None:
        kinds: dict[str, str] = {}
        linked: dict[str, str] = {}
        for abstract in root.iterfind(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"), "")
            kinds[_val(abstract, "w:styleLink", "")] = key
            linked[key] = _val(abstract, "w:numStyleLink", "")
            for level in abstract.iterfind(qn("w:lvl")):
                self._levels[key, _int(level.get(qn("w:ilvl")))] = _level(level)
        for num in root.iterfind(qn("w:num")):
            number, key = num.get(qn("w:numId"), ""), _val(num, "w:abstractNumId", "")
            # a list style is defined once and only named by the other lists that use it
            self._abstract[number] = kinds.get(linked.get(key, ""), key) if linked.get(key) else key
            for override in num.iterfind(qn("w:lvlOverride")):
                self._override(number, override)

    def _override(self, number: str, override: etree._Element) -> None:
        depth = _int(override.get(qn("w:ilvl")))
        level = override.find(qn("w:lvl"))
        if level is not None:
            self._own[number, depth] = _level(level)
        start = _val(override, "w:startOverride", "")
        if start.isdecimal():
            self._starts[number, depth] = int(start)

    def prefix(self, paragraph: etree._Element) -> str:
        """The number that Word shows before this paragraph, or nothing; counts it."""
        place = self._place(paragraph)
        if not place:
            return ""
        num, depth = place
        level = self._at(num, depth)
        if not level:
            return ""
        self._count(num, depth, level)
        if level.form in _SILENT:
            return ""
        return re.sub(r"%(\d)", lambda m: self._shown(num, int(m[1]) - 1, level.legal), level.text)

    def _at(self, num: str, depth: int) -> _Level | None:
        return self._own.get((num, depth)) or self._levels.get((self._abstract.get(num, ""), depth))

    def _count(self, num: str, depth: int, level: _Level) -> None:
        """Lists of one definition count on together; a start of its own makes a list begin again, once."""
        abstract = self._abstract.get(num, "")
        start = self._starts.pop((num, depth), None)
        if start is not None:
            self._counts.pop((abstract, depth), None)
        self._counts[abstract, depth] = (
            self._counts.get((abstract, depth), (start if start is not None else level.start) - 1) + 1
        )
        for deeper in range(depth + 1, 10):
            below = self._at(num, deeper)
            if not below or below.restart is None or depth < below.restart:
                self._counts.pop((abstract, deeper), None)

    def _shown(self, num: str, depth: int, legal: bool) -> str:
        level = self._at(num, depth)
        if not level:
            return ""
        count = self._counts.get((self._abstract.get(num, ""), depth), level.start)
        return str(count) if legal else _written(count, level.form)

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
                return (found[0], self._depth(found, _style_id(style))) if found[0] != "0" else None
            style = self._styles.get(_val(style, "w:basedOn", ""))
        return None

    def _depth(self, found: tuple[str, int], style: str) -> int:
        """The level of a style's number: the one that names the style, else the one that the style names."""
        named = (depth for depth in range(9) if (level := self._at(found[0], depth)) and level.style == style)
        return next(named, found[1])


def _style_id(style: etree._Element) -> str:
    return style.get(qn("w:styleId"), "")


def _level(level: etree._Element) -> _Level:
    restart = _val(level, "w:lvlRestart", "")
    legal = level.find(qn("w:isLgl"))
    return _Level(
        _form(level),
        _val(level, "w:lvlText", ""),
        _int(_val(level, "w:start", "1"), 1),
        int(restart) if restart.isdecimal() else None,
        legal is not None and legal.get(qn("w:val"), "1") not in ("0", "false"),
        _val(level, "w:pStyle", ""),
    )


def _form(level: etree._Element) -> str:
    """The form of the number; forms that older programs lack stand in two versions, the newer first."""
    found = next(iter(level.iter(qn("w:numFmt"))), None)
    return found.get(qn("w:val"), "decimal") if found is not None else "decimal"


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
