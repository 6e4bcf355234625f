"""Clauses put together from names, separators and role words: who leads is known by the way they are built."""

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.parsing import parse_clause

PLACES = ["市", "省", "县", "某某市", "东湖区"]
BODIES = [
    "教育局", "财政局", "文化和旅游局", "人力资源和社会保障局", "发展改革委", "委宣传部", "总工会", "疾控中心", "中级人民法院",
    "农业农村局（乡村振兴局）", "卫生健康委", "市场监督管理局", "税务局", "消防救援支队", "人民政府",
]  # fmt: skip
COMMAS = st.sampled_from(["，", ",", "；", ";"])
NAMES = st.lists(st.builds(str.__add__, st.sampled_from(PLACES), st.sampled_from(BODIES)), min_size=2, max_size=6, unique=True)  # fmt: skip
WRAPS = st.sampled_from(["%s", "（%s）", "(%s)", "〔%s〕", "【%s】", "（%s）。", "\n%s\n"])
LISTS = st.sampled_from(["、", "、 ", " 、"])


@given(NAMES, COMMAS, WRAPS, LISTS, st.sampled_from(["配合", "参与", "协助"]))
@settings(max_examples=150, deadline=None)
def test_the_first_leads_and_the_rest_support(
    names: list[str], comma: str, wrap: str, dot: str, verb: str
) -> None:
    got = parse_clause(wrap % f"{names[0]}牵头{comma}{dot.join(names[1:])}{verb}").as_dict()
    assert (got["mode"], got["leads"], got["participants"]) == ("lead_support", names[:1], names[1:])


@given(NAMES, COMMAS, WRAPS, LISTS)
@settings(max_examples=150, deadline=None)
def test_labels_give_the_names_after_them_their_role(
    names: list[str], comma: str, wrap: str, dot: str
) -> None:
    got = parse_clause(wrap % f"牵头单位：{names[0]}{comma}责任单位：{dot.join(names[1:])}").as_dict()
    assert (got["mode"], got["leads"], got["responsible"]) == ("lead_responsible", names[:1], names[1:])


@given(NAMES, WRAPS, LISTS)
@settings(max_examples=150, deadline=None)
def test_names_alone_are_led_by_the_first(names: list[str], wrap: str, dot: str) -> None:
    got = parse_clause(wrap % (dot.join(names) + "负责")).as_dict()
    assert (got["mode"], got["leads"], got["responsible"]) == ("joint", names[:1], names[1:])


@given(NAMES, WRAPS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_nobody_leads_by_duty_and_everybody_under_fenbie(
    names: list[str], wrap: str, still_open: bool
) -> None:
    listed = "、".join(names) + "等" * still_open
    duty = parse_clause(wrap % f"{listed}按职责分工负责").as_dict()
    each = parse_clause(wrap % f"{listed}分别负责").as_dict()
    assert (duty["mode"], duty["leads"], duty["responsible"]) == ("by_duty", [], names)
    assert (each["mode"], each["leads"], each["responsible"]) == ("separate", names, [])
    assert duty["open_ended"]["leads"] == each["open_ended"]["leads"] == still_open
