"""单位名称: the one form in which two ways of writing the same department agree.

Papers shorten names as the offices do (市发改委, 市发展改革委, 平凉市发展和改革委员会); the rules below are the
habits of official writing, not a list of departments. Pure: no model, no database.
"""

import re

LEVELS = ("自治区", "自治州", "自治县", "地区", "省", "市", "州", "盟", "县", "区", "旗")

# What offices shorten, the longer wording first so that a part of it is not replaced before the whole.
_SHORTENED = (
    ("网络安全和信息化委员会办公室", "网信办"),
    ("互联网信息办公室", "网信办"),
    ("机构编制委员会办公室", "编办"),
    ("爱国卫生运动委员会", "爱卫会"),
    ("政务服务和数字化建设管理", "政数"),
    ("政务服务数据管理", "政数"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("国有资产监督管理", "国资"),
    ("银行保险监督管理", "银保监"),
    ("医药卫生体制改革", "医改"),
    ("卫生和计划生育", "卫计"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("文化广电和旅游", "文广旅"),
    ("文化广电旅游", "文广旅"),
    ("工业和信息化", "工信"),
    ("经济和信息化", "经信"),
    ("残疾人联合会", "残联"),
    ("退役军人事务", "退役军人"),
    ("药品监督管理", "药监"),
    ("市场监督管理", "市场监管"),
    ("疾病预防控制", "疾控"),
    ("药品监管", "药监"),
    ("国资监管", "国资"),
    ("经济信息", "经信"),
    ("文化和旅游", "文旅"),
    ("文化旅游", "文旅"),
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("中医药管理", "中医药"),
    ("扶贫开发", "扶贫"),
    ("人力社保", "人社"),
    ("社会保险", "社保"),
    ("医疗保障", "医保"),
    ("卫生健康", "卫健"),
    ("科学技术", "科技"),
    ("工作领导小组", "领导小组"),
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("办公室", "办"),
)
_BRACKETS = str.maketrans("()<>〈〉《》[]【】〔〕", "（）（）（）（）（）（）（）")
_OWN_BRACKETED = re.compile(r"（[^（）]*）")
# 市 is not the level but part of the word in 市场监管局, 市政工程处, 市直机关工委.
_NOT_A_LEVEL = re.compile(r"市场|市政(?!府|协)|市直|市民|区域|县域|州际|省际|省直|县直|区直")
_COLLECTIVE = re.compile(
    r"^(?P<each>各?)(?P<levels>(?:[县市区旗州盟]|自治|地区|[（）、/])+)(?:党委|委)?、?(?:人民政府|政府)?$"
)


def canonical(name: str, place: str = "") -> str:
    """The form that all ways of writing a department's name share; "" for a blank name.

    `place` is the jurisdiction that the paper is of: its own name and level in front of a department say
    nothing there (平凉市卫健委 = 市卫健委 = 卫健委), another level does (省卫健委). A second name in brackets
    (挂牌) is left out.
    """
    text = re.sub(r"\s", "", name).translate(_BRACKETS)
    if group := collective(text):
        return group
    text = _OWN_BRACKETED.sub("", text).removeprefix("中共")
    text = _without_place(text, place)
    for long, short in _SHORTENED:
        text = text.replace(long, short)
    return text


def collective(name: str) -> str | None:
    """The one form of a collective such as 各县（市、区）人民政府; None for a single department.

    各县市区, 各区县（自治县）人民政府 and 县（区）党委、政府 all mean every county; 各市（州） every city.
    """
    text = re.sub(r"\s", "", name).translate(_BRACKETS)
    match = _COLLECTIVE.match(text)
    if not match or not (match["each"] or "（" in match["levels"]):
        return None
    return "各县市区" if set(match["levels"]) & set("县区旗") - set(_district(text)) else "各市州"


def _district(text: str) -> str:
    """地区 is a kind of city: its 区 is no county."""
    return "区" if "地区" in text else ""


def _without_place(text: str, place: str) -> str:
    level = next((one for one in LEVELS if place.endswith(one)), "")
    stem = place.removesuffix(level)
    if len(stem) > 1 and text.startswith(stem) and text != place:
        text = text.removeprefix(stem)
    if not level or not text.startswith(level) or _NOT_A_LEVEL.match(text):
        return text
    rest = text.removeprefix(level)
    if rest.startswith("委") and rest not in ("委", "委员会"):
        rest = rest.removeprefix("委")  # 市委编办: the party committee's office is one with 市编办
    return rest or text
