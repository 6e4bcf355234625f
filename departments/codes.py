"""GB/T 2260: what the six digits of a place's code say. Pure: no model, no database."""

import re

#: how many leading digits a place shares with all places below it
WIDTH = {"province": 2, "city": 4, "county": 6}
ORDER = ("province", "city", "county")
_SIX = re.compile(r"[1-9][0-9]{5}")


def level_of(code: str) -> str | None:
    """The level that a code stands for; None when it is no code of a place."""
    if not _SIX.fullmatch(code):
        return None
    if code.endswith("0000"):
        return "province"
    if code[2:4] == "00":
        return None  # 620001: the third and fourth digit name a city, or 90 for counties under the province
    return "city" if code.endswith("00") else "county"


def why_not_below(code: str, level: str, *, upper_code: str, upper_level: str) -> str:
    """Why a place of this code and level cannot stand below another; empty when it can."""
    if ORDER.index(level) <= ORDER.index(upper_level):
        return "层级应低于上级行政区域。"
    if level_of(code) is None:
        return "应为六位数字的行政区划代码，如 620800。"
    if level_of(code) != level:
        return "代码与层级不符：省级后四位为0，市级后两位为0，县级后两位不为0。"
    shared = WIDTH[upper_level]
    if code[:shared] != upper_code[:shared]:
        return f"代码前{shared}位应与上级相同，即以{upper_code[:shared]}开头。"
    return ""
