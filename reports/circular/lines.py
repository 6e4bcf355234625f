"""Breaking a title or a signature into lines.

GB/T 9704-2012, 7.3.1: a title of several lines keeps its words whole and its lines are well balanced.
"""

from math import ceil
from unicodedata import east_asian_width

# words on which a line of such a title can end
_ENDINGS = (
    "重点", "工作", "任务", "进展", "情况", "改革", "体制", "方案", "要求", "落实", "推进", "办公室", "委员会", "政府",
    "领导小组", "季度", "年度", "上半年", "下半年",
)  # fmt: skip
# words that belong to what stands before them
_FOLLOWERS = ("工作", "任务", "情况", "方案", "要求", "体制", "改革", "办公室", "委员会", "政府")
_NEVER_FIRST = "的、，。；：？！）》〉”’〕年月日号项个%％及和与等0123456789"
_NEVER_LAST = "（《〈“‘〔第关"
_WORD_BONUS = 6.0  # characters of unevenness that a break between words may cost


def char_width(text: str) -> float:
    """Width in full-width characters."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def balanced(text: str, limit: float) -> list[str]:
    """The text in as few lines of at most `limit` characters as it needs, broken where words end.

    Line feeds that the author wrote are kept instead. A text with no good place to break is cut at the limit.
    """
    given = [line.strip() for line in text.split("\n") if line.strip()]
    if len(given) != 1 or char_width(given[0]) <= limit:
        return given
    return _split(given[0], ceil(char_width(given[0]) / limit), limit)


def _split(text: str, lines: int, limit: float) -> list[str]:
    if lines <= 1:
        return [text]
    fair = char_width(text) / lines
    places = [at for at in range(1, len(text)) if _fits(text, at, lines, limit)]
    if not places:
        return [text]
    at = min(places, key=lambda place: _cost(text, place, fair))
    return [text[:at], *_split(text[at:], lines - 1, limit)]


def _fits(text: str, at: int, lines: int, limit: float) -> bool:
    return char_width(text[:at]) <= limit and char_width(text[at:]) <= limit * (lines - 1)


def _cost(text: str, at: int, fair: float) -> float:
    uneven = abs(char_width(text[:at]) - fair)
    if text[at] in _NEVER_FIRST or text[at - 1] in _NEVER_LAST:
        return uneven + 4 * _WORD_BONUS
    ends_word = text[:at].endswith(_ENDINGS) and not text[at:].startswith(_FOLLOWERS)
    return uneven if ends_word else uneven + _WORD_BONUS
