"""From the lines of the original to paragraphs: tags out, noise out, broken lines joined, lost breaks found.

A break that does not follow a mark ending a sentence is one of the page or of the copy and is joined;
numbering, labels and headings always begin a paragraph of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.parsing.excerpt import Excerpt, join
from documents.parsing.markers import begins_item, inline_markers
from documents.parsing.names import is_strong
from documents.parsing.roles import LABELS, SIGNAL
from documents.parsing.script import GLOSS, TONED_GLOSS, fold
from documents.parsing.tagged import pieces
from documents.readers.original import Line, Original

_BLOCK_TAG = re.compile(
    r"《\s*/?\s*(?:p|div|br|tr|li|ul|ol|h[1-6]|table|section|article|hr)\b[^《》]*》|\\r\\n|\\n",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"《[a-zA-Z/!][^《》\u4e00-\u9fff]{0,400}》|《/?[a-zA-Z][a-zA-Z0-9]*(?:\s+[a-zA-Z-]+=\\?[\"'][^\"'《》]*[\"'])*\s*/?》"
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|ldquo|rdquo|lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+)；?")
_ESCAPED = re.compile(r"\\(?=[\"'])|\\t")
_EMPHASIS = re.compile(r"\*\*|__")
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–·\s]*\d{1,4}[-—–·\s]+|[-—–·]+\s*\d{1,4}\s*[-—–·]*|第\s*\d+\s*页(?:\s*[，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+)$"
)
_NOISE = re.compile(
    r"^(?:分享到?|打印|关闭|字号|字体|【?(?:大|中|小|打印|关闭|收藏|返回)】?|上一篇|下一篇|责任编辑|浏览次数|点击数|扫一扫|当前位?置?|首页|附件下载|文件下载|打印本页|关闭窗口|政策解读|相关链接|"
    r"关于本站|版权所有|网站标识码|您的位置|当前的位置|来源|发布时间|发布日期|索引号|信息来源)(?:[：】\s|>》].*)?$"
    r"|^(?:主办|承办|技术支持|网站地图|备案号|地址|邮编|邮政编码|公网安备)(?:[：|].*)?$"
    r"|^[^。；]{1,80}\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|jpg|png)(?:（[^（）]*）)?$"
)
_SENTENCE_END = re.compile(r"[。！？；：!?]\s*[”）」]?$")
_WITHIN_SENTENCE = re.compile(r"[，。；！？]")
_CLAUSE_END = re.compile(r"[（【][^（）【】]*(?:（[^（）]*）[^（）【】]*)*[）】]。?(?:\s+[^。]{1,14})?$")
_LABEL_LINE = re.compile(rf"^(?:【)?(?:{'|'.join(words for _, words in LABELS)})(?:\s*[：】]|\s+\S|$)")
_ANNEX = re.compile(r"^附\s*(?:件|表|录)\s*[\d一二三四五六七八九十]{0,3}\s*(?:[：.、]|$|\s)")
_CLOSING = re.compile(r"^(?:各县|各区|各市|各地|各有关|市直|省直)[^。]{0,60}：$")
_HEAD_PIECE = re.compile(
    r"(?<=的通知)|(?<=的意见)|[\u4e00-\u9fff]{1,12}【\s*20\d\d\s*】\s*\d+\s*号|20\d\d年\d{1,2}月\d{1,2}日(?![前起至])|附件\d?：|(?<=[。：])"
)
#: how the title of a plan ends
_PLAN_TITLE = re.compile(
    r"(?:方案|分工|清单|任务|要点|台账|计划|安排|措施|分解|任务表|分工表|推进表)(?:（[^（）]*）)?$"
)
_LONG_LINE = 600
_LONGEST_CLAUSE = 300
#: a bracket that stays open for longer was never closed
_LONGEST_OPEN = 200
#: so many pronunciations in brackets mean a mirror that writes them everywhere
_GLOSSES = 3
_SHORT_HEADING = 40
#: characters; no paragraph of a paper is so long, and joining ever more to one costs time by the square
_LONGEST_PARAGRAPH = 3000
_MEMBER = re.compile(r"[^、，；]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the paper; ``cells`` in a table row, ``heading`` when marked up, ``gap`` after a blank line."""

    text: Excerpt
    heading: bool = False
    cells: tuple[Excerpt, ...] | None = None
    gap: bool = False

    @property
    def key(self) -> str:
        """The folded text."""
        return self.text.key


def atoms(original: Original) -> list[Paragraph]:
    """The lines without tags, marks of emphasis and blank or noise lines; breaks not yet joined."""
    found: list[Paragraph] = []
    gap = False
    glossed = len(TONED_GLOSS.findall(fold(original.text))) >= _GLOSSES
    for one in pieces(original.lines):
        if one.cells is not None:
            found.append(_tagged_row(one.cells))
            continue
        if one.line.kind == "row" and one.line.cells:
            found.append(_row(one.line, one.line.cells))
            continue
        if found and found[-1].cells and _is_rest_of_row(one.line.text):
            found.append(_row(one.line, tuple(cell.strip() for cell in one.line.text.split("\t"))))
            continue
        gap = gap or not one.text.text.strip()
        for piece in _broken(_untagged(one.text)):
            piece = (piece.without(GLOSS if glossed else TONED_GLOSS)).strip()
            if piece and not _NOISE.match(piece.key):
                found.append(Paragraph(piece, heading=one.line.kind == "heading", gap=gap))
                gap = False
    return found


def _is_rest_of_row(text: str) -> bool:
    """A line below a row that begins with tabs: its first cells were merged with those above."""
    return text[:1] == "\t" and sum(1 for cell in text.split("\t") if cell.strip()) >= 2


def _tagged_row(cells: Sequence[Sequence[Excerpt]]) -> Paragraph:
    """A row of a table in tags, each cell without the tags inside it."""
    clean = [join([part for text in cell for part in _untagged(text)]).strip() for cell in cells]
    return Paragraph(join(clean, glue="\t"), cells=tuple(clean))


def _broken(pieces: list[Excerpt]) -> list[Excerpt]:
    """A line that has lost its breaks: cut it before its numbering, and its head at what a head consists of."""
    found: list[Excerpt] = []
    for piece in pieces:
        starts = inline_markers(piece.key)
        if not starts or not (len(piece.key) >= _LONG_LINE or _runs_on(piece.key, starts)):
            found.append(piece)
            continue
        edges = [0, *starts, len(piece.key)]
        parts = [piece.cut(a, b) for a, b in pairwise(edges)]
        found += [*_head_lines(parts[0]), *parts[1:]] if starts[0] and not begins_item(piece.key) else parts
    return found


def _runs_on(key: str, starts: list[int]) -> bool:
    """Numbering that goes on right behind a clause: the break between the two tasks is lost."""
    return any(_ends_clause(key[max(0, place - _LONGEST_CLAUSE) : place].rstrip()) for place in starts)


def _head_lines(head: Excerpt) -> list[Excerpt]:
    """Title, number, date and salutation of a head that stands on one line."""
    places = sorted(
        {m.end() for m in _HEAD_PIECE.finditer(head.key)}
        | {m.start() for m in _HEAD_PIECE.finditer(head.key)}
    )
    return [part for part in head.split((place, place) for place in places) if part.strip()]


def _row(line: Line, cells: tuple[str, ...]) -> Paragraph:
    whole = Excerpt.of(line.text, line.start)
    pieces, cursor = [], 0
    for cell in cells:
        place = line.text.find(cell, cursor)
        place = cursor if place < 0 else place
        pieces.append(whole.cut(place, place + len(cell)).strip())
        cursor = place + len(cell)
    return Paragraph(whole, cells=tuple(pieces))


def _untagged(line: Excerpt) -> list[Excerpt]:
    """Break at block tags and written-out line feeds; take the other tags out."""
    if not re.search(r"[《\\&*_]", line.key):
        return [line]
    pieces = line.split(
        (m.start(), m.end()) for m in _BLOCK_TAG.finditer(line.key) if line.text[m.start()] in "<\\"
    )
    return [_plain(piece) for piece in pieces]


def _plain(piece: Excerpt) -> Excerpt:
    if "<" in piece.text:
        spans = [(m.start(), m.end()) for m in _TAG.finditer(piece.key) if piece.text[m.start()] == "<"]
        piece = join(piece.split(spans))
    for pattern in (_ENTITY, _ESCAPED, _EMPHASIS):
        piece = piece.without(pattern)
    return piece


def without_running_heads(found: list[Paragraph]) -> list[Paragraph]:
    """Drop page numbers, and short lines that come back four times or more as heads of pages do.

    The head of a page is a name, not a piece of a sentence: what several tasks say in the same words stays.
    """
    times: dict[str, int] = {}
    for one in found:
        times[one.key] = times.get(one.key, 0) + 1
    kept = []
    for one in found:
        repeated = times[one.key] >= 4 and 6 <= len(one.key) <= 40 and not SIGNAL.search(one.key)
        repeated = repeated and not one.cells and not begins_item(one.key) and not _is_of_sentence(one.key)
        if not repeated and not _PAGE_NUMBER.match(one.key):
            kept.append(one)
    return kept


def _is_of_sentence(key: str) -> bool:
    """Whether a line is a piece of a sentence: marks of a sentence stand in it, or a bracket that it leaves open."""
    return bool(_WITHIN_SENTENCE.search(key)) or key.count("（") != key.count("）")


def paragraphs(found: list[Paragraph]) -> list[Paragraph]:
    """Join what a page or a copy has broken."""
    width = _wrap_width(found)
    joined: list[Paragraph] = []
    for one in found:
        if joined and _continues(joined[-1], one, width) and not _lists_names(joined, one):
            joined[-1] = Paragraph(_glued(joined[-1].text, one.text), joined[-1].heading)
        else:
            joined.append(one)
    return joined


def _lists_names(joined: list[Paragraph], one: Paragraph) -> bool:
    """Below a label alone on its line, each line may hold one body."""
    above = joined[-2].key.rstrip() if len(joined) > 1 else ""
    labelled = bool(_LABEL_LINE.match(above)) and (above.endswith("：") or is_strong(above))
    return (
        (labelled or (len(joined) > 1 and is_strong(above)))
        and is_strong(joined[-1].key)
        and is_strong(one.key)
    )


def _glued(before: Excerpt, after: Excerpt) -> Excerpt:
    latin = (
        before.key[-1:].isascii()
        and after.key[:1].isascii()
        and before.key[-1:].isalpha()
        and after.key[:1].isalpha()
    )
    return join([before, after], glue=" " if latin else "")


def _wrap_width(found: list[Paragraph]) -> int:
    """The length at which lines are broken when most lines are broken, else 0."""
    plain = [len(one.key) for one in found if not one.cells]
    broken = [len(one.key) for one in found if not one.cells and not _SENTENCE_END.search(one.key)]
    if len(plain) < 12 or len(broken) < len(plain) * 0.45:
        return 0
    width = sorted(plain)[int(len(plain) * 0.8)]
    near = sum(1 for length in broken if width - 6 <= length <= width + 4)
    return width if width <= 60 and near >= len(plain) * 0.3 else 0


def _continues(before: Paragraph, after: Paragraph, width: int) -> bool:
    if before.cells or after.cells or before.heading or after.heading:
        return False
    if len(before.text) > _LONGEST_PARAGRAPH:
        return False
    if _is_open(before.key) and not begins_item(after.key) and not _ANNEX.match(after.key):
        return True
    if _starts_new(after.key):
        return False
    if after.gap and len(before.key) <= _SHORT_HEADING and _PLAN_TITLE.search(before.key):
        return False
    if _SENTENCE_END.search(before.key):
        return False
    if _ends_clause(before.key) or _ANNEX.match(before.key) or _LABEL_LINE.match(before.key):
        return False
    return not _is_whole_heading(before.key, width)


def _is_open(key: str) -> bool:
    """A bracket with role words is still open: the break stands inside a clause (……负责。|排在第一位……）。"""
    key = key[-_LONGEST_OPEN:]  # what opened earlier is too long to be a clause
    unclosed: list[int] = []
    for place, char in enumerate(key):
        if char == "（":
            unclosed.append(place)
        elif char == "）" and unclosed:
            unclosed.pop()
    return any(SIGNAL.search(key, place) for place in unclosed)


def _starts_new(key: str) -> bool:
    return bool(begins_item(key) or _LABEL_LINE.match(key) or _ANNEX.match(key) or _CLOSING.match(key))


def _ends_clause(key: str) -> bool:
    match = _CLAUSE_END.search(key)
    if not match or SIGNAL.search(match[0]):
        return bool(match)
    return key[: match.start()].endswith("。") and all(
        map(is_strong, _MEMBER.findall(match[0].strip("（【）】。 ")))
    )


def _is_whole_heading(key: str, width: int) -> bool:
    """A numbered line without a full stop that ends well before the edge is a heading, not a broken line."""
    if not begins_item(key) or "。" in key:
        return False
    return len(key) < width - 5 if width else len(key) <= _SHORT_HEADING
