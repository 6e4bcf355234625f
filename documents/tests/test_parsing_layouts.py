"""Layouts of the genre in small papers with invented names: where tasks stand, where clauses stand, tables, noise."""

from typing import Any

import pytest

from documents.parsing import parse
from documents.readers import read

Facts = dict[str, Any]


def draft(text: str, name: str = "方案.txt") -> Facts:
    return parse(read(text.encode(), name)).as_dict()


def cast(text: str) -> list[tuple[str, str | None, str, str, str]]:
    """Reference, title, leads, co-responsible, participants of each task."""
    return [
        (t["ref"], t["title"], "|".join(t["leads"]), "|".join(t["responsible"]), "|".join(t["participants"]))
        for t in draft(text)["tasks"]
    ]


def kinds(text: str, ref: str) -> set[str]:
    return {p["kind"] for p in draft(text)["problems"] if p["ref"] == ref}


CLAUSE_PLACES = [
    "一、甲\n（一）完善体系。健全机制。（市甲局牵头，市乙局配合）",
    "一、甲\n（一）完善体系。健全机制（含某项）(市甲局牵头，市乙局配合)。",
    "一、甲\n（一）完善体系。健全机制。\n（市甲局牵头，市乙局配合）",
    "一、甲\n（一）完善体系。健全机制。\n\n牵头单位：市甲局\n\n配合单位：市乙局。",
    "一、甲\n（一）完善体系。健全机制。牵头单位：市甲局，配合单位：市乙局。",
    "一、甲\n（一）完善体系。健全机制。市甲局牵头，市乙局配合。",
    "一、甲\n（一）完善体系。健全机制。【市甲局牵头，市乙局配合】",
    "一、甲\n（一）完善体系。市甲局牵头，市乙局配合，健全机制。",
    "一、甲\n（一）完善体系。健全机制。（市甲局\n牵头，市乙局配\n合）",
    "一、甲（市甲局牵头，市乙局配合）\n（一）完善体系。健全机制。",
    "一、甲\n（一）完善体系\n健全机制。（市甲局牵头，市乙局配合）",
    "一、甲\n（一）完善体系。健全机制。（市甲局牵头，市乙局配合） 文件下载",
]


@pytest.mark.parametrize("text", CLAUSE_PLACES)
def test_it_finds_the_clause_wherever_it_stands(text: str) -> None:
    assert cast(text) == [("一/（一）", "完善体系", "市甲局", "", "市乙局")]
    assert draft(text)["tasks"][0]["body"].rstrip("。").startswith("健全机制")


@pytest.mark.parametrize("bullet", ["——", "● ", "•", "◆", "- ", "　—"])
def test_it_takes_a_bullet_for_no_part_of_the_title(bullet: str) -> None:
    text = f"一、甲\n{bullet}完善体系。健全机制。（市甲局牵头）\n{bullet}健全制度。（市乙局牵头）"
    assert cast(text) == [("一/1", "完善体系", "市甲局", "", ""), ("一/2", "健全制度", "市乙局", "", "")]


@pytest.mark.parametrize(
    "bracket",
    ["（含某项目）", "（以下简称某项）", "（试行）", "（2019—2022年）", "（某政发〔2020〕1号）", "（DRG）"],
)
def test_it_takes_no_other_bracket_for_a_clause(bracket: str) -> None:
    text = f"一、甲\n（一）完善体系。健全机制{bracket}。\n（二）健全制度。（市乙局负责）"
    assert cast(text) == [("一/（一）", "完善体系", "", "", ""), ("一/（二）", "健全制度", "市乙局", "", "")]
    assert "no_clause" in kinds(text, "一/（一）")


def test_it_says_that_a_clause_was_inherited() -> None:
    text = "一、甲（市甲局牵头）\n1．完善制度。健全体系。\n2．深化改革。推进事项。（市乙局负责）"
    assert cast(text) == [("一/1", "完善制度", "市甲局", "", ""), ("一/2", "深化改革", "市乙局", "", "")]
    assert "inferred" in kinds(text, "一/1")


def test_it_takes_parent_and_items_with_clauses_of_their_own() -> None:
    text = (
        "一、甲\n（一）深化改革。健全结构。（县甲局牵头）\n具体措施：\n1.完善办法。（县乙局负责）\n"
        "2.推进重组。（县乙局牵头，县丙局配合；2023年9月底前完成）"
    )
    assert [one[:3] for one in cast(text)] == [
        ("一/（一）", "深化改革", "县甲局"),
        ("一/（一）/1", "完善办法", "县乙局"),
        ("一/（一）/2", "推进重组", "县乙局"),
    ]
    assert draft(text)["tasks"][2]["deadline"]["date"] == "2023-09-30"


def test_it_gives_the_clause_after_the_last_item_to_the_parent() -> None:
    text = "一、甲\n（一）深化改革。分步推进。\n1.完善办法。\n2.推进重组。（市甲局负责）\n（二）健全制度。统一标准。（市乙局负责）"
    assert cast(text) == [
        ("一/（一）", "深化改革", "市甲局", "", ""),
        ("一/（二）", "健全制度", "市乙局", "", ""),
    ]
    assert "2.推进重组。" in draft(text)["tasks"][0]["body"]


def test_it_leaves_objectives_requirements_and_closing_words_out() -> None:
    text = (
        "某市2024年改革要点\n一、工作目标\n到2024年底办理时间压缩50%。\n二、重点任务\n（一）完善体系。（市甲局负责）\n"
        "三、保障措施\n（一）加强领导。市改革办负责统筹。\n（二）强化考核。各单位于12月10日前将总结报送市改革办。\n"
        "各县（市、区）要高度重视，抓好落实。"
    )
    assert cast(text) == [("二/（一）", "完善体系", "市甲局", "", "")]
    assert draft(text)["document"]["reporting_dates"][0]["date"] == "2024-12-10"


def test_it_passes_over_the_items_of_the_notice() -> None:
    text = (
        "某府办发〔2024〕24号\n各区人民政府：\n《某市完善体系实施方案》已经市政府同意，现印发给你们。\n"
        "一、高度重视。各牵头单位要统筹落实。\n二、压实责任。各单位要主动作为。\n某市人民政府办公室\n2024年4月8日\n"
        "某市完善体系实施方案\n1. 推动转化。（牵头单位：市甲局）\n2. 建设平台10个以上。（牵头单位：市乙局）"
    )
    got = draft(text)
    assert [t["ref"] for t in got["tasks"]] == ["1", "2"]
    assert [
        got["document"][key] for key in ("title", "document_number", "issuer", "issued_on", "jurisdiction")
    ] == [
        "某市完善体系实施方案",
        "某府办发〔2024〕24号",
        "某市人民政府办公室",
        "2024-04-08",
        "某市",
    ]


def test_it_reads_a_page_that_begins_in_the_middle() -> None:
    text = "（三）加强能力。推进建设。（市甲局、市乙局按职责分工负责）\n（五）完善保障。建立机制。[市丙局(市丁局)牵头]"
    assert cast(text) == [
        ("（三）", "加强能力", "", "市甲局|市乙局", ""),
        ("（五）", "完善保障", "市丙局(市丁局)", "", ""),
    ]
    assert "no_lead" in kinds(text, "（三）")


def test_it_reads_a_paper_that_has_lost_its_breaks() -> None:
    body = "健全工作机制，强化协同联动，" * 12
    text = (
        "某市人民政府关于印发某市改革要点的通知某政发〔2021〕3号各区人民政府：现印发给你们。某市人民政府2021年3月1日"
        f"一、加强建设（一）完善体系。{body}抓好实施。（市甲局负责）（二）健全制度。{body}抓好实施。（市乙局负责）"
        f"二、深化改革（三）推进融合。{body}抓好实施。（市丙局负责）"
    )
    assert [one[:3] for one in cast(text)] == [
        ("一/（一）", "完善体系", "市甲局"),
        ("一/（二）", "健全制度", "市乙局"),
        ("二/（三）", "推进融合", "市丙局"),
    ]


def test_it_says_that_a_task_has_several_clauses() -> None:
    text = "一、甲\n（一）完善体系。健全机制。（市甲局负责）强化保障。（市乙局负责）\n（二）健全制度。（市丙局负责）"
    assert [one[2] for one in cast(text)] == ["市乙局", "市丙局"]
    assert "inferred" in kinds(text, "一/（一）")


def test_it_keeps_two_tasks_of_one_number_apart() -> None:
    text = "一、甲\n（一）完善体系。（市甲局负责）\n（一）健全制度。（市乙局负责）"
    assert [one[2] for one in cast(text)] == ["市甲局", "市乙局"]
    assert "duplicate" in kinds(text, "一/（一）")


TABLES = {
    "tabs": "序号\t任务\t牵头单位\t配合单位\t完成时限\n1\t建设甲\t市甲局\t市乙局\t2022年6月底前\n2\t建设乙\t市丙局\t无\t2022年9月",
    "bars": "序号 | 任务 | 牵头单位 | 配合单位 | 完成时限\n1 | 建设甲 | 市甲局 | 市乙局 | 2022年6月底前\n2 | 建设乙 | 市丙局 | 无 | 2022年9月",
    "markdown": "|序号|任务|牵头单位|配合单位|完成时限|\n|---|---|---|---|---|\n|1|建设甲|市甲局|市乙局|2022年6月底前|\n|2|建设乙|市丙局||2022年9月|",
    "cells": "序号\n\n任务\n\n牵头单位\n\n配合单位\n\n完成时限\n\n1\n\n建设甲\n\n市甲局\n\n市乙局\n\n2022年6月底前\n\n2\n\n建设乙\n\n市丙局\n\n无\n\n2022年9月",
    "cells and bars": "序号\n|\n任务\n|\n牵头单位\n|\n配合单位\n|\n完成时限\n|\n1\n|\n建设甲\n|\n市甲局\n|\n市乙局\n|\n2022年6月底前\n|\n2\n|\n建设乙\n|\n市丙局\n|\n无\n|\n2022年9月",
}


@pytest.mark.parametrize("layout", TABLES)
def test_it_reads_a_table_in_any_layout(layout: str) -> None:
    text = TABLES[layout]
    assert cast(text) == [("1", "建设甲", "市甲局", "", "市乙局"), ("2", "建设乙", "市丙局", "", "")]
    assert [t["deadline"]["date"] for t in draft(text)["tasks"]] == ["2022-06-30", "2022-09-30"]


def test_it_lays_shifted_rows_on_their_columns() -> None:
    text = (
        "序号\t类别\t工作任务\t牵头单位\t配合单位\t完成时限\n1\t一、基础\t建设甲\t市甲局\t市乙局\t2022年6月底前\n"
        "2\t建设乙\t市丙局\t市丁局、各区人民政府\t2022年9月\n3\t二、应用\t推广丙\t市甲局牵头，市乙局配合\t无\t年底前"
    )
    assert [one[0] for one in cast(text)] == ["一/1", "一/2", "二/3"]
    assert cast(text)[1][2:] == ("市丙局", "", "市丁局|各区人民政府")
    assert [s["title"] for s in draft(text)["sections"]] == ["基础", "应用"]


def test_it_takes_several_lines_of_a_cell_together() -> None:
    text = "序号\n\n任务\n\n牵头单位\n\n配合单位\n\n1\n\n建设甲\n\n市甲局\n\n市乙局\n市丙局\n\n2\n\n建设乙\n\n市丁局\n\n各乡镇人民政府\n各街道办事处"
    assert [one[4] for one in cast(text)] == ["市乙局|市丙局", "各乡镇人民政府|各街道办事处"]


def test_it_takes_a_line_of_doubt_for_support_and_not_for_a_lead() -> None:
    text = "序号\n任务\n牵头单位\n配合单位\n完成时限\n1\n建设甲\n市甲局\n市乙局\n市丙局\n2022年6月底前\n2\n建设乙\n市丁局\n无\n持续推进"
    assert cast(text) == [("1", "建设甲", "市甲局", "", "市乙局|市丙局"), ("2", "建设乙", "市丁局", "", "")]


def test_it_reads_cells_without_numbers() -> None:
    text = "某县任务表\n任务名称\n责任单位\n完成时限\n建设甲\n县甲局、县乙局\n2022年6月\n建设乙\n县丙局\n2022年8月"
    assert cast(text) == [("1", "建设甲", "县甲局", "县乙局", ""), ("2", "建设乙", "县丙局", "", "")]


def test_it_reads_a_number_column_without_a_header() -> None:
    text = "任务\t牵头单位\t完成时限\n1\t建设甲\t市甲局\t2022年6月\n2\t建设乙\t市乙局\t2022年7月"
    assert [one[:3] for one in cast(text)] == [("1", "建设甲", "市甲局"), ("2", "建设乙", "市乙局")]


def test_it_takes_the_clause_of_the_parent_for_an_item_without() -> None:
    text = "一、甲\n（一）优化环境。（市甲局牵头）\n1.保护权益。出台条例。（市乙局负责）\n2.提升质量。"
    assert [one[2] for one in cast(text)] == ["市甲局", "市乙局", "市甲局"]
    assert "inferred" in kinds(text, "一/（一）/2")


def test_it_takes_the_limit_of_a_task_of_one_sentence_for_its_deadline() -> None:
    got = draft("某市2022年要点\n一、甲\n1.推进某项改革，2022年10月底前完成。（市甲局负责）")["tasks"][0]
    assert (got["deadline"]["date"], got["in_text_dates"]) == ("2022-10-31", [])


def test_it_keeps_a_rule_that_stands_in_the_open() -> None:
    text = (
        "某市要点\n一、甲\n（一）完善体系。（市甲局、市乙局负责）\n注：各项任务责任单位排在首位的为牵头单位。"
    )
    got = draft(text)
    assert [r["text"] for r in got["document"]["lead_rule"]] == ["注：各项任务责任单位排在首位的为牵头单位。"]
    assert "rule_inferred" not in kinds(text, "一/（一）")


def test_it_says_when_a_department_was_taken_from_the_row_above() -> None:
    text = "序号\t任务\t牵头单位\t完成时限\n1\t建设甲\t市甲局\t2022年6月\n2\t建设乙\t\t2022年9月"
    assert [one[2] for one in cast(text)] == ["市甲局", "市甲局"]
    assert "inferred" in kinds(text, "2")


def test_it_lets_role_words_in_a_cell_decide() -> None:
    text = "序号\t任务\t责任部门\n1\t建设甲\t市甲局牵头，市乙局配合\n2\t建设乙\t市甲局、市乙局按职责分工负责"
    assert [one[2:] for one in cast(text)] == [("市甲局", "", "市乙局"), ("", "市甲局|市乙局", "")]


def test_it_reads_through_tags_and_old_style_characters() -> None:
    text = (
        '<div class=\\"con\\"><p style=\\"text-indent:2em\\">某市人民政府辦公室關於印發改革要點的通知</p><p>某政辦發〔2021〕5號</p>'
        "<p>　　一、健全體系</p><p>&nbsp;&nbsp;（一）加強建設。完善網絡。（市衛生健康委、市應急管理局分別負責，各縣（市、區）人民政府參與）</p></div>"
    )
    got = draft(text)["tasks"][0]
    assert (got["mode"], got["leads"]) == ("separate", ["市衛生健康委", "市應急管理局"])
    assert got["participants"] == ["各縣（市、區）人民政府"]


def test_it_reads_through_pronunciations() -> None:
    text = "一、扩大供给\n1、新(xīn)建中心10个(市民政局(jú)牵(qiān)头，市财(cái)政局(jú)配合)"
    assert cast(text) == [("一/1", "新建中心10个", "市民政局", "", "市财政局")]


def test_it_reads_lines_broken_at_a_width() -> None:
    whole = [
        "（一）完善疾病预防控制体系建设。健全工作机制，强化医疗机构职责，推动人员通、信息通、资源通，切实提升能力。（市甲局、市发展和改革委员会分别负责，市财政局参与）",
        "（二）健全公共卫生应急体系建设。健全工作机制，强化医疗机构职责，推动人员通、信息通、资源通，切实提升能力。（市甲局、市发展和改革委员会分别负责，市财政局参与）",
        "（三）加强公共卫生队伍能力建设。健全工作机制，强化医疗机构职责，推动人员通、信息通、资源通，切实提升能力。（市甲局、市发展和改革委员会分别负责，市财政局参与）",
    ]
    text = "一、加强建设\n" + "\n".join(line[i : i + 28] for line in whole for i in range(0, len(line), 28))
    assert [one[2:] for one in cast(text)] == [("市甲局|市发展和改革委员会", "", "市财政局")] * 3


@pytest.mark.parametrize(
    ("words", "raw", "date", "kind"),
    [
        ("2021年6月底前", "2021年6月底前", "2021-06-30", "fixed"),
        ("2021年6月30日前完成", "2021年6月30日前", "2021-06-30", "fixed"),
        ("2021年底前", "2021年底前", "2021-12-31", "fixed"),
        ("2021年第三季度", "2021年第三季度", "2021-09-30", "fixed"),
        ("到2022年", "到2022年", "2022-12-31", "fixed"),
        ("2021-10", "2021-10", "2021-10-31", "fixed"),
        ("二〇二一年十月底前", "二〇二一年十月底前", "2021-10-31", "fixed"),
        ("2020年3月—2021年6月", "2020年3月—2021年6月", "2021-06-30", "fixed"),
        ("12月底前", "12月底前", "2020-12-31", "fixed"),
        ("年底前", "年底前", "2020-12-31", "fixed"),
        ("9月30前完成", "9月30前", "2020-09-30", "fixed"),
        ("持续推进", "持续推进", None, "continuing"),
        ("长期坚持", "长期坚持", None, "continuing"),
        ("立行立改", "立行立改", None, "continuing"),
        ("省文件出台后2个月内", "省文件出台后2个月内", None, "relative"),
        ("每季度末", "每季度末", None, "relative"),
        ("无", None, None, "none"),
    ],
)
def test_it_reads_the_time_limit_of_a_row(words: str, raw: str | None, date: str | None, kind: str) -> None:
    text = f"某市2020年任务分工表\n序号\t任务\t牵头单位\t完成时限\n1\t建设甲\t市甲局\t{words}"
    assert draft(text)["tasks"][0]["deadline"].items() >= {"raw": raw, "date": date, "kind": kind}.items()


def test_it_says_that_the_year_was_inferred() -> None:
    text = "某市2020年任务分工表\n序号\t任务\t牵头单位\t完成时限\n1\t建设甲\t市甲局\t12月底前"
    assert "year_inferred" in kinds(text, "1")


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("覆盖率达到90%以上。", [(90, "%", ">=")]),
        ("床位不少于200张。", [(200, "张", ">=")]),
        ("新建幼儿园20所。", [(20, "所", "=")]),
        ("将时限压减至10个工作日以内。", [(10, "个工作日", "<=")]),
        ("建设学校2—3所。", [([2, 3], "所", "between")]),
        ("补助标准由520元提高到550元。", [(550, "元", "=")]),
        ("分别开展45、9、6项技术。", [(45, "项", "="), (9, "项", "="), (6, "项", "=")]),
        ("比例不超过30%。", [(30, "%", "<=")]),
        ("落实《某规划（2019—2022年）》和某发〔2020〕1号文件。", []),
        ("拨打12345热线。2021年完成第3批评估。", []),
    ],
)
def test_it_finds_numbers_to_reach(sentence: str, targets: list[tuple[Any, str, str]]) -> None:
    got = draft(f"一、甲\n（一）完善体系。{sentence}（市甲局负责）")["tasks"][0]["targets"]
    assert [(t["value"], t["unit"], t["comparator"]) for t in got] == targets
