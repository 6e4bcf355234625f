"""Numbers to be reached: a numeral with a unit, and words that make it something to do or to keep to."""

from __future__ import annotations

import re

from documents.parsing import brackets
from documents.parsing.draft import Comparator, Target
from documents.parsing.excerpt import Excerpt

_N = r"(?<!\d)\d{1,9}(?:[.．]\d{1,4})?"
_UNIT = (
    r"个百分点|个工作日|个小时|个月|百分点|%|‰|万元|亿元|万人次|万人|万吨|万户|万亩|万平方米|平方米|平方公里|公里|人次|千瓦|"
    r"分钟|小时|毫秒|ms|元|天|日(?!前|\))|个|家|所|名|项|种|类|张|人|户|台|套|件|次|例|支|座|处|条|亩|吨|米|辆|部|批次|批|门|篇|场次|场|期|对|只|头|株|倍|款|床|片|村|间|份|度|级(?=以上)|步"
)
_RANGE = re.compile(
    rf"(?P<a>{_N})\s*(?:%|万元|元)?\s*(?:-|—+|–|~|至|到)\s*(?P<b>{_N})\s*(?P<unit>{_UNIT})(?P<more>\s*(?:以上|以内|以下|之内|内|左右))?"
)
_LIST = re.compile(rf"(?P<list>{_N}(?:\s*、\s*{_N})+)\s*(?P<unit>{_UNIT})")
_SINGLE = re.compile(
    rf"(?P<a>{_N})\s*(?P<unit>{_UNIT})(?P<more>\s*(?:及以上|以上|及以下|以下|以内|之内|内|左右))?"
)
_CHINESE_PERCENT = re.compile(r"百分之(?P<a>[一二三四五六七八九十百]+)")
_AT_LEAST = re.compile(
    r"不低于|不少于|不小于|至少|达到|达|超过|高于|大于|满足|以上|力争达|不得少于|≥|大于等于"
)
_AT_MOST = re.compile(
    r"不超过|不高于|不大于|低于|不多于|控制在|最高|降至|下降到|降到|少于|≤|压缩到|压缩至|缩短至|缩短到|小于|以内|内$|以下|之内"
)
_NEGATED = re.compile(r"不(?:低于|少于|超过|高于|大于|小于|多于|得少于)")
_DO = re.compile(
    r"增加|增长|提高|提升|建设|建成|新建|新增|打造|完成|培育|培养|创建|实施|配备|调整|开展|改造|达到|达|实现|确保|力争|至少|扶持|引进|招募|招聘|组建|设立|建立|"
    r"选派|选拔|培训|遴选|争取|举办|推出|推广|发放|补助|奖励|降低|下降|压减|减少|控制|不低于|不少于|不超过|超过|高于|低于|覆盖|满足|缩短|打通|整治|治理|发展|推进|评选|认定|制定|修订|"
    r"安排|支持|投入|保持|稳定|占|比例|比重|率|将|由|至|采集|支出|报告|接入|试点建设|布局|配置|纳入|惠及|受益|筹集|开工|竣工|交付|占比|具备|拥有|更换|修复|拆除|化解|新开|开通|种植|栽植|铺设|清理|排查|抽查|检查|走访|维修|加装|升级|购置|引入|吸纳|带动|帮扶|资助|救助|完工|命名|招录|转移|储备|谋划|召开|改建|筛查|核增|组织|签约|回收|处置|回应|办结"
)
_SCOPE = re.compile(
    r"(?:继续在|持续深化|现有|已有|原有|第|共有|已建成|已完成|截至|目前|此前|围绕|等|以来|其中|继续支持|等)$"
)
_GIVEN = re.compile(
    r"^(?:试点|原|现有|已|县（市、区）|县（区）|县区|区县|成员单位|部门|示范|省级现代|方面|阶段|统一|环节|不变|必须|关键|目录|基本)"
)
_MARK = re.compile(r"[，。；：（）\n]")
_NOT_NUMBER_BEFORE = re.compile(r"(?:[A-Za-z\d.\-—]|第|“|《|〔|【|20|编号|电话|热线|邮编|号码|版本)$")
_NOT_NUMBER_AFTER = re.compile(
    r"^(?:年|月|号|日|届|级|版|G|g|型|时代|条规定|期|层|楼|岁|周岁|代|分位|日前|批)"
)


def find_targets(body: Excerpt) -> list[Target]:
    """All targets of a task's text, in order; item numbers, dates, paper numbers and scope are left out."""
    key = body.key
    skipped = _quoted(key)
    taken: list[tuple[int, int]] = []
    found: list[Target] = []
    for pattern, build in ((_LIST, _from_list), (_RANGE, _from_range), (_SINGLE, _from_single)):
        for match in pattern.finditer(key):
            start, end = match.span()
            if any(start < t and end > s for s, t in taken) or skipped[start]:
                continue
            taken.append((start, end))
            if _counts(key, match):
                found += build(body, match)
    return sorted(found, key=lambda one: one.span)


def _quoted(key: str) -> list[bool]:
    """Inside 《》 and “” and numbering stand names, not numbers to reach."""
    inside = [False] * len(key)
    for group in brackets.groups(key, "《“「"):
        for place in range(group.start, group.end + 1):
            inside[place] = True
    return inside


def _phrase(key: str, match: re.Match[str]) -> tuple[int, int]:
    """The phrase around the number, from mark to mark."""
    start = max((key.rfind(mark, 0, match.start()) for mark in "，。；：（）\n"), default=-1) + 1
    end = _end(key, match.end())
    if key.startswith("（", end) and (inner := _end(key, end + 1)) < len(key) and key[inner] == "）":
        end = _end(key, inner + 1)  # 12台（套）, 以上（含3家）: what the brackets hold belongs to it
    return start, end


def _end(key: str, at: int) -> int:
    """Where the next mark stands, or the text ends."""
    mark = _MARK.search(key, at)
    return mark.start() if mark else len(key)


def _counts(key: str, match: re.Match[str]) -> bool:
    start, end = _phrase(key, match)
    before, after = key[start : match.start()].rstrip(), key[match.end() : end].lstrip()
    if _NOT_NUMBER_BEFORE.search(before) or (
        match["unit"] in ("日", "度") and not match.groupdict().get("more")
    ):
        return False
    if re.match(r"\d|（?[)）]", after) and match["unit"] == "个":
        return False
    if _SCOPE.search(before) or _is_scope(before, after, match):
        return False
    if match["unit"] in (
        "%",
        "个百分点",
        "小时",
        "分钟",
        "天",
        "个工作日",
        "百分点",
        "‰",
        "元",
        "万元",
        "亿元",
    ):
        return True
    return (
        bool(_DO.search(before))
        or bool(_AT_LEAST.search(match[0]))
        or _enumerates(before)
        or _for_so_many(before, after)
    )


def _for_so_many(before: str, after: str) -> bool:
    """为全省200所学校配备设备: so many are to be given something."""
    given = re.match(r"[^，。；]{0,20}?(?:配备|配置|安装|发放|改造)", after)
    return bool(given and re.search(r"为[^，。；]{0,6}$", before))


def _is_scope(before: str, after: str, match: re.Match[str]) -> bool:
    """Numbers of what there is already: 16个试点县, 第一批集中采购的25种药品, 名单 with a count behind it."""
    if re.search(r"(?:全市|全省|全县|全区)$", before) and not re.search(
        r"配备|改造|建成|达到|完成|实现|建设", after
    ):
        return True
    if _GIVEN.match(after) and not re.search(r"建|打造|新增|创建|增加|培育|至少", before):
        return True
    listed = re.search(r"、[^、]*(?:医院|公司|学校|院|县|区|市)$", before)
    return bool(listed or before.endswith("的")) and match["unit"] != "%"


def _enumerates(before: str) -> bool:
    """A further member of an enumeration of things to build: 建设2个…、2个….“、”begins it."""
    return before.endswith("、") and bool(_DO.search(before))


def _raw(body: Excerpt, match: re.Match[str]) -> Excerpt:
    start, end = _phrase(body.key, match)
    return body.cut(start, end).strip()


def _comparator(body: Excerpt, match: re.Match[str]) -> Comparator:
    start, end = _phrase(body.key, match)
    before = body.key[max(start, match.start() - 16) : match.start()]
    more = (match.groupdict().get("more") or "").strip()
    nearest = list(re.finditer(rf"{_AT_LEAST.pattern}|{_AT_MOST.pattern}", before))
    if more.endswith(("以上",)):
        return ">="
    if more in ("以内", "之内", "内", "以下", "及以下"):
        return "<="
    if nearest:
        word = nearest[-1][0]
        return "<=" if _AT_MOST.fullmatch(word) and not re.match(r"不(?:低|少|小)", word) else ">="
    return _by_unit(before, body.key[match.end() : end], match["unit"])


def _by_unit(before: str, after: str, unit: str) -> Comparator:
    if unit in ("%", "‰") and re.search(r"达到|具备|实现|完成|覆盖|建成|达标|开展|设置|配备", after):
        return ">="
    if unit in ("小时", "分钟", "个工作日", "天", "ms") and re.match(r"\s*(?:办结|完成|报告)", after):
        return "<="
    return "="


def _from_single(body: Excerpt, match: re.Match[str]) -> list[Target]:
    raw = _raw(body, match)
    comparator = _comparator(body, match)
    if _is_baseline(body.key, match):
        return []
    return [Target(raw.text, float(match["a"]), _unit(match["unit"]), comparator, raw.span)]


def _is_baseline(key: str, match: re.Match[str]) -> bool:
    """由520元提高到550元: the first is where it stands now."""
    return bool(
        re.search(r"(?:由|从)[^，。；]{0,12}$", key[: match.start()])
        and re.match(
            r"[^，。；]{0,8}?(?:提高|提升|增加|增长|降|下降|调整|上升|压缩|缩短|扩大|至|到)",
            key[match.end() :],
        )
    )


def _unit(unit: str) -> str:
    return unit.strip()


def _from_range(body: Excerpt, match: re.Match[str]) -> list[Target]:
    raw = _raw(body, match)
    low, high = sorted((float(match["a"]), float(match["b"])))
    return [Target(raw.text, (low, high), _unit(match["unit"]), "between", raw.span)]


def _from_list(body: Excerpt, match: re.Match[str]) -> list[Target]:
    raw = _raw(body, match)
    return [
        Target(raw.text, float(value), _unit(match["unit"]), "=", raw.span)
        for value in re.findall(_N, match["list"])
    ]
