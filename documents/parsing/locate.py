"""Where in an item the responsibility clause stands, and what is left of the item without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.parsing import brackets
from documents.parsing.deadlines import is_time
from documents.parsing.excerpt import NOTHING, Excerpt, join
from documents.parsing.names import is_strong, split_names
from documents.parsing.roles import SIGNAL, Mark, find_marks

_NOISE_TAIL = 14
_LABEL_LENGTH = 24
#: a department that says its level can only be there to answer for the task, with or without a full stop before it
_OF_A_LEVEL = re.compile(
    r"^(?:[省市县区州旗]|国家|各)[\u4e00-\u9fff（）、]*(?:局|委|办|厅|政府|委员会|联|办公室|街道|乡镇)(?:（[^（）]*）)?$"
)
_ROLE_IN_BRACKETS = re.compile(r"（(?:牵头|主办|负责|配合|协办|参与)(?:单位|部门)?）")
#: behind the limit itself: what is done until then
_DOES = re.compile(
    r"[前底末内]\s*(?!完成|全部|全面|基本|落实|办结|到位|见效|实施|推进|坚持|整改|前|内)[\u4e00-\u9fff]{2,}"
)
#: names and verbs before the work to be done reach no further than this
_OPENING_LENGTH = 400
_OWNERS = ("lead", "plain", "shared", "part")
_LEADING = ("lead", "plain", "separate", "duty")
#: labels that only tasks have; 主办单位 and 承办单位 also stand at the foot of web pages
_WORDED = re.compile(r"[【]?(?:牵头|责任|配合|协同|落实|参与|负责)")
#: 【牵头单位】甲局: the bracket is part of the label, the clause is what follows it
_ONLY_A_LABEL = re.compile(r"\s*[\u4e00-\u9fff]{1,6}(?:单位|部门|科室|处室|主体|时限)\s*：?\s*$")
#: a time limit behind the last verb, with nothing said of what is to be done
_LIMIT_ALONE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}(?:时限|期限|时间|节点)(?:要求|安排)?\s*：\s*)?"
    r"[^，。；：]{2,24}?(?:全部|全面|基本)?(?:完成|落实|办结|到位|见效|实施|推进|坚持|整改)?"
)
_LIMIT_LABEL = re.compile(
    r"[。；\n]\s*(?P<label>(?:完成|办结)?(?:时限|期限|时间)(?:要求)?：\s*)(?P<limit>[^。；\n]+)。?$"
)
#: whose work it is, before a colon: 甲局、乙局：<what to do>
_HEAD = re.compile(r"(?P<names>[^：。；！？]{2,80})：(?=.)")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")


@dataclass(frozen=True, slots=True)
class Located:
    """The item's text without clause, the clause, and what came after it in paragraphs of their own.

    ``trailing`` when text follows the clause; ``sure`` is False for a clause read from prose, which chapters on organisation have too.
    """

    text: Excerpt
    clause: Excerpt | None = None
    after: Excerpt = NOTHING
    limit: Excerpt | None = None
    sure: bool = True
    trailing: bool = False


def locate(paragraphs: list[Excerpt]) -> Located:
    """Look for the clause from the surest form to the loosest."""
    for search in (
        _label_lines,
        _bracket,
        _label_sentence,
        _middle_bracket,
        _closing_sentence,
        _named_head,
        _inner_sentence,
        _opening,
    ):
        found = search(paragraphs)
        if found:
            return found
    return _labelled_limit(paragraphs)


def _labelled_limit(paragraphs: list[Excerpt]) -> Located:
    """The item without clause, and the limit that ends it: ……。完成时限：6月底前."""
    text = _lines(paragraphs)
    match = _LIMIT_LABEL.search(text.key)
    if not match or not is_only_a_limit(match["limit"]):
        return Located(text)
    return Located(
        text.cut(0, match.start("label")), limit=text.cut(match.start("limit"), match.end("limit"))
    )


def _lines(paragraphs: list[Excerpt]) -> Excerpt:
    return join([p for p in paragraphs if p], glue="\n")


def _label(key: str) -> Mark | None:
    marks = find_marks(key[:_LABEL_LENGTH])
    return marks[0] if marks and marks[0].is_label and marks[0].start <= 1 else None


def begins_with_label(paragraph: Excerpt) -> bool:
    """A line like 牵头单位：甲局, 完成时限：6月底前 or 分管领导：某某."""
    mark = _label(paragraph.key)
    return bool(mark and mark.role in (*_OWNERS, "time", "person"))


def _label_lines(paragraphs: list[Excerpt]) -> Located | None:
    """牵头单位：甲局 / 责任单位：乙局 on lines of their own after the task."""
    labels = [_label(p.key) for p in paragraphs]
    owners = [i for i, mark in enumerate(labels) if i and mark and mark.role in _OWNERS]
    if not owners or (_bracket(paragraphs) and not any(_WORDED.match(paragraphs[i].key) for i in owners)):
        return None
    first = last = owners[0]
    while first > 1 and _belongs(labels[first - 1], paragraphs[first - 1]):
        first -= 1
    while last + 1 < len(paragraphs) and _belongs(labels[last + 1], paragraphs[last + 1]):
        last += 1
    clause = _lines(paragraphs[first : last + 1])
    return Located(_lines(paragraphs[:first]), clause, _lines(paragraphs[last + 1 :]))


def _belongs(mark: Mark | None, paragraph: Excerpt) -> bool:
    if mark:
        return mark.role in (*_OWNERS, "time", "person")
    names = split_names(paragraph, strict=True)
    return bool(names.names) and not names.dropped


def _bracket(paragraphs: list[Excerpt]) -> Located | None:
    """The last brackets of the item, when they hold role words or nothing but names."""
    for place in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[place]
        found = _last_bracket(paragraph)
        if found:
            group, limit = found
            text = _lines([*paragraphs[:place], paragraph.cut(0, group.start)])
            clause = paragraph.cut(group.start + 1, group.end).strip()
            return Located(text, clause, _lines(paragraphs[place + 1 :]), limit)
    return None


def _last_bracket(paragraph: Excerpt) -> tuple[brackets.Group, Excerpt | None] | None:
    """The clause among the brackets that close the paragraph, and a time limit in brackets beside it."""
    groups = brackets.groups(paragraph.key)
    end, limit = len(paragraph), None
    for group in reversed(groups):
        tail = paragraph.key[group.end + 1 : end].strip("。；，、 \n")
        if len(tail) > (_NOISE_TAIL if end == len(paragraph) else 0) or "。" in tail:
            break
        inner = paragraph.cut(group.start + 1, group.end)
        if _is_clause(inner, paragraph.key[: group.start]):
            return group, limit
        limit = inner if is_time(inner.key) else limit
        end = group.start
    return None


def _middle_bracket(paragraphs: list[Excerpt]) -> Located | None:
    """A clause in brackets behind a full stop with further text after it, which then belongs to no task."""
    for place in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[place]
        for group in reversed(brackets.groups(paragraph.key)):
            inner = paragraph.cut(group.start + 1, group.end)
            before = paragraph.key[: group.start].rstrip()
            if before.endswith(("。", "；")) and SIGNAL.search(inner.key) and _is_clause(inner, before):
                text = _lines([*paragraphs[:place], paragraph.cut(0, group.start)])
                after = _lines([paragraph.cut(group.end + 1), *paragraphs[place + 1 :]])
                return Located(text, inner.strip(), after)
    return None


def holds_clause(text: Excerpt) -> bool:
    """True when the text of a task still holds a clause in brackets: it has several, for parts of it."""
    return any(
        SIGNAL.search(inner.key) and _is_clause(inner, text.key[: group.start])
        for group in brackets.groups(text.key)
        if text.key[: group.start].rstrip().endswith(("。", "；"))
        for inner in [text.cut(group.start + 1, group.end)]
    )


def _is_clause(inner: Excerpt, before: str) -> bool:
    if _ONLY_A_LABEL.match(inner.key):
        return False
    if SIGNAL.search(inner.key):
        found = [m for m in find_marks(inner.key) if m.role not in ("rule", "time", "other", "person")]
        return bool(found) or bool(re.search(r"[。；]$", before.strip()))
    names = split_names(without_limits(inner), strict=True)
    ends = before.rstrip().endswith(("。", "；")) or all(_OF_A_LEVEL.search(n.key) for n in names.names)
    return bool(ends and names.names and not names.dropped)


def without_limits(piece: Excerpt) -> Excerpt:
    """The members of a list that are no time limits."""
    members = [piece.cut(m.start(), m.end()) for m in re.finditer(r"[^，；、]+", piece.key)]
    return join([m for m in members if is_strong(m.key) or not is_time(m.key.strip())], glue="、")


def _label_sentence(paragraphs: list[Excerpt]) -> Located | None:
    """责任单位：甲局、乙局。 as the last sentences of a paragraph, without brackets."""
    for place in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[place]
        for start in _sentence_starts(paragraph.key):
            mark = _label(paragraph.key[start:])
            if mark and mark.role in _OWNERS and (start or place):
                text = _lines([*paragraphs[:place], paragraph.cut(0, start)])
                return Located(text, paragraph.cut(start).strip("。"), _lines(paragraphs[place + 1 :]))
    return None


def _sentence_starts(key: str) -> list[int]:
    starts = [m.start() for m in _SENTENCE.finditer(key) if m[0].strip()]
    blanks = [m.end() for m in re.finditer(r"\s+", key)]
    return sorted({*starts, *blanks})


def _opening(paragraphs: list[Excerpt]) -> Located | None:
    """甲局负责，乙局配合，<what to do>: names and verbs at the head of the sentence."""
    if not paragraphs:
        return None
    for place, paragraph in enumerate(paragraphs[:2]):
        start = 0
        if place == 0 and "。" in paragraph.key[:50]:
            start = paragraph.key.index("。") + 1
        for begin in {0, start}:
            end = _pure_end(paragraph.cut(begin, begin + _OPENING_LENGTH))
            if end:
                text = _lines(
                    [*paragraphs[:place], _cut_out(paragraph, begin, begin + end), *paragraphs[place + 1 :]]
                )
                return Located(text, paragraph.cut(begin, begin + end).strip("，"), sure=False)
    return None


def _cut_out(paragraph: Excerpt, begin: int, end: int) -> Excerpt:
    return join([paragraph.cut(0, begin), paragraph.cut(end).strip("，；：")])


def _pure_end(sentence: Excerpt) -> int:
    """How far names and role words alone reach from the head of the text; 0 when it opens otherwise."""
    end, cursor, led, joined = 0, 0, False, False
    for mark in find_marks(sentence.key):
        region = sentence.cut(cursor, mark.start)
        names = split_names(region, strict=True)
        if mark.is_label or mark.role == "rule" or names.dropped or not (names.names or names.open):
            break
        led = led or joined or mark.role in _LEADING
        joined = mark.role == "join"
        end = cursor = mark.end
        if mark.before_prose:
            break
    return end if led else 0


def _closing_sentence(paragraphs: list[Excerpt]) -> Located | None:
    """A last sentence that holds nothing but names and role words: ……。甲局牵头，乙局配合。"""
    for place in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[place]
        key = paragraph.key.rstrip("。 ")
        if key.count("）") > key.count("（"):  # the opening bracket was lost
            key = key.rstrip("）。 ")
        start = key.rfind("。") + 1
        sentence = paragraph.cut(start, len(key))
        if (start or place) and sentence and _is_all_roles(sentence):
            text = _lines([*paragraphs[:place], paragraph.cut(0, start)])
            return Located(text, sentence.strip(), _lines(paragraphs[place + 1 :]))
    return None


def _named_head(paragraphs: list[Excerpt]) -> Located | None:
    """甲局、乙局（牵头）：<what to do>: nothing but names before a colon."""
    match = _HEAD.match(paragraphs[0].key) if paragraphs else None
    if not match:
        return None
    head = paragraphs[0].cut(0, match.end("names"))
    names = split_names(head.without(_ROLE_IN_BRACKETS), strict=True)
    if names.dropped or not names.names or _label(head.key):
        return None
    text = _lines([paragraphs[0].cut(match.end()).strip(), *paragraphs[1:]])
    return Located(text, head.strip(), sure=False)


def _inner_sentence(paragraphs: list[Excerpt]) -> Located | None:
    """A sentence of names and role words with further sentences after it: ……。甲局牵头，乙局配合。6月底前……"""
    for place, paragraph in enumerate(paragraphs):
        for match in _SENTENCE.finditer(paragraph.key):
            sentence = paragraph.cut(match.start(), match.end()).strip("。")
            if (match.start() or place) and sentence and _is_all_roles(sentence):
                text = _lines([*paragraphs[:place], paragraph.cut(0, match.start())])
                after = _lines([paragraph.cut(match.end()).strip(), *paragraphs[place + 1 :]])
                return Located(text, sentence.strip(), after)
    return None


def is_only_a_limit(key: str) -> bool:
    """A time limit and nothing of what is to be done: 2024年8月底前完成, 完成时间：2024年3月, 长期坚持."""
    key = key.strip("，。；（） ")
    return _LIMIT_ALONE.fullmatch(key) is not None and is_time(key) and not _DOES.search(key)


def _is_all_roles(sentence: Excerpt) -> bool:
    marks = [m for m in find_marks(sentence.key) if not m.is_label and m.role != "rule"]
    if not marks or not is_strong_start(sentence):
        return False
    rest = sentence.key[_pure_end(sentence) :].strip("，。； ")
    return not rest or (bool(_pure_end(sentence)) and is_only_a_limit(rest))


def is_strong_start(sentence: Excerpt) -> bool:
    """The first member of the sentence is a name."""
    first = re.split(r"[、，；和及与]", sentence.key.strip())[0]
    return is_strong(re.sub(r"(?:等|分别|按职责|共同|牵头|负责).*$", "", first)) or is_strong(first)
