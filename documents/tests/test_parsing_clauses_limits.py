"""Time limits inside a clause, and clauses as copying has left them. One row, one way of writing."""

import pytest

from documents.parsing import parse_clause
from documents.tests.clause_rows import Row, check

FIXED = [
    Row(
        "（市教育局牵头，2021年12月31日前完成）",
        "single",
        "市教育局",
        limit="fixed 2021-12-31 2021年12月31日前",
    ),
    Row(
        "市教育局牵头，市财政局配合，2021年6月底前完成",
        "lead_support",
        "市教育局",
        "",
        "市财政局",
        limit="fixed 2021-06-30 2021年6月底前",
    ),
    Row(
        "市教育局、市财政局，2022年2月底前",
        "joint",
        "市教育局",
        "市财政局",
        limit="fixed 2022-02-28 2022年2月底前",
    ),
    Row("市教育局负责；完成时限：2021年9月", "single", "市教育局", limit="fixed 2021-09-30 2021年9月"),
    Row(
        "（责任单位：市教育局、市财政局；完成时限：2021年底前）",
        "joint",
        "市教育局",
        "市财政局",
        limit="fixed 2021-12-31 2021年底前",
    ),
    Row(
        "（责任单位：市教育局，完成时间：2021年第三季度）",
        "single",
        "市教育局",
        limit="fixed 2021-09-30 2021年第三季度",
    ),
    Row(
        "牵头单位：市教育局；责任单位：市财政局；时限：到2025年",
        "lead_responsible",
        "市教育局",
        "市财政局",
        limit="fixed 2025-12-31 到2025年",
    ),
    Row("市教育局牵头，12月底前", "single", "市教育局", limit="fixed 2021-12-31 12月底前"),
    Row("市教育局牵头，年底前完成", "single", "市教育局", limit="fixed 2021-12-31 年底前"),
    Row("市教育局牵头，今年年底前完成", "single", "市教育局", limit="fixed 2021-12-31 今年年底前"),
    Row("市教育局负责，2020年12月31前", "single", "市教育局", limit="fixed 2020-12-31 2020年12月31前"),
    Row(
        "市教育局负责，2021年3月-2022年6月",
        "single",
        "市教育局",
        limit="fixed 2022-06-30 2021年3月-2022年6月",
    ),
    Row("市教育局负责，2021年—2023年", "single", "市教育局", limit="fixed 2023-12-31 2021年—2023年"),
    Row("市教育局负责，2021-2023年", "single", "市教育局", limit="fixed 2023-12-31 2021-2023年"),
    Row("市教育局负责，2021年上半年", "single", "市教育局", limit="fixed 2021-06-30 2021年上半年"),
    Row("市教育局负责，2021.12.31前", "single", "市教育局", limit="fixed 2021-12-31 2021.12.31前"),
    Row(
        "市教育局负责，二〇二一年十二月底前",
        "single",
        "市教育局",
        limit="fixed 2021-12-31 二〇二一年十二月底前",
    ),
    Row("市教育局负责，11月底完成", "single", "市教育局", limit="fixed 2021-11-30 11月底"),
    Row(
        "市教育局、市财政局、市民政局,11月30日前",
        "joint",
        "市教育局",
        "市财政局|市民政局",
        limit="fixed 2021-11-30 11月30日前",
    ),
    Row("市教育局牵头（2021年10月底前）", "single", "市教育局", limit="fixed 2021-10-31 2021年10月底前"),
]
RELATIVE = [
    Row(
        "市教育局负责，省级文件印发后1个月内完成",
        "single",
        "市教育局",
        limit="relative - 省级文件印发后1个月内",
    ),
    Row(
        "市教育局，省文件出台后30个工作日内",
        "single",
        "市教育局",
        limit="relative - 省文件出台后30个工作日内",
    ),
    Row("市教育局牵头，两年内完成", "single", "市教育局", limit="relative - 两年内"),
    Row("市教育局牵头，每季度末报送", "single", "市教育局", limit="relative - 每季度末"),
    Row("市教育局牵头，每年12月底前", "single", "市教育局", limit="relative - 每年12月底前"),
    Row("责任单位：市教育局；完成时限：每年", "single", "市教育局", limit="relative - 每年"),
    Row(
        "市教育局负责，自方案印发之日起3个月内",
        "single",
        "市教育局",
        limit="relative - 自方案印发之日起3个月内",
    ),
]
CONTINUING = [
    Row("市教育局牵头，持续推进", "single", "市教育局", limit="continuing - 持续推进"),
    Row(
        "市教育局牵头，市财政局配合，长期坚持",
        "lead_support",
        "市教育局",
        "",
        "市财政局",
        limit="continuing - 长期坚持",
    ),
    Row("责任单位：市教育局；完成时限：立行立改", "single", "市教育局", limit="continuing - 立行立改"),
    Row(
        "责任单位：市教育局；完成时限：年内持续推进", "single", "市教育局", limit="continuing - 年内持续推进"
    ),
    Row("市教育局；长期", "single", "市教育局", limit="continuing - 长期"),
    Row("市教育局、市财政局，全年推进", "joint", "市教育局", "市财政局", limit="continuing - 全年推进"),
]
NO_LIMIT = [
    Row("市教育局负责，9月底前动工", "single", "市教育局"),
    Row("市教育局负责，9月底前开工建设", "single", "市教育局"),
    Row("市教育局负责，12月投入使用", "single", "市教育局"),
    Row(
        "市教育局负责，9月底前开工，2022年底前建成", "single", "市教育局", limit="fixed 2022-12-31 2022年底前"
    ),
    Row("市教育局负责，实施期限至2025年12月31日", "single", "市教育局"),
    Row("市教育局负责，有效期5年", "single", "市教育局"),
    Row("责任单位：市教育局；完成时限：无", "single", "市教育局"),
]
BROKEN = [
    Row(
        "（市教育局牵\n头，市财\n政局、市民政局配\n合）", "lead_support", "市教育局", "", "市财政局|市民政局"
    ),
    Row("（市教育局、市财政\n局分别负\n责，市民政局参与）", "separate", "市教育局|市财政局", "", "市民政局"),
    Row(
        "（市教育局牵头，市人力资源和社会\n  保障局、市民政局按职责分\n  工负责）",
        "lead_responsible",
        "市教育局",
        "市人力资源和社会保障局|市民政局",
    ),
    Row("（牵头单\n位：市教育局；责任单\n位：市财政局）", "lead_responsible", "市教育局", "市财政局"),
    Row("（市教育局负责，2021年12\n月底前）", "single", "市教育局", limit="fixed 2021-12-31 2021年12月底前"),
    Row("市教育局牵头，\n市财政局、\n市民政局配合", "lead_support", "市教育局", "", "市财政局|市民政局"),
    Row("市教育局\r\n牵头，市财政局配合", "lead_support", "市教育局", "", "市财政局"),
    Row("（市教育局牵头 ，市财政局 配合 ）", "lead_support", "市教育局", "", "市财政局"),
    Row("市教 育局牵头，市财政 局配合", "lead_support", "市教育局", "", "市财政局"),
]
GLOSSED = [
    Row("市教育局(jú)牵头，市财(cái)政局配合", "lead_support", "市教育局", "", "市财政局"),
    Row("（市教育局（jú）牵(qiān)头，市财政局（jú）参与(yù)）", "lead_support", "市教育局", "", "市财政局"),
    Row("市教育局、各县（xiàn）（市、区）人民政府负责", "joint", "市教育局", "各县（市、区）人民政府"),
]
TRADITIONAL = [
    Row("（市教育局牽頭，市財政局、市民政局配合）", "lead_support", "市教育局", "", "市財政局|市民政局"),
    Row("（責任單位：市教育局、市財政局）", "joint", "市教育局", "市財政局"),
    Row(
        "(牽頭單位:市教育局;責任單位:市財政局;配合單位:市民政局)",
        "lead_responsible",
        "市教育局",
        "市財政局",
        "市民政局",
    ),
    Row("市教育局、市財政局按職責分工負責", "by_duty", "", "市教育局|市財政局"),
    Row("市教育局、市財政局分別負責，市民政局參與", "separate", "市教育局|市財政局", "", "市民政局"),
    Row("市教育局、各縣（市、區）人民政府等負責", "joint", "市教育局", "各縣（市、區）人民政府", opened="L"),
    Row(
        "市教育局會同市財政局，2021年6月底前",
        "lead_responsible",
        "市教育局",
        "市財政局",
        limit="fixed 2021-06-30 2021年6月底前",
    ),
    Row("市發展改革委、市衞生健康委負責，有關部門協助", "joint", "市發展改革委", "市衞生健康委", opened="P"),
]
HALF_WIDTH = [
    Row(
        "(市教育局牵头,市财政局、市民政局按职责分工负责)", "lead_responsible", "市教育局", "市财政局|市民政局"
    ),
    Row("(责任单位:市教育局,各县(市、区)人民政府)", "joint", "市教育局", "各县(市、区)人民政府"),
    Row(
        "(市教育局,市财政局;2021年12月底前)",
        "joint",
        "市教育局",
        "市财政局",
        limit="fixed 2021-12-31 2021年12月底前",
    ),
    Row("（市教育局牵头,市财政局；市民政局配合).", "lead_support", "市教育局", "", "市财政局|市民政局"),
]


@pytest.mark.parametrize("row", [*FIXED, *RELATIVE, *CONTINUING, *NO_LIMIT], ids=lambda row: row.clause)
def test_it_reads_the_time_limit_beside_the_names(row: Row) -> None:
    check(row)


@pytest.mark.parametrize("row", [*BROKEN, *GLOSSED, *TRADITIONAL, *HALF_WIDTH], ids=lambda row: row.clause)
def test_it_reads_what_copying_has_left(row: Row) -> None:
    check(row)


@pytest.mark.parametrize("clause", ["□教育局负责", "市教育局、市■■局负责", "市教育局、？？局负责"])
def test_it_is_less_sure_where_characters_are_missing(clause: str) -> None:
    got = parse_clause(clause)
    assert got.confidence < 1
    assert got.doubts
