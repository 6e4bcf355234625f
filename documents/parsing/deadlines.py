"""Time limits: words to dates. A date is only given when the paper lets it be computed."""

from __future__ import annotations

import calendar
import datetime
import re

from documents.parsing import brackets
from documents.parsing.draft import DateInText, Deadline, DeadlineKind
from documents.parsing.excerpt import Excerpt
from documents.parsing.offsets import split_relative
from documents.parsing.script import number

_NUM = r"(?<![\d一二三四五六七八九十两])[\d一二三四五六七八九十两]{1,6}"
_YEAR = r"(?P<year>(?:19|20)\d\d|二〇[〇一二三四五六七八九]{2})\s*年"
_BEFORE = r"(?:\s*(?:之前|以前|前|止|为止|之内|内))?"
_FORM = r"(?:到|至|截至|截止|截止到|于|在|自)?\s*"
_ABSOLUTE = (
    rf"{_FORM}(?:{_YEAR}|(?P<near>今年|本年|当年|明年|次年))?\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?\s*"
    rf"(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*(?:日|号)?(?!\d)|(?P<part>底|末|上旬|中旬|下旬|初))?{_BEFORE}"
)
_WHOLE_YEAR = (
    rf"{_FORM}(?:{_YEAR.replace('year', 'year2')}|(?P<near2>今年|本年|当年|明年|次年)|(?=年[底末内]))\s*"
    rf"(?:第?(?P<quarter>[一二三四1-4])季度(?:末|底)?|(?P<half>上半年|下半年)|年?(?P<end>底|末|内))?{_BEFORE}"
)
_NUMERIC = r"(?P<y3>20\d\d)[-./](?P<m3>1[0-2]|0?[1-9])(?:[-./](?P<d3>3[01]|[12]\d|0?[1-9]))?(?!\d)" + _BEFORE
_RELATIVE = (
    rf"[^，。；、：（）]{{0,30}}?{_NUM}\s*(?:个)?(?:周年|年|月|季度|周|星期|工作日|日|天)\s*(?:之内|以内|内)"
)
_PERIODIC = rf"每(?:{_NUM}个?)?(?:年|季度?|月|周|半年)(?:度)?(?:末|底|初|后)?(?:{_NUM}\s*(?:月|日|个工作日))*(?:末|底)?(?:前|内)?"
_CONTINUING = (
    r"(?:年内|全年|常年)?(?:持续|长期|常态化|滚动|不断|常年|一贯|始终)(?:推进|坚持|实施|开展|落实|进行|执行|巩固|整改|完善|做好|深化|抓好)*"
    r"|立行立改|立知立改|即知即改|立即(?:实施|执行|整改|落实)|全年(?:推进|实施)?|长期|贯穿全年|按(?:国家|省|市|上级)[^，。；]{0,10}(?:要求|部署|安排|进度)[^，。；]{0,8}"
)
ABSOLUTE = re.compile(_ABSOLUTE)
WHOLE_YEAR = re.compile(_WHOLE_YEAR)
NUMERIC = re.compile(_NUMERIC)
RELATIVE = re.compile(_RELATIVE)
PERIODIC = re.compile(_PERIODIC)
CONTINUING = re.compile(_CONTINUING)
#: a validity period or the range of years of a document is no limit
_NOT_A_LIMIT = re.compile(r"期限至|有效期|施行至|实施至|延长至")
#: the first year of a range whose 年 is only said once: 2021-2023年
_RANGE_HEAD = re.compile(r"(?:19|20)\d\d\s*年?\s*(?:-+|—+|–|~|至|到)\s*$")
_FIVE_YEARS = re.compile(
    r"“?(?P<plan>十[一二三四五六七八九]?)五”?(?:规划)?(?:期间|时期|末期?|期末)(?:内|前)?"
)
#: a step on the way, not the end of the work
_STEP = re.compile(
    r"\s*(?:正式|全面|全部|力争|实现|完成|要|争取|确保|陆续|建成)*(?:动工|开工|破土|启动|投入使用|投用|试运行|试运营)"
)
_HEAD_OF_PHRASE = re.compile(r"[，；。]\s*$")
_LAST_MONTH = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PART_DAY = {"上旬": 10, "中旬": 20, "初": 10}


def month_end(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def resolve(match: re.Match[str], year: int | None) -> tuple[datetime.date | None, bool]:
    """The last day the words allow, and whether the year was taken from the paper."""
    facts = match.groupdict()
    if "y3" in facts:
        return _day(int(facts["y3"]), int(facts["m3"]), facts["d3"], None), False
    if "month" in facts:
        found, inferred = _year(facts["year"], facts["near"], year)
        month = number(facts["month"])
        return (_day(found, month, facts["day"], facts["part"]) if found and month else None), inferred
    found, inferred = _year(facts["year2"], facts["near2"], year)
    return (_year_end(found, facts["quarter"], facts["half"]) if found else None), inferred


def _year(printed: str | None, near: str | None, year: int | None) -> tuple[int | None, bool]:
    if printed:
        return number(printed), False
    if year and near in ("明年", "次年"):
        return year + 1, True
    return year, True


def _day(year: int, month: int, day: str | None, part: str | None) -> datetime.date | None:
    if part in _PART_DAY:
        return datetime.date(year, month, _PART_DAY[part])
    last = month_end(year, month)
    if not day:
        return last
    return last.replace(day=int(day)) if int(day) <= last.day else None


def _year_end(year: int, quarter: str | None, half: str | None) -> datetime.date:
    month = _LAST_MONTH[quarter] if quarter else 6 if half == "上半年" else 12
    return month_end(year, month)


def find_limit(key: str) -> re.Match[str] | None:
    """The first absolute time in the text, whichever way it is written."""
    found = [m for p in (NUMERIC, ABSOLUTE, WHOLE_YEAR) if (m := p.search(key))]
    return min(found, key=lambda m: (m.start(), -m.end()), default=None)


def read_deadline(piece: Excerpt, year: int | None) -> Deadline:
    """What a cell, a label or a member of a clause says of the time limit.

    Raw words without the work to be done (完成起草工作); years missing are taken from the paper.
    """
    piece = piece.strip("，；。：、")
    if not piece or re.fullmatch(r"无|-+|—+|/|\\|暂无", piece.key):
        return Deadline()
    for pattern in (RELATIVE, PERIODIC):
        relative = pattern.search(piece.key)
        if relative and not _is_year_inside(relative[0]):
            raw = piece.cut(relative.start(), relative.end()).strip()
            event, offset = split_relative(raw.text)
            return Deadline(raw.text, None, "relative", raw.span, event=event, offset=offset)
    if milestones(piece, year) and not _completions(piece.key):
        return Deadline()
    return _fixed(piece, year) or _five_years(piece) or _loose(piece)


def milestones(piece: Excerpt, year: int | None) -> list[DateInText]:
    """Dates of steps on the way (9月底前动工), which do not end the task."""
    found = []
    for match in _candidates(piece.key):
        if _STEP.match(piece.key, match.end()):
            raw = piece.cut(match.start(), match.end()).strip()
            found.append(DateInText(raw.text, resolve(match, year)[0], raw.span, milestone=True))
    return found


def _completions(key: str) -> list[re.Match[str]]:
    return [match for match in _candidates(key) if not _STEP.match(key, match.end())]


def _five_years(piece: Excerpt) -> Deadline | None:
    """“十四五”期间: the plans are counted from 1951 to 1955 on, so the last year follows from the number."""
    match = _FIVE_YEARS.search(piece.key)
    plan = number(match["plan"]) if match else None
    if not match or not plan:
        return None
    raw = piece.cut(match.start(), match.end()).strip()
    return Deadline(raw.text, datetime.date(1955 + 5 * plan, 12, 31), "fixed", raw.span)


def _is_year_inside(words: str) -> bool:
    """2020年内, 年内 is the end of that year, not a span counted from something."""
    return bool(re.search(r"(?:20\d\d|二〇..)\s*年内$", words))


def _fixed(piece: Excerpt, year: int | None) -> Deadline | None:
    continuing = CONTINUING.search(piece.key)
    match = _last_completion(piece.key)
    if not match or not match[0].strip() or (continuing and "前" not in match[0]):
        return None
    later = _range_end(piece.key, match)
    date, inferred = resolve(later, year)
    head = _RANGE_HEAD.search(piece.key[: match.start()])
    raw = piece.cut(head.start() if head else match.start(), later.end()).strip()
    return Deadline(raw.text, date, "fixed", raw.span, inferred and date is not None)


def _last_completion(key: str) -> re.Match[str] | None:
    """Of several limits in phrases of their own (6月底前完成方案，12月底前完成建设) the last ends the task."""
    deep = brackets.depths(key)
    found = _completions(key)
    later = [
        match
        for match in found[1:]
        if not deep[match.start()] and _HEAD_OF_PHRASE.search(key[: match.start()])
    ]
    return later[-1] if later and later[-1][0].strip() else next(iter(found), None)


def _range_end(key: str, match: re.Match[str]) -> re.Match[str]:
    """2020年3月—2021年6月: the limit is the end of the range."""
    dash = re.compile(r"\s*(?:-+|—+|–|~|至|到)\s*").match(key, match.end())
    second = find_limit(key[dash.end() :]) if dash else None
    if not dash or not second or second.start():
        return match
    for pattern in (NUMERIC, ABSOLUTE, WHOLE_YEAR):
        again = pattern.match(key, dash.end())
        if again:
            return again
    return match


def _loose(piece: Excerpt) -> Deadline:
    kind: DeadlineKind = "continuing" if CONTINUING.search(piece.key) else "relative"
    return Deadline(piece.text, None, kind, piece.span)


def is_time(key: str) -> bool:
    """True when the phrase is about a time limit, not about bodies."""
    if not key or _NOT_A_LIMIT.search(key):
        return False
    if any(p.search(key) for p in (RELATIVE, PERIODIC, NUMERIC, _FIVE_YEARS)) or CONTINUING.match(key):
        return True
    match = find_limit(key)
    return bool(match and match[0].strip())


_OUTSIDE = ("（", "《", "“", "【")
_ACTION = re.compile(
    r"[，、：]|努力|力争|完成|实现|建成|达到|启动|打造|新增|新建|建设|全面|基本|全省|全市|全县|全区|各|将|要|继续|确保|推进|推动|开展|选择|选取|培育|创建|所有"
)
_LIMIT_WORD = re.compile(r"前$|底$|末$|内$|止$|^(?:到|至|截至|截止)")
_AFTER_PERIOD = re.compile(
    r"在[^，。；（）]{2,24}?[一二两三四五六\d]+(?:个)?(?:周年|年|月|个月|日|天)(?:后|内)"
)
_DURATION = re.compile(r"\d\s*(?:天|日|小时|个?工作日)")


def dates_in_text(body: Excerpt, year: int | None) -> list[DateInText]:
    """Calendar limits on part of a task; background years, ranges and names of papers are left out."""
    deep = brackets.depths(body.key)
    found: list[DateInText] = []
    for match in _candidates(body.key):
        if deep[match.start()] or not _limits(body.key, match):
            continue
        raw = body.cut(match.start(), match.end()).strip()
        date, _ = resolve(match, year)
        step = bool(_STEP.match(body.key, match.end()))
        found.append(DateInText(raw.text, date, raw.span, milestone=step))
    for match in _AFTER_PERIOD.finditer(body.key):
        if not deep[match.start()] and not _DURATION.search(match[0]):
            raw = body.cut(match.start(), match.end())
            found.append(DateInText(raw.text, None, raw.span))
    return sorted(found, key=lambda one: one.span.start)


def _candidates(key: str) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    used = bytearray(len(key))
    for pattern in (NUMERIC, ABSOLUTE, WHOLE_YEAR):
        for match in pattern.finditer(key):
            place = slice(*match.span())
            if match[0].strip() and not any(used[place]):
                taken.append(match)
                used[place] = b"\1" * (match.end() - match.start())
    return sorted(taken, key=lambda m: m.start())


def _limits(key: str, match: re.Match[str]) -> bool:
    """A limit says 前, 底, 内 or 到; a bare year only where an action follows it at the head of a phrase."""
    words = re.sub(r"\s+", "", match[0])
    before, after = key[: match.start()].rstrip(), key[match.end() :].lstrip()
    if re.match(r"以来|以前|度|的|《|级|版|底薪|来|起|-|—|~|至|试点|薪|龄", after) or _NOT_A_LIMIT.search(
        before[-6:]
    ):
        return False
    if re.search(r"[\d十五三两一二每多半几近当往历周生]$", before) or before.endswith(("期", "逐")):
        return False
    if _LIMIT_WORD.search(words):
        return not re.match(r"[\u4e00-\u9fff]{0,3}(?:规划|计划)", after)
    starts = not before or before[-1] in "，。；：、"
    return starts and bool(_ACTION.match(after))
