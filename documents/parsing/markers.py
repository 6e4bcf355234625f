"""Numbering at the head of a paragraph: 一、 （一） 1. （1） ①, full or half width."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from documents.parsing.script import fold, number

_CN = r"[一二三四五六七八九十百〇零]{1,5}"
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第(?P<n>{_CN})(?:部分|章|篇)[、：\s]*")),
    (1, re.compile(rf"(?P<n>{_CN})\s*[、..]\s*(?=\S)")),
    (2, re.compile(rf"(?P<n>（\s*{_CN}\s*）)\s*[、.]?\s*(?=\S)")),
    (2, re.compile(r"(?P<n>[㈠-㈩])\s*[、.]?\s*(?=\S)")),
    (3, re.compile(rf"(?:重点)?(?:任务|事项|项目)\s*(?P<n>\d{{1,3}}|{_CN})\s*[：、.]\s*(?=\S)")),
    (3, re.compile(r"(?P<n>[⒈-⒛])\s*(?=\S)")),
    (3, re.compile(r"(?P<n>\d{1,3})\s*[.、．](?!\d)\s*(?=\S)")),
    (4, re.compile(r"(?P<n>（\s*\d{1,2}\s*）)\s*[、.]?\s*(?=\S)")),
    (4, re.compile(r"(?P<n>[⑴-⒇])\s*[、.]?\s*(?=\S)")),
    (4, re.compile(r"(?P<n>\d{1,2}）)\s*(?=\S)")),
    (5, re.compile(r"(?P<n>[①-⑳])\s*(?=\S)")),
)
_ENCLOSED = {chr(code) for first, last in ("㈠㈩", "⒈⒛", "⑴⒇") for code in range(ord(first), ord(last) + 1)}
_INLINE_ANNEX = re.compile(r"附件\s*\d{0,2}\s*：")
_AFTER_SENTENCE = "。；！？）】： \n"


class Marker(NamedTuple):
    """Level, value, place of the ordinal as printed, and where the text begins."""

    level: int
    value: int
    start: int
    stop: int
    end: int


def read_marker(key: str, place: int = 0) -> Marker | None:
    """The numbering that stands at this place of the folded text."""
    for level, pattern in _LEVELS:
        match = pattern.match(key, place)
        if match:
            value = _value(match["n"])
            if value is not None:
                return Marker(level, value, match.start("n"), match.end("n"), match.end())
    return None


def chinese(value: int) -> str:
    """The ordinal 1 to 99 in Chinese: 一, 十二, 二十三."""
    tens, ones = divmod(value, 10)
    digits = "一二三四五六七八九"
    return (
        (digits[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (digits[ones - 1] if ones else "")
    )


def ordinal(printed: str) -> str:
    """The ordinal in plain characters: ㈠ and ⒈ are one character for what others write as several."""
    if printed[:1] in _ENCLOSED:
        printed = fold(unicodedata.normalize("NFKC", printed)).strip(".")
    return re.sub(r"\s+", "", fold(printed))


def _value(printed: str) -> int | None:
    bare = ordinal(printed).strip("（） ")
    if "①" <= bare <= "⑳":
        return ord(bare) - ord("①") + 1
    return number(bare)


def begins_item(key: str) -> bool:
    """True when the paragraph begins with numbering."""
    return read_marker(key) is not None


def inline_markers(key: str) -> list[int]:
    """Places in a run-together text where numbering goes on: the next ordinal of a level, or a first one.

    Numbers may run on through the chapters, so the last of each level is remembered.
    """
    last: dict[int, int] = {}
    found: list[int] = []
    heading: Marker | None = None
    for match in re.finditer(r"[一二三四五六七八九十（\d附㈠-㈩⒈-⒛]", key):
        place = match.start()
        annex = _INLINE_ANNEX.match(key, place)
        if annex and (not place or key[place - 1] in _AFTER_SENTENCE):
            heading, last = Marker(0, 0, place, place, annex.end()), {}
            found += [place] if place else []
            continue
        marker = read_marker(key, place)
        if not marker or marker.level > 3 or not _fits(marker, last, key, heading):
            continue
        last[marker.level] = marker.value
        heading = marker
        if place:
            found.append(place)
    return found


def _fits(marker: Marker, last: dict[int, int], key: str, heading: Marker | None) -> bool:
    """The next of its level, or a first one; after a sentence, or right after the heading above it."""
    if not marker.start:
        return True
    runs_on = heading is not None and heading.level < marker.level and marker.level not in last
    if marker.value != last.get(marker.level, 0) + 1 and marker.value != 1 and not runs_on:
        return False
    place = marker.start
    before = key[place - 1]
    if before in _AFTER_SENTENCE:
        return True
    if heading and heading.level < marker.level:
        between = key[heading.end : place]
        return len(between) <= 60 and "。" not in between
    return (
        marker.level == 1 and marker.value == 1 and before not in "第十“" and _heads_a_series(key, marker.end)
    )


def _heads_a_series(key: str, end: int) -> bool:
    """一、 run into the title before it is believed when （一） or 1. follows its heading at once."""
    return bool(re.match(r"[^。]{2,60}?(?:（\s*一\s*）|1[.、])", key[end : end + 80]))
