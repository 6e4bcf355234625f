"""A number as people type it: 63.5, ６３．５, 63,5, 1,234, 63.5%."""

import re
import unicodedata
from decimal import Decimal

DECIMALS = 4  # as the column of the values holds them
LARGEST = Decimal(10) ** 10
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_SHARES = ("", "%", "百分点", "个百分点")


class NotANumber(ValueError):
    """The text is no number that can be kept; the message is the sentence for the person."""


def read_number(text: str, unit: str = "") -> Decimal:
    """The number in a text, its unit taken off. Raises NotANumber."""
    digits = _digits(_without_unit(_narrow(text), _narrow(unit)))
    if not _NUMBER.fullmatch(digits):
        raise NotANumber("请填数字，如63.5。")
    number = Decimal(digits)
    if abs(number) >= LARGEST:
        raise NotANumber("数字过大，请核对单位。")
    if number != number.quantize(Decimal(1).scaleb(-DECIMALS)):
        raise NotANumber(f"最多保留{DECIMALS}位小数。")
    return number


def _narrow(text: str) -> str:
    """Full-width digits and signs as the narrow ones; the full stop of Chinese typing is meant as a point."""
    narrow = unicodedata.normalize("NFKC", text).replace("。", ".").replace("\u2212", "-")
    return "".join(narrow.split())


def _without_unit(text: str, unit: str) -> str:
    if unit and text.endswith(unit):
        return text[: -len(unit)]
    return text.removesuffix("%") if unit in _SHARES else text


def _digits(text: str) -> str:
    """Commas between thousands fall away; a single one elsewhere is a decimal point."""
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
