"""What a paper says of itself: title, number, issuer, date, place, what it rests on, when to report."""

from __future__ import annotations

import datetime
import re

from documents.parsing.deadlines import ABSOLUTE, resolve
from documents.parsing.draft import DateInText, Facts
from documents.parsing.excerpt import Excerpt, Span, join
from documents.parsing.lines import Paragraph
from documents.parsing.markers import begins_item
from documents.parsing.script import fold, number

_KIND = r"(?:通知|意见|方案|办法|决定|公告|规定|通报|批复|函|通告|规划|纲要|计划|细则|任务分工|分工方案|要点|清单|措施)"
_NUMBER = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{1,14}?)\s*(?P<rest>[【（《]\s*(?:19|20)\d\d\s*[】）》]\s*(?:第)?\s*\d{1,4}\s*号)"
)
_GLUED = re.compile(rf"^.*(?:的{_KIND}|{_KIND}》?|文件|各成员单位)(?=[\u4e00-\u9fff])")
_CN_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d|二[〇零O][〇零O一二三四五六七八九]{2})\s*年\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_WEB_DATE = re.compile(r"发布|公开|来源|更新|录入|打印|浏览|时间：")
#: a place and what its name ends with, province before city before county; 州 in 杭州市 is no end
_PLACE = re.compile(
    r"(?!全|各|本|我|该|省|市|县|区|关于|印发|推进|推动|深化|加强|建设|促进|加快|落实|完善|优化|开展|实施)[\u4e00-\u9fff]{1,9}?"
    r"(?:(?P<l1>省|自治区)|(?P<l2>自治州|地区|盟|州(?![省市县区]))|(?P<l3>市)|(?P<l4>自治县|自治旗|县|区|旗))"
)
#: 园区, 城市 and the like are of the subject, not of the place, behind the name of a place
_NO_PLACE = re.compile(r"(?:园|小|城|社|景|片|辖|校|山|库|牧|林|灾|地|强|都|示范|试验|先行)[区市]$")
_BEFORE_PLACE = re.compile(r"^(?:(?:19|20)\d\d年度?)?(?:中共|中国共产党)?")
_SALUTATION = re.compile(
    r"^(?:各|市直|省直|县直|区直|驻|有关)[^。]*：$|^[^。]{2,80}(?:人民政府|单位|部门|委员会|成员单位)[^。]{0,30}：$"
)
_ANNEX_LINE = re.compile(r"^附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[：.]?$")
_BASIS = re.compile(r"按照|根据|依据|结合|贯彻|落实|遵照")
_REPORT = re.compile(r"报送|上报|报告|反馈|报市|报省|报县|报我|报至|书面报")
_UNCLOSED = re.compile(r"（[^（）]*$")
_EVERY = re.compile(r"(?:每|逐)(?:个)?(?:季度?|月|半年|年|周)|按(?:季度?|月|半年)")
_SENT_OUT = re.compile(
    r"(?:现将)?《(?P<t>[^《》]{4,60}(?:《[^《》]*》[^《》]*)?)》(?:[^。《》]{0,30})(?:印发|已经)"
)
_LABELLED = re.compile(
    r"(?:成文|印发|发文|制发)日期[：|\s]*(?P<y>(?:19|20)\d\d)[-年/.](?P<m>\d{1,2})[-月/.](?P<d>\d{1,2})"
)
#: who sends the paper out: what stands in its title before 关于 or the verb
_SENDER = re.compile(
    r"(?P<who>[^《》。：]{4,60}?)\s*(?:关于|(?:联合)?(?:印发|转发|批转|发布|下发)(?=[《关]))"
)
_BODY = re.compile(
    r"(?:政府|办公室|办公厅|委员会|[局厅委部院署办会]|小组|专班|指挥部|中心|公司|大学|医院|法院|检察院|总站)"
    r"(?:（[^（）]*）)?$"
)
_SHORTEST_BODY = 3
_HEAD_LINES = 25


def read_facts(found: list[Paragraph], preamble: list[Excerpt], rest: list[Excerpt]) -> Facts:
    """Facts from the unjoined lines, the text before the tasks (basis) and the text outside them (dates)."""
    head = _head(found)
    title = _title(head) or _named_in_notice(found)
    printed = _document_number(head)
    signed = _issued(found, head)
    signature = _signature(found, signed)
    issuer = _issuer(title, signature)
    year = _year(signed, printed, title)
    spans = {n: e.span for n, e in (("title", title), ("document_number", printed), ("issuer", issuer)) if e}
    if signed:
        spans["issued_on"] = signed[1]
    own = _flat(printed) if printed else None
    return Facts(
        title=_spaced(title) if title else None,
        document_number=own,
        issuer=_side_by_side(issuer) if issuer else None,
        issued_on=signed[0] if signed else None,
        jurisdiction=_jurisdiction(issuer, title, signature),
        parent_documents=tuple(_parents(preamble, own)),
        reporting_dates=tuple(_reporting(rest, year)),
        year=year,
        spans=spans,
    )


def _flat(piece: Excerpt) -> str:
    return re.sub(r"\s+", "", piece.text)


def _spaced(piece: Excerpt) -> str:
    """The title without the blanks of the line breaks, but with those between Latin words."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", piece.text)


def _side_by_side(issuer: Excerpt) -> str:
    """The issuer without blanks, except those between two bodies."""
    whole = ""
    for word in issuer.text.split():
        whole += f" {word}" if _BODY.search(fold(whole)) and len(word) > _SHORTEST_BODY else word
    return whole


def _head(found: list[Paragraph]) -> list[Excerpt]:
    """The lines before the salutation, the first item or the first long paragraph."""
    head: list[Excerpt] = []
    for one in found[:_HEAD_LINES]:
        if (
            one.cells
            or begins_item(one.key)
            or _SALUTATION.match(one.key)
            or (len(one.key) > 90 and "。" in one.key)
        ):
            break
        head.append(one.text)
    return head


def _without_number(line: Excerpt) -> Excerpt:
    match = _number_in(line)
    return line.cut(0, match[0]).strip() if match else line


def _number_in(line: Excerpt) -> tuple[int, int] | None:
    """Place of a document number standing free in a head line, cut loose from a title glued before it."""
    match = _NUMBER.search(line.key)
    if not match or "《" in line.key[: match.start()]:
        return None
    start = match.start()
    glued = _GLUED.match(line.key[start : match.start("rest")])
    if glued:
        start += glued.end()
    while line.key[start].isspace():
        start += 1
    return start, match.end()


def _document_number(head: list[Excerpt]) -> Excerpt | None:
    for line in head:
        place = _number_in(line)
        if place:
            return line.cut(*place)
    return None


def _title(head: list[Excerpt]) -> Excerpt | None:
    lines = [line for line in (_without_number(one) for one in head) if line]
    start = next(
        (i for i, line in enumerate(lines) if "关于" in line.key and not line.key.startswith("《")), None
    )
    if start is None:
        return _plain_title(lines)
    end = start
    while end + 1 < len(lines) and not re.search(rf"{_KIND}$", lines[end].key):
        end += 1
    title = join(lines[start : end + 1])
    if lines[start].key.startswith("关于"):
        issuer = _issuer_line(lines[:start])
        return join([issuer, title]) if issuer else title
    return title


def _named_in_notice(found: list[Paragraph]) -> Excerpt | None:
    """The title of what the notice sends out, when the notice itself has lost its own."""
    for one in found[:_HEAD_LINES]:
        match = _SENT_OUT.search(one.key)
        if match:
            return one.text.cut(match.start("t"), match.end("t"))
    return None


def _issuer_line(lines: list[Excerpt]) -> Excerpt | None:
    """The last line that may name a body, with the bodies on the lines right before it."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if not _is_date_line(line) and not re.search(r"[：>》|]", line.key):
            name = re.sub(r"文件$", "", line.key)
            if not 4 <= len(name) <= 40:
                return None
            beside = lines[place - 1 : place] if _is_issuer_beside(lines, place) else []
            return join([*beside, line.cut(0, len(name))], glue=" ")
    return None


def _is_issuer_beside(lines: list[Excerpt], place: int) -> bool:
    """Two bodies that send the paper out together stand on two lines."""
    if not place:
        return False
    above, line = lines[place - 1].key, lines[place].key
    whole = bool(_BODY.search(above) and _BODY.search(line)) and 4 <= len(above) <= 40
    return whole and not re.search(r"[：>》|。]", above) and above.strip() != line.strip()


def _plain_title(lines: list[Excerpt]) -> Excerpt | None:
    """Without 关于: the short lines at the top, from the first that is no annex label, mark or date."""
    picked: list[Excerpt] = []
    for line in lines:
        usable = (
            not _ANNEX_LINE.match(line.key) and not _is_date_line(line) and not re.search(r"[。：]", line.key)
        )
        if usable and len(line) <= 60:
            picked.append(line)
            if re.search(rf"(?:{_KIND}|工作任务|重点任务|任务|分工|安排|台账)$", line.key):
                break
        elif picked:
            break
    return join(picked) if picked else None


def _is_date_line(line: Excerpt) -> bool:
    return bool(_CN_DATE.search(line.key) or re.search(r"\d{4}-\d{1,2}-\d{1,2}", line.key)) and len(line) < 40


def _date(match: re.Match[str]) -> datetime.date | None:
    year, month, day = (number(match[k].replace("O", "〇")) for k in ("y", "m", "d"))
    try:
        return datetime.date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _issued(found: list[Paragraph], head: list[Excerpt]) -> tuple[datetime.date, Span] | None:
    """The date of the act: as labelled, beside its number in the head, or in the line of the signature."""
    for one in found[: 2 * _HEAD_LINES]:
        match = _LABELLED.search(one.key)
        day = _date(match) if match else None
        if match and day:
            return day, one.text.cut(match.start("y"), match.end("d")).span
    lines = [(line, True) for line in head] + [(one.text, False) for one in found]
    for line, in_head in lines:
        match = _CN_DATE.search(line.key)
        day = _date(match) if match and _is_of_act(line.key, match, in_head=in_head) else None
        if match and day:
            return day, line.cut(match.start(), match.end()).span
    return None


def _is_of_act(key: str, match: re.Match[str], *, in_head: bool) -> bool:
    """Alone on its line, or behind the document number; not the day a web page was put up."""
    if _WEB_DATE.search(key[: match.start()]):
        return False
    alone = len(key) - (match.end() - match.start()) <= 2
    return alone or (in_head and bool(_NUMBER.search(key)) and "的通知" not in key[match.end() :])


def _issuer(title: Excerpt | None, signature: Excerpt | None) -> Excerpt | None:
    head = _SENDER.match(title.key) if title else None
    if title and head and _BODY.search(head["who"].strip()):
        named = title.cut(head.start("who"), head.end("who")).strip()
        fuller = signature and len(signature) > len(named) and signature.key.endswith(named.key)
        return signature if fuller else named
    return signature


def _signature(found: list[Paragraph], signed: tuple[datetime.date, Span] | None) -> Excerpt | None:
    """The line above the date of the act, when it names a body."""
    if not signed:
        return None
    before = [one.text for one in found if one.text.span.start < signed[1].start and len(one.key) <= 40]
    last = before[-1] if before else None
    return last if last and _BODY.search(last.key) else None


def _year(
    signed: tuple[datetime.date, Span] | None, printed: Excerpt | None, title: Excerpt | None
) -> int | None:
    if signed:
        return signed[0].year
    for piece in (printed, title):
        match = re.search(r"(?:19|20)\d\d", piece.key) if piece else None
        if match:
            return int(match[0])
    return None


def _jurisdiction(*pieces: Excerpt | None) -> str | None:
    """The lowest place named at the head of the first piece that begins with one: 省, then 州, 市, 县 or 区."""
    for piece in pieces:
        text = _BEFORE_PLACE.sub("", _spaced(piece)) if piece else ""
        place, level, cursor = None, "", 0
        while match := _PLACE.match(text, cursor):
            if (match.lastgroup or "") <= level or (place and _NO_PLACE.search(match[0])):
                break
            place, level, cursor = match[0], match.lastgroup or "", match.end()
        if place:
            return place
    return None


def _parents(preamble: list[Excerpt], own: str | None) -> list[str]:
    """Numbers of the papers that this one rests on (按照, 根据, 结合), in the text before the tasks."""
    found: list[str] = []
    for piece in preamble:
        for sentence in re.finditer(r"[^。；]+", piece.key):
            if not _BASIS.search(sentence[0]):
                continue
            for match in _NUMBER.finditer(piece.key, sentence.start(), sentence.end()):
                text = _flat(piece.cut(match.start(), match.end()))
                if text not in found and not (own and text.endswith(own)):
                    found.append(text)
    return found


def _reporting(rest: list[Excerpt], year: int | None) -> list[DateInText]:
    """By when progress is to be reported, from the text that belongs to no task; 每季度末前 has no date of its own."""
    found: list[DateInText] = []
    for piece in rest:
        phrases = list(re.finditer(r"[^，。；：\n]+", piece.key))
        for place, phrase in enumerate(phrases):
            if _is_reported(piece.key, phrases, place):
                found += _reporting_dates(piece, phrase, year)
    return found


def _is_reported(key: str, phrases: list[re.Match[str]], place: int) -> bool:
    """The phrase says 报送, or ends with its limit (……前) and the next of the sentence says it."""
    phrase = phrases[place]
    if _REPORT.search(phrase[0]):
        return True
    if not re.search(r"(?:前|之前|以前)\s*$", phrase[0]) or place + 1 == len(phrases):
        return False
    return key[phrase.end()] == "，" and bool(_REPORT.search(phrases[place + 1][0]))


def _reporting_dates(piece: Excerpt, phrase: re.Match[str], year: int | None) -> list[DateInText]:
    # 报送区医改办（联系人：…: what a mark cuts off inside a bracket is no phrase.
    bracket = _UNCLOSED.search(phrase[0])
    length = bracket.start() if bracket else len(phrase[0])
    raw = piece.cut(phrase.start(), phrase.start() + length).strip()
    every = _EVERY.search(phrase[0])
    if every:
        return [DateInText(raw.text, None, raw.span)]
    matches = [m for m in ABSOLUTE.finditer(phrase[0]) if m["day"] or m["part"] == "底"]
    dates = [date for m in matches if (date := resolve(m, year)[0])]
    return [DateInText(raw.text, date, raw.span) for date in dates]
