"""What a cell of a returned workbook says: office programs change types, so a date may come back as text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from openpyxl.utils.datetime import from_excel

from sheets.xml_text import xml_safe

DAY_EXPECTED = "请填写日期，如 2020-12-31。"
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")
_PERCENT = re.compile(r"(\d{1,3})(?:\.0+)?\s*%?")
_QUOTED = re.compile(r'"[^"]*"|\\.')  # in a number format: shown as it stands, without a meaning
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
PERCENT_EXPECTED = "请填0至100之间的整数，如70。"
EARLIEST = 1949
_SERIALS = range(10_000, 100_000)  # days since 1899-12-30: a date whose format was lost


class NotADay(ValueError):
    """The cell holds something that is no date."""


class NotAPercent(ValueError):
    """The cell holds no whole number from 0 to 100; the message is what it shows."""


def read_text(value: object) -> str:
    """The cell as text, its lines without trailing blanks; what was typed as a number or a date comes back so."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "\n".join(line.rstrip() for line in xml_safe(str(value)).split("\n")).strip()


def read_day(value: object) -> date | None:
    """The cell as a date; NotADay when it is none."""
    if isinstance(value, datetime | date):
        return _day(value.year, value.month, value.day)
    text = unicodedata.normalize("NFKC", read_text(value))
    if not text:
        return None
    if text.isdecimal() and int(text) in _SERIALS:
        return _of_serial(int(text))
    return written_day(text)


def written_day(text: str) -> date:
    """A date as people write it: 2020-12-31, 2020.12.31, 2020年12月31日 or 20201231; NotADay when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(plain) or _DIGITS.fullmatch(plain)
    if found is None:
        raise NotADay(plain)
    return _day(*(int(part) for part in found.groups()))


def read_percent(value: object, number_format: str) -> int | None:
    """The cell as whole points: 70, 70%, the text "70%" and 0.7 shown as 70% are one; else NotAPercent."""
    text = unicodedata.normalize("NFKC", read_text(value))
    if not text:
        return None
    if isinstance(value, int | float) and "%" in _QUOTED.sub("", number_format):
        text = f"{round(value * 100, 6):g}%"
    found = _PERCENT.fullmatch(text)
    if isinstance(value, bool) or found is None or int(found[1]) > 100:
        raise NotAPercent(text)
    return int(found[1])


def _day(year: int, month: int, day: int) -> date:
    if year < EARLIEST:  # a bare number in a cell for dates: 7 would be in January 1900
        raise NotADay(f"{year}-{month}-{day}")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(f"{year}-{month}-{day}") from None


def _of_serial(serial: int) -> date:
    moment = from_excel(serial)
    if not isinstance(moment, datetime):
        raise NotADay(str(serial))
    return moment.date()
