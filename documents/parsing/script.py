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
        "負責牽頭單會與協參導領辦門廳區縣縂總員處關聯團機構軍隊務實組織個項級屬駐業質資經濟發產農環監稅審計統銀鄉鎮衛護療黨時間節"
        "點進標達億萬兩號則從壹貳專類條據應執證爲為於臺診電訊體劃輔幾種並報訂畫議動廣遞險壓層國學醫藥開財別擔試備編郵鐵視聞華東縮"
        "擴長際貿糧儲氣約減過續現結衞衆眾羣啓運輸賽覺舉選錄檔傳築園圖書賓館職檢驗網絡維創調轉雲邊優題鄰師戶確認練養齡兒婦僑殘紅術"
        "藝紀訟獄戰規營場費稱補償錢債價擬歸庫鋪滿測評識讀話語誌飯飲馬龍鳥魚車軌軸載輯輛遠連遼還邏鄧釋鋼鍵鎖閉問閣陽陰陳陸隨雙離難"
        "靈靜響頁順須預額風飛內後啟頒週",
        "负责牵头单会与协参导领办门厅区县总总员处关联团机构军队务实组织个项级属驻业质资经济发产农环监税审计统银乡镇卫护疗党时间节"
        "点进标达亿万两号则从一二专类条据应执证为为于台诊电讯体划辅几种并报订画议动广递险压层国学医药开财别担试备编邮铁视闻华东缩"
        "扩长际贸粮储气约减过续现结卫众众群启运输赛觉举选录档传筑园图书宾馆职检验网络维创调转云边优题邻师户确认练养龄儿妇侨残红术"
        "艺纪讼狱战规营场费称补偿钱债价拟归库铺满测评识读话语志饭饮马龙鸟鱼车轨轴载辑辆远连辽还逻邓释钢键锁闭问阁阳阴陈陆随双离难"
        "灵静响页顺须预额风飞内后启颁周",
        strict=True,
    )
)
_TABLE = str.maketrans(_PUNCTUATION | _DIGITS | _TRADITIONAL)
_TRADITIONAL_ONLY = {ord(char) for char, plain in _TRADITIONAL.items() if char != plain}

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹĀÁǍÀĒÉĚÈŌÓǑÒ"
_LATIN = rf"[a-zA-ZüÜɡɑ·’'\s{_TONES}]"
_TONED = rf"（{_LATIN}{{0,40}}?[{_TONES}]{_LATIN}{{0,40}}）"
#: pronunciation put behind a character or a word by mirrors: 局(jú), 节水(jiéshuǐ); nothing else has tones
TONED_GLOSS = re.compile(_TONED)
#: the same, and one syllable without a tone: 的(de)
GLOSS = re.compile(rf"{_TONED}|（[a-zü{_TONES}]{{1,6}}）")
#: what stands where a character was lost in scanning or copying
GAP = re.compile(r"[□■▢▯◻◼\ufffd]|[?？](?=[\u4e00-\u9fff]*(?:局|委|厅|办|部门|单位))")
#: so few traditional characters may be quoted in a paper in simplified script
_QUOTED = 3
_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def fold(text: str) -> str:
    """The text in the one form that the patterns are written in; same length."""
    return text.translate(_TABLE)


def is_traditional(text: str) -> bool:
    """True when the text is in traditional characters, not merely quoting one or two."""
    return sum(ord(char) in _TRADITIONAL_ONLY for char in text) > _QUOTED


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
