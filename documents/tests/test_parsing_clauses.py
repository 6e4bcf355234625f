"""Responsibility clauses: one row a pattern. Names between | ; what stays open as L (leads) and P (participants)."""

import pytest

from documents.parsing import parse_clause

LEADING = [
    ("（市甲局牵头，市乙局、市丙局配合）", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    ("(市甲局牵头,市乙局、市丙局配合)", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    ("市甲局牵头，市乙局参与", "lead_support", "市甲局", "", "市乙局", ""),
    ("市甲局牵头，市乙局协助", "lead_support", "市甲局", "", "市乙局", ""),
    ("市甲局牵头负责，市乙局配合", "lead_support", "市甲局", "", "市乙局", ""),
    ("市甲局、市乙局牵头", "co_lead", "市甲局|市乙局", "", "", ""),
    ("市甲局牵头", "single", "市甲局", "", "", ""),
    ("市甲局牵头，市乙局、市丙局按职责分工负责", "lead_responsible", "市甲局", "市乙局|市丙局", "", ""),
    (
        "市甲局牵头，各县（市、区）人民政府落实",
        "lead_responsible",
        "市甲局",
        "各县（市、区）人民政府",
        "",
        "",
    ),
    ("市甲局会同市乙局、市丙局", "lead_responsible", "市甲局", "市乙局|市丙局", "", ""),
    ("由市甲局牵头，会同市乙局、市丙局实施", "lead_responsible", "市甲局", "市乙局|市丙局", "", ""),
    ("市甲局牵头，市乙局负责，市丙局配合", "lead_responsible", "市甲局", "市乙局", "市丙局", ""),
    ("市甲局牵头制定方案，市乙局负责资金保障", "lead_responsible", "市甲局", "市乙局", "", ""),
    ("〔市甲局（市乙局）牵头，市丙局配合〕", "lead_support", "市甲局（市乙局）", "", "市丙局", ""),
    ("【市甲局牵头】", "single", "市甲局", "", "", ""),
    ("[市甲局牵头，市乙局配合]", "lead_support", "市甲局", "", "市乙局", ""),
    ("市甲局牵头，市司法局指导", "lead_support", "市甲局", "", "市司法局", ""),
    ("市甲局牵头，市甲局、市乙局配合", "lead_support", "市甲局", "", "市甲局|市乙局", ""),
]
LABELS = [
    ("(牵头单位:市甲局;责任单位:市乙局,市丙局)", "lead_responsible", "市甲局", "市乙局|市丙局", "", ""),
    ("(牵头单位：市甲局，责任单位：市乙局、市丙局)", "lead_responsible", "市甲局", "市乙局|市丙局", "", ""),
    ("牵头部门：市甲局；配合部门：市乙局、市丙局", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    ("牵头责任单位：市甲局。协同责任单位：市乙局。", "lead_responsible", "市甲局", "市乙局", "", ""),
    ("牵头单位：市甲局\n责任单位：市乙局", "lead_responsible", "市甲局", "市乙局", "", ""),
    ("牵头单位：市甲局\n\n配合单位：市乙局、市丙局。", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    ("牵头单位\n市甲局\n配合单位\n市乙局\n市丙局", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    ("牵头单位：市甲局　　责任单位：市乙局", "lead_responsible", "市甲局", "市乙局", "", ""),
    ("责任单位：市甲局、市乙局。", "joint", "市甲局", "市乙局", "", ""),
    ("责任部门：市甲局", "single", "市甲局", "", "", ""),
    ("责任单位：市甲局；配合单位：市乙局", "single", "市甲局", "", "市乙局", ""),
    ("责任单位：市甲局牵头，市乙局、市丙局配合", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    ("牵头单位：市甲局，市乙局、市丙局配合", "lead_support", "市甲局", "", "市乙局|市丙局", ""),
    (
        "牵头领导：王某某\n牵头单位：市甲局\n责任领导：李某\n责任单位：市乙局",
        "lead_responsible",
        "市甲局",
        "市乙局",
        "",
        "",
    ),
    ("牵头单位：市甲局；责任单位：无", "single", "市甲局", "", "", ""),
    ("牵头单位：市甲局；责任单位：各项目牵头单位", "lead_responsible", "市甲局", "各项目牵头单位", "", ""),
]
PLAIN = [
    ("市甲局负责", "single", "市甲局", "", "", ""),
    ("市甲局负责，市乙局、市丙局参与", "single", "市甲局", "", "市乙局|市丙局", ""),
    ("市甲局、市乙局负责", "joint", "市甲局", "市乙局", "", ""),
    ("市甲局、市乙局共同负责", "joint", "市甲局", "市乙局", "", ""),
    ("市甲局、市乙局分别负责，市丙局参与", "separate", "市甲局|市乙局", "", "市丙局", ""),
    ("市甲局、市乙局按职责分工负责", "by_duty", "", "市甲局|市乙局", "", ""),
    ("市甲局、市乙局按照职责负责，市丙局配合", "by_duty", "", "市甲局|市乙局", "市丙局", ""),
    ("市甲局、市乙局分工负责", "by_duty", "", "市甲局|市乙局", "", ""),
    ("市甲局、市乙局，各县市区人民政府负责", "joint", "市甲局", "市乙局|各县市区人民政府", "", ""),
    ("市甲局、市乙局、市丙局", "joint", "市甲局", "市乙局|市丙局", "", ""),
    ("市甲局；市乙局", "joint", "市甲局", "市乙局", "", ""),
    ("市甲局", "single", "市甲局", "", "", ""),
    ("市甲局负责，市乙局配合，推进某项改革，完善有关机制。", "single", "市甲局", "", "市乙局", ""),
    ("市甲局、市乙局负责推进某项改革。", "joint", "市甲局", "市乙局", "", ""),
    ("完善某项制度，健全某项机制。（市甲局负责）", "single", "市甲局", "", "", ""),
    ("这是一段正文内容说明", None, "", "", "", ""),
    ("x", None, "", "", "", ""),
    ("无", None, "", "", "", ""),
    ("—", None, "", "", "", ""),
]
RULES = [
    ("市甲局、市乙局等负责。排在第一位的为牵头部门，下同", "joint", "市甲局", "市乙局", "", "L"),
    ("市甲局、市乙局负责,排在首位的为牵头单位,下同", "joint", "市甲局", "市乙局", "", ""),
    ("责任单位：市甲局、市乙局，列第一位的为牵头单位，下同", "joint", "市甲局", "市乙局", "", ""),
    ("市甲局、市乙局分别负责，分别负责指各部门按职责分别牵头，下同", "separate", "市甲局|市乙局", "", "", ""),
    (
        "市甲局、市乙局分别负责，市丙局等参与。分别负责为各部门按职责分别牵头，下同",
        "separate",
        "市甲局|市乙局",
        "",
        "市丙局",
        "P",
    ),
    ("市甲局负责，以下任务只列牵头单位", "single", "市甲局", "", "", ""),
]
OPEN = [
    ("市甲局等部门按职责分工负责", "by_duty", "", "市甲局", "", "L"),
    ("市甲局等分别负责，市级有关部门参与", "separate", "市甲局", "", "", "LP"),
    ("市甲局负责，各相关部门参与", "single", "市甲局", "", "", "P"),
    ("市甲局牵头，市乙局等有关单位配合", "lead_support", "市甲局", "", "市乙局", "P"),
    (
        "市甲局牵头，市乙局等相关部门及各地区按职责分工负责",
        "lead_responsible",
        "市甲局",
        "市乙局|各地区",
        "",
        "L",
    ),
    ("市甲局牵头，各有关部门和单位配合", "lead_support", "市甲局", "", "", "P"),
    ("市甲局、市妇联等群团组织按职责分工负责", "by_duty", "", "市甲局|市妇联", "", "L"),
    (
        "市甲局牵头，市级各有关部门及各县市区政府按职责分工负责",
        "lead_responsible",
        "市甲局",
        "各县市区政府",
        "",
        "L",
    ),
    ("市甲局、市乙局等单位按照职责分工落实", "by_duty", "", "市甲局|市乙局", "", "L"),
    ("市甲局牵头做好值守等工作", "single", "市甲局", "", "", ""),
    ("市高等法院、市初等教育中心负责", "joint", "市高等法院", "市初等教育中心", "", ""),
]
NAMES = [
    (
        "市文化和旅游局、市人力资源和社会保障局负责",
        "joint",
        "市文化和旅游局",
        "市人力资源和社会保障局",
        "",
        "",
    ),
    ("市工业和信息化局和市发展和改革委员会负责", "joint", "市工业和信息化局", "市发展和改革委员会", "", ""),
    ("市甲局及市乙局以及市丙局负责", "joint", "市甲局", "市乙局|市丙局", "", ""),
    ("各区、县级市人民政府负责", "single", "各区、县级市人民政府", "", "", ""),
    ("各县（市、区）政府、管委会负责", "single", "各县（市、区）政府、管委会", "", "", ""),
    ("各市、县人民政府负责", "single", "各市、县人民政府", "", "", ""),
    ("各区、县级市党委、政府负责", "single", "各区、县级市党委、政府", "", "", ""),
    (
        "省農村信用聯社、各市、縣〔區〕人民政府分別負責",
        "separate",
        "省農村信用聯社|各市、縣〔區〕人民政府",
        "",
        "",
        "",
    ),
    ("县（区）党委、政府", "single", "县（区）党委、政府", "", "", ""),
    ("市甲局（某人民医院）", "single", "市甲局", "", "", ""),
    ("市甲局 (某医院)", "single", "市甲局", "", "", ""),
    ("市甲局（市乙局）、市丙局〈市丁局〉负责", "joint", "市甲局（市乙局）", "市丙局〈市丁局〉", "", ""),
    (
        "某某海关、人民银行某市中心支行、市法院、团市委分别负责",
        "separate",
        "某某海关|人民银行某市中心支行|市法院|团市委",
        "",
        "",
        "",
    ),
    (
        "某电力公司、某重点实验室、某工作专班、某县负责",
        "joint",
        "某电力公司",
        "某重点实验室|某工作专班|某县",
        "",
        "",
    ),
    ("各区县、各镇人民政府、各街道负责", "joint", "各区县", "各镇人民政府|各街道", "", ""),
    ("各区县(自治县)人民政府负责", "single", "各区县(自治县)人民政府", "", "", ""),
    ("省教育厅、财政厅牵头", "co_lead", "省教育厅|财政厅", "", "", ""),
    ("市财(cái)政局(jú)牵头", "single", "市财政局", "", "", ""),
    (
        "市衛生健康委牽頭，市財政局、各縣（市、區）人民政府配合",
        "lead_support",
        "市衛生健康委",
        "",
        "市財政局|各縣（市、區）人民政府",
        "",
    ),
    ("市甲局负\n责，市乙\n局参与", "single", "市甲局", "", "市乙局", ""),
]


@pytest.mark.parametrize(
    ("text", "mode", "leads", "responsible", "participants", "still_open"),
    [*LEADING, *LABELS, *PLAIN, *RULES, *OPEN, *NAMES],
    ids=lambda value: None,
)
def test_it_reads_the_roles(
    text: str, mode: str | None, leads: str, responsible: str, participants: str, still_open: str
) -> None:
    got = parse_clause(text).as_dict()
    assert (
        got["mode"],
        "|".join(got["leads"]),
        "|".join(got["responsible"]),
        "|".join(got["participants"]),
    ) == (
        mode,
        leads,
        responsible,
        participants,
    )
    assert got["open_ended"] == {"leads": "L" in still_open, "participants": "P" in still_open}


@pytest.mark.parametrize(
    ("text", "raw", "date", "kind"),
    [
        ("市甲局负责，2020年12月底前完成", "2020年12月底前", "2020-12-31", "fixed"),
        ("市甲局负责，省文件出台后1个月内完成起草工作", "省文件出台后1个月内", None, "relative"),
        ("牵头单位：市甲局；完成时限：2021年6月30日", "2021年6月30日", "2021-06-30", "fixed"),
        ("市甲局、市乙局，11月底前", "11月底前", "2020-11-30", "fixed"),
        ("市甲局牵头，持续推进", "持续推进", None, "continuing"),
        ("市甲局负责，每季度末报送", "每季度末", None, "relative"),
        ("市甲局负责", None, None, "none"),
    ],
)
def test_it_reads_a_time_limit_inside_the_clause(
    text: str, raw: str | None, date: str | None, kind: str
) -> None:
    clause = parse_clause(text, year=2020)
    assert clause.deadline.as_dict().items() >= {"raw": raw, "date": date, "kind": kind}.items()
    assert all("月" not in name.text for name in clause.names)


def test_it_leaves_the_date_empty_without_a_year() -> None:
    deadline = parse_clause("市甲局负责，11月底前完成").deadline
    assert (deadline.raw, deadline.date, deadline.kind) == ("11月底前", None, "fixed")


def test_it_lets_all_lead_when_asked() -> None:
    clause = parse_clause("市甲局、市乙局、市丙局负责，市丁局参与", plain_joint="all-lead").as_dict()
    assert clause["leads"] == ["市甲局", "市乙局", "市丙局"]
    assert clause["responsible"] == []
    assert clause["participants"] == ["市丁局"]


def test_it_keeps_the_rule_sentences() -> None:
    clause = parse_clause("市甲局、市乙局负责,排在第一位的为牵头部门,下同")
    assert [rule.text for rule in clause.rules] == ["排在第一位的为牵头部门,下同"]


def test_it_knows_the_place_of_each_name() -> None:
    text = "（市甲局牵头，市乙局配合）"
    assert {n.text: text[n.span.start : n.span.end] for n in parse_clause(text).names} == {
        "市甲局": "市甲局",
        "市乙局": "市乙局",
    }


def test_it_expands_a_level_given_once() -> None:
    names = parse_clause("省教育厅牵头，省财政厅、民政厅、某某海关配合").participants
    assert [(n.text, n.full) for n in names] == [
        ("省财政厅", None),
        ("民政厅", "省民政厅"),
        ("某某海关", None),
    ]


def test_it_is_less_sure_of_what_does_not_read_as_a_name() -> None:
    clause = parse_clause("某某某、市乙局负责")
    assert [n.text for n in clause.names] == ["某某某", "市乙局"]
    assert clause.confidence < 1
    assert clause.doubts
