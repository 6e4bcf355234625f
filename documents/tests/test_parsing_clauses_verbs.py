"""What the role words mean: one row, one word, or one sentence that settles how roles are to be read."""

import pytest

from documents.parsing import parse_clause
from documents.tests.clause_rows import Row, check

LEADING = [
    Row("市教育局牵头", "single", "市教育局"),
    Row("市教育局牵头负责", "single", "市教育局"),
    Row("市教育局、市科技局牵头", "co_lead", "市教育局|市科技局"),
    Row("市教育局和市科技局共同牵头，市财政局参与", "lead_support", "市教育局|市科技局", "", "市财政局"),
    Row(
        "市教育局、市科技局牵头，市财政局、市民政局按职责分工负责",
        "lead_responsible",
        "市教育局|市科技局",
        "市财政局|市民政局",
    ),
    Row(
        "市教育局牵头，市财政局、市民政局按职责分工负责", "lead_responsible", "市教育局", "市财政局|市民政局"
    ),
    Row(
        "市教育局牵头，市财政局、市民政局等按照职责分工负责",
        "lead_responsible",
        "市教育局",
        "市财政局|市民政局",
        opened="L",
    ),
    Row(
        "市教育局牵头，市财政局、市民政局根据职责分工落实",
        "lead_responsible",
        "市教育局",
        "市财政局|市民政局",
    ),
    Row(
        "市教育局牵头，市财政局、市民政局按职责分工分别负责",
        "lead_responsible",
        "市教育局",
        "市财政局|市民政局",
    ),
    Row("市教育局牵头，市财政局负责", "lead_responsible", "市教育局", "市财政局"),
    Row("市教育局牵头负责，市财政局、市民政局配合", "lead_support", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局牵头，市财政局、市民政局参与", "lead_support", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局牵头，市财政局、市民政局协助", "lead_support", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局牵头，市财政局、市民政局协同配合", "lead_support", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局牵头，市财政局、市民政局按职责配合", "lead_support", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局牵头，市财政局支持", "lead_support", "市教育局", "", "市财政局"),
    Row(
        "市教育局牵头，市司法局指导，各县（市、区）人民政府落实",
        "lead_responsible",
        "市教育局",
        "各县（市、区）人民政府",
        "市司法局",
    ),
    Row("市教育局牵头，市财政局负责，市民政局配合", "lead_responsible", "市教育局", "市财政局", "市民政局"),
    Row(
        "市教育局牵头，市财政局、市民政局按职责分工负责，市残联配合",
        "lead_responsible",
        "市教育局",
        "市财政局|市民政局",
        "市残联",
    ),
    Row(
        "市教育局牵头，市财政局配合，各县区人民政府负责落实",
        "lead_responsible",
        "市教育局",
        "各县区人民政府",
        "市财政局",
    ),
    Row("市教育局牵头，各县区人民政府具体实施", "lead_responsible", "市教育局", "各县区人民政府"),
    Row("市教育局牵头组织实施，市财政局配合", "lead_support", "市教育局", "", "市财政局"),
    Row("市教育局会同市财政局", "lead_responsible", "市教育局", "市财政局"),
    Row("市教育局会同市财政局、市民政局负责", "lead_responsible", "市教育局", "市财政局|市民政局"),
    Row("市教育局牵头会同市财政局、市民政局", "lead_responsible", "市教育局", "市财政局|市民政局"),
    Row(
        "市教育局牵头，会同市财政局、市民政局等部门落实",
        "lead_responsible",
        "市教育局",
        "市财政局|市民政局",
        opened="L",
    ),
    Row(
        "市教育局牵头，市教育局、市财政局按职责分工负责", "lead_responsible", "市教育局", "市教育局|市财政局"
    ),
    Row("市教育局牵头，市财政局、市教育局配合", "lead_support", "市教育局", "", "市财政局|市教育局"),
    Row(
        "牵头单位：市教育局；责任单位：市教育局、市财政局",
        "lead_responsible",
        "市教育局",
        "市教育局|市财政局",
    ),
]
PLAIN = [
    Row("市教育局负责", "single", "市教育局"),
    Row("市教育局负责落实", "single", "市教育局"),
    Row("市教育局具体负责", "single", "市教育局"),
    Row("市教育局负责，市财政局配合", "single", "市教育局", "", "市财政局"),
    Row("市教育局负责，市财政局、市民政局参与", "single", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局、市财政局负责", "joint", "市教育局", "市财政局"),
    Row("市教育局、市财政局共同负责", "joint", "市教育局", "市财政局"),
    Row("市教育局、市财政局负责，市民政局参与", "joint", "市教育局", "市财政局", "市民政局"),
    Row("市教育局、市财政局，各县区人民政府负责", "joint", "市教育局", "市财政局|各县区人民政府"),
    Row("责任单位：市教育局、市财政局；配合单位：市民政局", "joint", "市教育局", "市财政局", "市民政局"),
    Row("责任单位：市教育局牵头，市财政局配合", "lead_support", "市教育局", "", "市财政局"),
    Row("责任单位：市教育局、市财政局按职责分工负责", "by_duty", "", "市教育局|市财政局"),
    Row("市教育局，市财政局、市民政局", "joint", "市教育局", "市财政局|市民政局"),
]
SEPARATE = [
    Row("市教育局、市财政局分别负责", "separate", "市教育局|市财政局"),
    Row("市教育局、市财政局分别负责，市民政局参与", "separate", "市教育局|市财政局", "", "市民政局"),
    Row("市教育局、市财政局等分别负责", "separate", "市教育局|市财政局", opened="L"),
    Row("市教育局、市财政局按职责分别负责", "separate", "市教育局|市财政局"),
    Row("市教育局、市财政局各自负责", "separate", "市教育局|市财政局"),
    Row("市教育局、市财政局分别牵头，市民政局配合", "separate", "市教育局|市财政局", "", "市民政局"),
    Row(
        "市教育局、市财政局、各县区人民政府分别负责，市民政局、市残联参与",
        "separate",
        "市教育局|市财政局|各县区人民政府",
        "",
        "市民政局|市残联",
    ),
]
BY_DUTY = [
    Row("市教育局、市财政局按职责分工负责", "by_duty", "", "市教育局|市财政局"),
    Row("市教育局、市财政局按职责负责", "by_duty", "", "市教育局|市财政局"),
    Row("市教育局、市财政局按照各自职责分工负责", "by_duty", "", "市教育局|市财政局"),
    Row("市教育局、市财政局等部门按职责分工负责", "by_duty", "", "市教育局|市财政局", opened="L"),
    Row("市教育局、市财政局按职责分工负责，市民政局配合", "by_duty", "", "市教育局|市财政局", "市民政局"),
    Row("市教育局、市财政局分工负责", "by_duty", "", "市教育局|市财政局"),
    Row("市教育局、市财政局按职责分工落实", "by_duty", "", "市教育局|市财政局"),
    Row("市教育局、市财政局依职责分工负责", "by_duty", "", "市教育局|市财政局"),
    Row("各地区、各部门按职责分工负责", "by_duty", "", "各地区|各部门"),
    Row("各有关部门按职责分工负责", "by_duty", opened="L"),
    Row(
        "各县（市、区）人民政府、市直有关部门按职责分工负责",
        "by_duty",
        "",
        "各县（市、区）人民政府",
        opened="L",
    ),
    Row("市教育局按职责分工负责", "by_duty", "", "市教育局"),
]
RULES = [
    Row("市教育局、市财政局负责。排在第一位的为牵头部门，下同", "joint", "市教育局", "市财政局"),
    Row("市教育局、市财政局负责，排在首位的为牵头单位，下同", "joint", "市教育局", "市财政局"),
    Row("市教育局、市财政局等负责,列第一位的为牵头部门,下同", "joint", "市教育局", "市财政局", opened="L"),
    Row("市教育局、市财政局，排第一位的单位为牵头单位", "joint", "市教育局", "市财政局"),
    Row("责任单位：市教育局、市财政局（排在第一位的为牵头单位，下同）", "joint", "市教育局", "市财政局"),
    Row("市教育局、市财政局。列首位的为牵头单位，以下同", "joint", "市教育局", "市财政局"),
    Row(
        "市教育局、市财政局分别负责，市民政局参与。分别负责为各部门按职责分别牵头，下同",
        "separate",
        "市教育局|市财政局",
        "",
        "市民政局",
    ),
    Row("市教育局、市财政局分别负责，分别负责是指按职责分别牵头，下同", "separate", "市教育局|市财政局"),
    Row("市教育局牵头，市财政局配合，下同", "lead_support", "市教育局", "", "市财政局"),
    Row("市教育局牵头；以下任务只列牵头单位", "single", "市教育局"),
    Row("市教育局牵头。以下各项均涉及各县区人民政府，不再列出", "single", "市教育局"),
]


@pytest.mark.parametrize("row", [*LEADING, *PLAIN, *SEPARATE, *BY_DUTY, *RULES], ids=lambda row: row.clause)
def test_it_reads_what_the_role_words_say(row: Row) -> None:
    check(row)


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("市教育局、市财政局负责。排在第一位的为牵头部门，下同", "排在第一位的为牵头部门，下同"),
        ("责任单位：市教育局、市财政局（排在第一位的为牵头单位，下同）", "排在第一位的为牵头单位，下同"),
        ("市教育局牵头；以下任务只列牵头单位", "以下任务只列牵头单位"),
        ("市教育局牵头。以下各项均涉及各县区人民政府，不再列出", "以下各项均涉及各县区人民政府，不再列出"),
    ],
)
def test_it_keeps_the_sentence_that_settles_the_roles(clause: str, rule: str) -> None:
    assert [one.text for one in parse_clause(clause).rules] == [rule]


def test_it_lets_every_name_lead_a_plain_joint_clause_when_asked() -> None:
    got = parse_clause("市教育局、市财政局等负责，市民政局参与", plain_joint="all-lead").as_dict()
    assert (got["mode"], got["leads"], got["responsible"], got["participants"]) == (
        "joint",
        ["市教育局", "市财政局"],
        [],
        ["市民政局"],
    )


@pytest.mark.parametrize(
    "clause", ["市教育局牵头，市财政局负责", "市教育局、市财政局按职责分工负责", "市教育局、市财政局分别负责"]
)
def test_all_lead_changes_nothing_where_the_text_says_who_leads(clause: str) -> None:
    assert parse_clause(clause, plain_joint="all-lead") == parse_clause(clause)
