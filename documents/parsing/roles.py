"""The words that give a body its part in a task, as a table, and where they stand in a clause.

Two kinds: a label comes before its names (牵头单位：甲局), a verb after them (甲局牵头). Roles:
lead 牵头; plain 负责, where the first of several leads; separate 分别负责, where each leads; duty
按职责分工负责, where nobody leads; shared, co-responsible beside a lead; part 配合 and 参与;
join 会同, lead before it and co-responsible after it; person, time, other: no bodies follow.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from documents.parsing import brackets

Role = Literal[
    "lead", "plain", "separate", "duty", "shared", "part", "join", "person", "time", "other", "rule"
]
_UNIT = r"(?:单位|部门|科室|处室|股室|机构|主体|委办局|地区|县区|区县)"

LABELS: tuple[tuple[Role, str], ...] = (
    (
        "person",
        r"(?:牵头|分管|包抓|包联|联系|主管|责任|负责|挂帅|牵头负责|市级|县级|区级|省级|协助分管)(?:市|县|区|校|院|局)?(?:级)?"
        r"(?:领导|负责人|同志|县长|市长|区长)|联系(?:人|电话|方式)|(?:牵头|责任|负责|经办|承办|填报)人(?:员)?",
    ),
    (
        "time",
        r"(?:(?:完成|办结|落实|整改|推进|计划完成|预计完成|实施)(?:的)?)?(?:时限|时间节点|时间进度|时间|期限|节点|完成日期)(?:要求|安排)?|进度(?:要求|安排)",
    ),
    (
        "part",
        rf"(?:协同配合|参与配合|协助配合|配合责任|配合|参与|参加|协办|协助|协作|支持|指导|联动|协同){_UNIT}|配合|参与|协助|协办|指导",
    ),
    ("shared", rf"(?:协同责任|共同责任|其他责任|协责|具体落实|落实){_UNIT}"),
    (
        "lead",
        rf"(?:总)?牵头(?:责任|负责|主办|（责任）|及责任|和责任|、责任|/责任)?{_UNIT}|(?:主办|主责|第一责任|主要责任|首要责任|主牵头){_UNIT}|牵头负责|牵头",
    ),
    ("plain", rf"(?:责任|负责|承办|实施|主管|承担|落实责任|责任落实|责任（牵头）){_UNIT}|责任分工|负责|责任"),
    (
        "other",
        r"工作(?:目标|措施|任务|内容|举措)|(?:具体|主要|重点)(?:措施|举措|任务|内容)|目标任务|备注|序号|任务名称|项目名称",
    ),
)
_DUTY = r"(?:按照?|依照?|根据)(?:各自|本|部门|有关|相关)*(?:工作)?(?:职责|职能|职权)(?:任务)?(?:范围)?(?:分工)?(?:内)?(?:各自|共同|做好|抓好)*"
_VERBS: tuple[tuple[Role, str], ...] = (
    ("lead", rf"(?:作)?为(?:总)?(?:牵头|主办|主责)(?:责任)?{_UNIT}"),
    ("part", rf"(?:作)?为(?:配合|参与|协办|协助){_UNIT}"),
    ("plain", rf"(?:作)?为(?:责任|负责|承办|主管){_UNIT}"),
    ("separate", r"(?:按照?(?:各自)?职责(?:分工)?)?(?:分别|各自)(?:牵头(?:负责|组织|落实)?|负责|承担)"),
    ("part", rf"{_DUTY}(?:配合|参与|协助|支持|协同)(?:落实|实施|工作)?"),
    (
        "duty",
        rf"{_DUTY}(?:分工)?(?:负责|落实|组织实施|推进|牵头负责|承担)|分工负责|各司其职|各负其责|齐抓共管",
    ),
    (
        "lead",
        r"(?:负责)?(?:总|共同|联合|统一)?牵头(?:负责(?:落实)?|(?:抓总|组织实施|组织协调|组织|协调|落实|实施|推进|办理|承办|主办|抓好|起草|制定)(?=$|[，。；、：）】\s]))?",
    ),
    ("join", r"会同(?!县)|商(?=[省市县区州])"),
    (
        "part",
        r"(?:共同|积极|协同|密切|分别|予以|给予)?(?:配合|参与|参加|协助|协办|支持|指导|协同|协作)(?:配合|参与|支持|协助|落实|实施|做好|完成|工作|指导)*",
    ),
    (
        "plain",
        r"(?:共同|具体|统一|全面|主要|联合|直接|总|为主)?(?:负责|主办|承办|主责)(?:(?:落实|组织实施|具体实施|实施|推进|组织)(?=$|[，。；、：）】\s]))?",
    ),
    ("shared", r"(?:具体|组织|抓好|共同|分别|认真|贯彻)*(?:落实|实施|执行|承担)"),
)
RULES = re.compile(
    r"分别(?:负责|牵头)(?:，?的?(?:是)?(?:指|为|系)|是)[^。；）]*"
    r"|(?:[^，。；、）（]{0,14})(?:排|列|排列)?(?:在)?(?:第一位|首位|第一个?(?:的|单位|部门)|最前面?)[^。；）]{0,24}牵头[^。；），]{0,10}(?:，(?:以)?下(?:均)?同)?"
    r"|第一(?:责任)?(?:单位|部门)(?:为|是)牵头[^。；），]{0,6}(?:，(?:以)?下(?:均)?同)?"
    r"|[^，。；（]{0,16}只列[^。；）]*"
    r"|[^，。；（]{0,30}(?:，)?[^，。；（]{0,6}(?:不再|不)(?:逐一|一一|重复|另行|单独)?(?:列出|列入|列示|标注|注明)[^。；）]*"
    r"|(?:以)?下(?:均)?同(?=$|[。，；）])"
)
_BOUNDARY = r"(?=$|[，。；、：）】\s])"
#: these are also words of the work itself, so they count only where a phrase ends
_CAUTIOUS = re.compile(r"指导|支持|落实|实施|执行|承担|协同|协作|参加|主办|承办|主责|齐抓共管")
_LABEL = re.compile("|".join(f"(?P<{role}{n}>{words})" for n, (role, words) in enumerate(LABELS)))
_VERB = re.compile("|".join(f"(?P<{role}{n}>{words})" for n, (role, words) in enumerate(_VERBS)))
_COLON = re.compile(r"\s*(?:[：】]\s*)+|(?:为|是)：?|\s+(?=\S)|$")
_STRICT_COLON = re.compile(r"\s*(?:[：】]\s*)+")
_NOUN = re.compile(rf"{_UNIT}$|时限$|期限$|领导$")

#: any of these in a bracket makes it worth reading as a clause
SIGNAL = re.compile(
    r"负责|牵头|配合|参与|协助|会同|(?:责任|承办|主办|落实|协办)(?:单位|部门|科室|处室|主体)|分工|协办|主办"
)


_RULE_LENGTH = 80
_RULE_WORDS = re.compile(r"牵头|不再|只列")


def states_rule(key: str) -> bool:
    """A sentence or paragraph by itself that says for other tasks how roles are to be read."""
    rule = RULES.search(key)
    return bool(rule and _RULE_WORDS.search(rule[0])) and len(key) <= _RULE_LENGTH and "（" not in key


class Mark(NamedTuple):
    """A role word in a clause: its place, whether its names come after it, and its role.

    ``bracketed`` when it stands in brackets of its own behind a name: 甲局（牵头）、乙局.
    """

    start: int
    end: int
    is_label: bool
    role: Role
    before_prose: bool = False
    bracketed: bool = False


def find_marks(key: str) -> list[Mark]:
    """All role words outside brackets, in order, none overlapping: rules first, then labels, then verbs."""
    taken: list[Mark] = [
        Mark(m.start(), m.end(), False, "rule")
        for m in brackets.top_matches(RULES, key)
        if _starts_phrase(key, m.start())
    ]
    for mark in [*_bracketed(key), *_labels(key), *_verbs(key)]:
        if all(mark.end <= other.start or mark.start >= other.end for other in taken):
            taken.append(mark)
    return sorted(taken)


def _bracketed(key: str) -> list[Mark]:
    """Brackets that hold nothing but a role word, 甲局（牵头）, or nothing but a rule sentence."""
    found = []
    for group in brackets.groups(key, "（"):
        inner = key[group.start + 1 : group.end].strip()
        role = "rule" if RULES.fullmatch(inner.strip("。；，")) else role_word(inner)
        if role and (group.start or role == "rule"):
            found.append(Mark(group.start, group.end + 1, False, role, bracketed=role != "rule"))
    return found


def role_word(key: str) -> Role | None:
    """The role, when the text is one role word and nothing else: 牵头, 配合单位."""
    match = _VERB.fullmatch(key) or _LABEL.fullmatch(key)
    role = _role(match) if match else None
    return role if role in ("lead", "plain", "shared", "part") else None


def _labels(key: str) -> list[Mark]:
    found = []
    for match in brackets.top_matches(_LABEL, _opened(key)):
        role = _role(match)
        colon = _after_label(key, match)
        if colon is not None and _starts_phrase(key, match.start()):
            opened = match.start() and key[match.start() - 1] == "【"
            found.append(Mark(match.start() - bool(opened), colon, True, role))
    return found


def _opened(key: str) -> str:
    """【牵头单位】甲局: the square bracket is part of the label, not a bracket round it."""
    return key.replace("【", "，").replace("】", "：")


def _after_label(key: str, match: re.Match[str]) -> int | None:
    """Where the names begin, or None when the word is no label here."""
    wanted = _COLON if _NOUN.search(match[0]) else _STRICT_COLON
    colon = wanted.match(key, match.end())
    return colon.end() if colon else None


def _starts_phrase(key: str, place: int) -> bool:
    return place == 0 or key[place - 1] in "，。；、：（【】）》” \n|\t" or key[place - 1].isspace()


def _verbs(key: str) -> list[Mark]:
    found = []
    boundary = re.compile(_BOUNDARY)
    for match in brackets.top_matches(_VERB, key):
        role = _role(match)
        ends = bool(boundary.match(key, match.end())) or bool(_VERB.match(key, match.end()))
        if role != "join" and not ends and (_CAUTIOUS.search(match[0]) or _in_a_noun(key, match.end())):
            continue
        found.append(Mark(match.start(), match.end(), False, role, before_prose=not ends and role != "join"))
    return found


def _in_a_noun(key: str, end: int) -> bool:
    """牵头单位, 负责人, 参与者: a noun made with the verb, as in the name 各项目牵头单位."""
    return bool(re.match(r"单位|部门|公室|人|者|制(?!定)|方(?!案)|医院|领导|的|率|度", key[end:]))


def _role(match: re.Match[str]) -> Role:
    group = match.lastgroup or ""
    role: Role = group.rstrip("0123456789")  # type: ignore[assignment]  # group names are built from the table's roles
    return role
