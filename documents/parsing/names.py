"""Names of bodies: splitting a list of them, and telling a name from prose.

Works on folded keys; what is returned are excerpts of the printed text, so every name has its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from documents.parsing import brackets
from documents.parsing.excerpt import Excerpt

#: how the name of a body ends
_ENDING = (
    r"(?:局|委|办|厅|部|署|院|会|社|所|站|队|处|科|股|室|组|团|馆|台|库|校|署|公司|银行|集团|中心|总工会|中支|"
    r"海关|税务|邮政|电信|移动|联通|铁塔|供电|政府|党委|党组|团委|妇联|科协|残联|文联|社科联|侨联|工商联|"
    r"红十字|企业|学会|大学|学院|医院|基地|专班|小组|区县|县区|市区|县市区|街道|高新区|开发区|园区|"
    r"新区|示范区|单位|部门|机构|法庭|支行|分行|工委|管委|警备区|军分区|人武部|武警|乡镇|镇街|村镇|"
    r"地区|属地|县级市|自治县|自治州|自治旗|市州|州市|地市|省级|市县|城管|公安|消防|公积金|运营商)"
)
_TAIL = re.compile(_ENDING + r"(?:（[^（）]*）|《[^《》]*》)?$")
#: a district, county, town or city by its bare name; short, so that prose ending in 区 or 市 is not taken
_PLACE = re.compile(
    r"^(?:各|全市|全省|全县|全区|相关|有关)?[\u4e00-\u9fff]{1,5}(?:县|区|市|旗|州|镇|乡|盟)(?:（[^（）]*）)?$"
)
_COLLECTIVE = re.compile(
    r"^各[\u4e00-\u9fff（）、]{1,14}(?:县|区|市|旗|州|镇|乡|街道|盟|局|委|办|单位|部门|地|政府|园区|区县)$"
)
_PLACE_LIST = re.compile(r"^(?:各|有关|相关)?[县市区州旗]（(?:[自治县市区州旗盟、\s])+）[\u4e00-\u9fff、]*$")
_PROSE = re.compile(
    r"^(?:推进|推动|加强|完善|做好|落实|开展|建立|制定|研究|组织|实施|加快|提升|强化|深化|健全|确保|实现|完成|"
    r"按照|根据|结合|对|将|把|在|以|为|要|通过|围绕|坚持|进一步|积极|全面|扎实|认真|严格|持续|优化|规范|督促|"
    r"支持|鼓励|引导|探索|打造|建设|明确|争取|力争|促进|扩大|统筹|提高|提出|形成|报送|具体|配合|参与|承担|排在|从|向)"
)
_NOBODY = re.compile(r"^(?:无|暂无|没有|—+|－+|-+|/+|\\+|…+|同上|\d+[.、]?)?$")
_OPEN_TAIL = re.compile(
    r"(?:等)(?:[\d一二三四五六七八九十]+)?(?:个|家)?"
    r"(?:(?:市|省(?!、自治区)|县|区|州|旗)(?:级|直|属|有关|相关)*|有关|相关|各|其他|成员|责任|职能|行业|主管|业务|牵头|配合|直属|涉及|和|、|及)*"
    r"(?:(?:群团|社会|科研|金融|医疗|新闻|行业|学术|市属|省属|国有|重点)*(?:组织|团体|院校|高校|协会|媒体)|部门|单位|机构|方面|企业|委办局|委局|科室|处室|厅局|部委)*(?=$|及|和|以及|与|、|，|；)"
)
_NOT_LIST_DENG = re.compile(r"(?:高|中|初|同|平|一|二|三|上|特|劣|均)$")
_OPEN_NAME = re.compile(
    r"^(?:其他|其它|各|市|省|县|区|州|旗|级|直|属|中央|国家|本|全|及|和|以及|政府|"
    r"党政|行业|职能|业务|主管|行政|科研|技术|责任|驻[\u4e00-\u9fff]{1,3})*"
    r"(?:有关|相关|相应|涉及|其他|其它)(?:职能|行业|业务|主管|责任|成员|专业|行政|直属|市级|市直|省级|省直|县级|县直|区级|区直|党政)*"
    r"(?:部门|单位|机构|方面|企业|委办局|科室|处室|股室|厅局|部委|人员)(?:和单位|及单位|、单位|和部门|和企业|和机构|和个人)?(?:等)?$"
)
_LINK = re.compile(r"以及|及其|及|和|与|暨")
_BARE = re.compile(
    r"^(?:人民政府|政府|管委会|党组|"
    r"(?:市|县|区|旗|县级市|自治县|自治旗)(?:[（【][^（）【】]*[）】])?(?:党委|人民政府|政府|管委会)|县级市|自治县|县市|"
    r"区政府|人民政府（[^（）]*）|委员会)$"
)
_HEAD_OF_PAIR = re.compile(
    r"(?:党委|党工委|党组|[省市县区州旗盟镇乡]委|各区|各县|各市|各州|各设区市|各地|[县市区州旗]（[^（）]*）)$|^各.*政府$"
)
_LEAD_IN = re.compile(r"^(?:由|请|以及|并由|其中|主要由|分别由|：|·|●|-|—)+")
#: 和 and 及 before a name are a link only where the name says its level or is one of a kind: 和平区 is a place
_LINK_IN = re.compile(r"^(?:和|及|与|并)(?=[省市县区州盟旗各有相其国中人团驻全本])")
#: what the paper calls the task before it names who does it: 此项工作由甲局
_TASK_BY = re.compile(r"^[^，。；、]{0,12}(?:工作|任务|事项|项目|内容|统一|分别|主要|均|都)由(?=.)")
#: words of the sentence behind a name: 甲局要
_MODAL = re.compile(r"(?:应当|主动|积极|及时|共同|认真|要|应|须|需|将|可)+$")
#: further kinds under one 各: 各乡镇、街道
_KINDS = re.compile(
    r"^(?:街道|乡镇|镇街|镇|乡|社区|村居|街道办|街道办事处|镇人民政府|园区)(?:（[^（）]*）)?$"
)
#: 各省、自治区、直辖市人民政府 is one name
_PROVINCES = re.compile(r"^(?:自治区|直辖市|计划单列市)(?:人民政府|政府|党委.*)?$")
_SEPARATOR = re.compile(r"[、，；。|\n]|\s+")
_LEVEL = re.compile(r"^(自治区|省|市|县|区|州|盟|旗)(?!级|直|属)")
_LEVELLED = re.compile(
    r"^(?:自治区|省|市|县|区|州|盟|旗|各|国家|中国|人民银行|全|本|中央|驻)|海关|大学|公司|银行|分局|学院|监管局|银监局|保监局|警备区|军分区|省军区|人武部$"
)
#: who does the work is no second name of the body: a note behind a blank, or an institution under it
_LONGEST = 60
_NOTE = re.compile(r"\s+（[^（）]*）$|（[^（）]*(?:医院|卫生院|保健院|公司|学校)）$")


class NameList(NamedTuple):
    """Names in order, whether the list stays open (等, 有关部门), and what was left out as no name."""

    names: list[Excerpt]
    open: bool
    dropped: list[Excerpt]


@dataclass
class _Found:
    names: list[Excerpt]
    open: bool
    dropped: list[Excerpt]


def is_strong(key: str) -> bool:
    """True when the text reads as the name of a body or place, whatever stands around it."""
    key = re.sub(r"\s+", "", key)
    if not 2 <= len(key) <= 40 or _PROSE.match(key) or re.search(r"[。！？：；，]|\d\s*[年月]|[年月]底", key):
        return False
    if _PLACE.match(key) or _PLACE_LIST.match(key) or _COLLECTIVE.match(key):
        return True
    return bool(_TAIL.search(key)) and "的" not in key


def is_open(key: str) -> bool:
    """True for 市直有关部门 and the like, which name nobody."""
    return bool(_OPEN_NAME.match(re.sub(r"\s+", "", key)))


def begins_as_work(key: str) -> bool:
    """True when the text opens with what is to be done (加强分工合作), not with who does it."""
    return bool(_PROSE.match(key))


def split_names(piece: Excerpt, *, strict: bool, run_on: bool = False) -> NameList:
    """Read a list of names; ``strict`` takes only what reads as a name by itself (text beside prose).

    ``run_on`` when the last name may run into what is to be done: 会同甲局制定办法.
    """
    found = _Found([], False, [])
    for token in _tokens(piece):
        for part in _without_open_tail(token, found):
            for name in _unlinked(_before_work(part) if run_on else part):
                _take(name, found, strict=strict)
    return NameList(found.names, found.open, found.dropped)


def _tokens(piece: Excerpt) -> list[Excerpt]:
    """Split at separators outside brackets; 党委、政府 and 各区、县级市 stay together as printed."""
    places: list[tuple[int, int]] = []
    left = 0
    for start, end in [*_separators(piece.key), (len(piece), len(piece))]:
        key = piece.key[left:start].strip()
        if places and _continues(piece.key[slice(*places[-1])].strip(), key):
            places[-1] = (places[-1][0], start)
        elif key:
            places.append((left, start))
        left = end
    return [piece.cut(*place).strip() for place in places]


def _continues(before: str, key: str) -> bool:
    """The member only makes sense with the one before it: 党委、政府; 各区、县级市; 各乡镇、街道."""
    if _KINDS.match(key):
        return before.startswith("各")
    if _PROVINCES.match(key):
        return before.endswith(("各省", "有关省", "相关省", "自治区"))
    return bool(_BARE.match(key) and _HEAD_OF_PAIR.search(before))


def _separators(key: str) -> list[tuple[int, int]]:
    """Places of separators; a blank is one only where both sides are names."""
    places: list[tuple[int, int]] = []
    left = 0
    for match in brackets.top_matches(_SEPARATOR, key):
        if match[0].isspace() and not _blank_separates(key, left, match):
            continue
        places.append(match.span())
        left = match.end()
    return places


def _blank_separates(key: str, left: int, match: re.Match[str]) -> bool:
    after = re.split(r"[、，；。|\s]", key[match.end() :], maxsplit=1)[0]
    before = key[left : match.start()]
    after = re.sub(r"等(?:部门|单位)?$", "", after)
    return is_strong(before) and (is_strong(after) or is_open(after)) and not after.startswith("（")


def _without_open_tail(token: Excerpt, found: _Found) -> list[Excerpt]:
    """Cut 等, 等部门 out of a token and note that the list stays open."""
    places: list[tuple[int, int]] = []
    for match in brackets.top_matches(_OPEN_TAIL, token.key):
        before = token.key[places[-1][1] if places else 0 : match.start()].strip()
        if not _NOT_LIST_DENG.search(before) and (not before or _could_be_name(before)):
            found.open = True
            places.append(match.span())
    return token.split(places)


def _could_be_name(key: str) -> bool:
    return not _PROSE.match(key) and len(key) <= 60


def _unlinked(token: Excerpt) -> list[Excerpt]:
    """Split at 和, 及, 以及 only where a whole name stands on both sides (not in 文化和旅游局)."""
    token = _led_in(token.strip())
    if is_open(token.key):
        return [token]
    places: list[tuple[int, int]] = []
    for match in brackets.top_matches(_LINK, token.key):
        left = places[-1][1] if places else 0
        before, after = token.key[left : match.start()], token.key[match.end() : match.end() + _LONGEST]
        if _BARE.match(after) and _HEAD_OF_PAIR.search(before):
            continue
        if _is_side(before) and (_is_side(after) or _is_side(_LINK.split(after, maxsplit=1)[0])):
            places.append(match.span())
    return token.split(places)


def _is_side(key: str) -> bool:
    return is_strong(key) or is_open(key)


def _before_work(token: Excerpt) -> Excerpt:
    """The name at the head of a token that goes on with a verb; the token itself when there is none."""
    for place in range(3, min(len(token), _LONGEST)):
        if is_strong(token.key[:place]) and _PROSE.match(token.key[place:]):
            return token.cut(0, place)
    return token


def _led_in(token: Excerpt) -> Excerpt:
    for pattern in (_TASK_BY, _LEAD_IN, _LINK_IN):
        match = pattern.match(token.key)
        if match and not _BARE.match(token.key[match.end() :]):
            token = token.cut(match.end()).strip()
    modal = _MODAL.search(token.key)
    return token.cut(0, modal.start()) if modal and is_strong(token.key[: modal.start()]) else token


def _take(name: Excerpt, found: _Found, *, strict: bool) -> None:
    name = _bare(_led_in(name.strip("，、；：。")))
    if _NOBODY.match(name.key):
        return
    if is_open(name.key):
        found.open = True
    elif _acceptable(name.key, strict=strict):
        if name.text not in [n.text for n in found.names]:
            found.names.append(name)
    else:
        found.dropped.append(name)


def _bare(name: Excerpt) -> Excerpt:
    """Without the note that stands after a blank, 甲局 （某医院）: it says who does the work, not who answers."""
    note = _NOTE.search(name.key)
    name = name.cut(0, note.start()) if note else name
    return name.without(re.compile(r"\s+"))


def _acceptable(key: str, *, strict: bool) -> bool:
    if strict:
        return is_strong(key)
    if not 2 <= len(key) <= 40 or not re.search(r"[\u4e00-\u9fff]", key):
        return False
    return is_strong(key) or not (_PROSE.match(key) or re.search(r"[。！？：]|^下同$|^\d", key))


def expanded(names: list[Excerpt]) -> list[str | None]:
    """The full form of each name of one list: 省甲厅、乙厅 gives 省乙厅 for the second."""
    first = _LEVEL.match(names[0].key) if names else None
    # Given once means once: where a later name has its level too, one without it has none to be given.
    if not first or any(_LEVEL.match(name.key) for name in names[1:]):
        return [None] * len(names)
    level = names[0].text[: first.end()]
    return [None if _LEVELLED.search(n.key) or not _TAIL.search(n.key) else level + n.text for n in names]
