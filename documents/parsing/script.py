"""One form of writing for matching: half-width marks, full-width digits and traditional characters.

``fold`` maps character by character, so a place found in the folded text is the place in the printed one.
Only the characters that role words, body names, numbering and dates use are in the table: the printed
text itself is never changed.
"""

from __future__ import annotations

import re

_PUNCTUATION = dict(
    zip(
        "(),:;!?<>[]{}｛｝［］﹙﹚﹕﹔﹐﹑﹒．〈〉〔〕﹝﹞〖〗｡､\u00a0\u3000\u200b\ufeff\t／～∼〜",
        "（），：；！？《》【】【】【】【】（）：；，、..《》【】【】【】。、     /~~~",
        strict=True,
    )
)
_DIGITS = dict(zip("０１２３４５６７８９％〇○Ｏ", "0123456789%〇〇〇", strict=True))
_TRADITIONAL = dict(
    zip(
        "負責牽頭單會與協參導領辦門廳區縣縂總員處關聯團機構軍隊務務實組織個項級屬駐業質資"
        "經濟發產農環監稅審計統銀鄉鎮衛監護療黨時間節點進標達億萬兩號則從壹"
        "貳專類條據應執證爲為於臺診電訊體劃輔幾種並報訂畫議動廣遞險壓層據國學醫藥開財"
        "別擔試備編郵鐵視聞華東縮擴長際貿糧儲氣約減過實續現結衞衆眾羣啓統運輸產構賽覺舉選錄檔傳質築園圖書賓館號",
        "负责牵头单会与协参导领办门厅区县总总员处关联团机构军队务务实组织个项级属驻业质资"
        "经济发产农环监税审计统银乡镇卫监护疗党时间节点进标达亿万两号则从一"
        "二专类条据应执证为为于台诊电讯体划辅几种并报订画议动广递险压层据国学医药开财"
        "别担试备编邮铁视闻华东缩扩长际贸粮储气约减过实续现结卫众众群启统运输产构赛觉举选录档传质筑园图书宾馆号",
        strict=True,
    )
)
_TABLE = str.maketrans(_PUNCTUATION | _DIGITS | _TRADITIONAL)

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
#: pronunciation put behind a character by mirrors: 局(jú)
GLOSS = re.compile(rf"（[a-zü{_TONES}]{{1,6}}）")
TONED_GLOSS = re.compile(rf"（[a-zü]{{0,5}}[{_TONES}][a-zü]{{0,5}}）")
_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def fold(text: str) -> str:
    """The text in the one form that the patterns are written in; same length."""
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """Text without any blank."""
    return re.sub(r"\s+", "", text)


def number(text: str) -> int | None:
    """The value of an ordinal as printed: 12, 十二, 二十三, 一百零二, 二〇二〇; None when it is none."""
    text = fold(text).strip()
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _NUMERALS and c not in "十百" for c in text):
        return None
    if not set(text) & {"十", "百"}:
        return int("".join(str(_NUMERALS[c]) for c in text))
    return _counted(text)


def _counted(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total, digit = total + max(digit, 1) * 100, 0
        elif char == "十":
            total, digit = total + max(digit, 1) * 10, 0
        else:
            digit = _NUMERALS[char]
    return total + digit
