"""What the adoption page proposes for a new ledger: name, year and dates, read from the paper. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_SPAN = re.compile(r"(20\d\d)\s*年?\s*[-—–－~～至]+\s*(20\d\d)\s*年")
_YEAR = re.compile(r"(20\d\d)\s*年")
_IN_NUMBER = re.compile(r"[〔\[【（(](20\d\d)[〕\]】）)]")
_ISSUING = re.compile(r"^.*?关于(?:印发|转发|下发)[《]?(?P<core>.+?)[》]?的?(?:通知)?$")
LONGEST = 120


@dataclass(frozen=True)
class Proposal:
    """A ledger as proposed; the coordinator may change all of it."""

    name: str
    year: int
    starts_on: date
    ends_on: date


def propose(title: str, number: str, issued_on: date | None, deadlines: Iterable[date], on: date) -> Proposal:
    """Propose a ledger for a paper.

    1. A span of years in the title (2021—2023年) is the ledger's.
    2. A year in the title is; with 下半年 or 上半年 that half of it.
    3. Otherwise the ledger runs from the paper's date (`on` when unknown) to the end of that year, or to
       the last deadline when that is later.
    """
    if span := _SPAN.search(title):
        first, last = int(span[1]), int(span[2])
        if first <= last:
            return Proposal(ledger_name(title), first, date(first, 1, 1), date(last, 12, 31))
    if found := _YEAR.search(title):
        year = int(found[1])
        return Proposal(ledger_name(title), year, *_part_of(year, title))
    year = _year_of_paper(number, issued_on, on)
    starts_on = issued_on or (on if on.year == year else date(year, 1, 1))
    ends_on = max([date(year, 12, 31), *deadlines])
    return Proposal(ledger_name(title), year, min(starts_on, ends_on), ends_on)


def ledger_name(title: str) -> str:
    """The plan's own name, without the words of the notice that issued it."""
    match = _ISSUING.match(title)
    return (match["core"] if match else title)[:LONGEST]


def _part_of(year: int, title: str) -> tuple[date, date]:
    if "下半年" in title:
        return date(year, 7, 1), date(year, 12, 31)
    if "上半年" in title:
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 1, 1), date(year, 12, 31)


def _year_of_paper(number: str, issued_on: date | None, on: date) -> int:
    if issued_on:
        return issued_on.year
    found = _IN_NUMBER.search(number)
    return int(found[1]) if found else on.year
