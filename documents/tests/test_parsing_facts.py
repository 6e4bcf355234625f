"""What a paper says of itself: title, number, issuer, date, place, what it rests on, when to report, who leads."""

from typing import Any

import pytest

from documents.parsing import parse
from documents.readers import read
from documents.readers.original import Original

TASKS = "一、健全体系\n（一）完善机制。抓好落实。（市甲局、市乙局负责）\n（二）强化保障。落实经费。（市丙局负责）\n"


def original(text: str) -> Original:
    return read(text.encode(), "方案.txt")


def facts(text: str) -> dict[str, Any]:
    found: dict[str, Any] = parse(original(text)).as_dict()["document"]
    return found


def notice(
    number: str = "东政办发〔2020〕8号",
    issuer: str = "东岭市人民政府办公室",
    signed: str = "2020年9月7日",
    letter: str = "请认真抓好落实。",
    end: str = "",
) -> str:
    return (
        f"{issuer}\n关于印发东岭市康养服务任务分工的通知\n{number}\n各县（市、区）人民政府，市直各部门：\n"
        f"《东岭市康养服务任务分工》已经市政府同意，现印发给你们，{letter}\n{issuer}\n{signed}\n"
        f"东岭市康养服务任务分工\n{TASKS}{end}"
    )


def test_it_joins_issuer_and_broken_title() -> None:
    got = facts(notice())
    assert got["title"] == "东岭市人民政府办公室关于印发东岭市康养服务任务分工的通知"
    assert got["issuer"] == "东岭市人民政府办公室"


@pytest.mark.parametrize(
    "number",
    [
        "东政办发〔2020〕8号",
        "东政办发[2020]8号",
        "东政办发（2020）8号",
        "东政办发(2020)8号",
        "东政办发【2020】8号",
        "东政办发﹝2020﹞8号",
        "东政办发［2020］8号",
        "东政办发〈2020〉8号",
        "东政办发〔2020〕第8号",
    ],
)
def test_it_reads_the_number_in_any_brackets(number: str) -> None:
    assert facts(notice(number))["document_number"] == number


@pytest.mark.parametrize(
    "signed",
    [
        "2020年9月7日",
        "2020 年 9 月 7 日",
        "二〇二〇年九月七日",
        "二○二○年九月七日",
        "二零二零年九月七日",
        "二OO九年九月七日",
        "（2020年9月7日）",
    ],
)
def test_it_reads_the_day_of_the_act(signed: str) -> None:
    year = "2009" if "九年" in signed else "2020"
    assert facts(notice(signed=signed))["issued_on"] == f"{year}-09-07"


def test_it_takes_no_day_of_a_web_page_for_the_day_of_the_act() -> None:
    assert facts("发布时间：2020年9月30日\n" + notice())["issued_on"] == "2020-09-07"
    assert facts("发布日期：2020年9月30日\n东岭市康养服务任务分工\n" + TASKS)["issued_on"] is None


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("安澜省人民政府办公厅", "安澜省"),
        ("北疆自治区人民政府办公厅", "北疆自治区"),
        ("东岭市人民政府", "东岭市"),
        ("中共东岭市委办公室", "东岭市"),
        ("杭东州人民政府办公室", "杭东州"),
        ("丹河苗族自治州人民政府", "丹河苗族自治州"),
        ("泉水侗族自治县人民政府办公室", "泉水侗族自治县"),
        ("安澜省东岭市望江区人民政府", "望江区"),
        ("云溪县卫生健康局", "云溪县"),
        ("石桥经济技术开发区管理委员会", "石桥经济技术开发区"),
        ("沙州市人民政府", "沙州市"),
    ],
)
def test_it_names_the_place(issuer: str, place: str) -> None:
    assert facts(notice(issuer=issuer))["jurisdiction"] == place


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("东岭市2024年海绵城市建设工作要点", "东岭市"),
        ("望江区深化产业园区改革任务分工", "望江区"),
        ("2024年重点工作任务分工", None),
        ("东岭市推进全省区域中心建设任务分工", "东岭市"),
    ],
)
def test_it_takes_no_word_of_the_subject_for_the_place(title: str, place: str | None) -> None:
    assert facts(f"{title}\n{TASKS}")["jurisdiction"] == place


def test_it_names_the_papers_it_rests_on_and_not_those_of_its_tasks() -> None:
    text = (
        "东岭市康养服务任务分工\n根据《安澜省康养服务任务分工》（安政办发〔2020〕3号）和《意见》（国办发〔2019〕5号）精神，制定本分工。\n"
        "一、健全体系\n（一）完善机制。落实《办法》（东政发〔2018〕2号）。（市甲局负责）\n（二）强化保障。（市乙局负责）"
    )
    assert facts(text)["parent_documents"] == ["安政办发〔2020〕3号", "国办发〔2019〕5号"]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("各单位要在9月20日前报送进展情况，12月20日前报送全年情况。", ["2020-09-20", "2020-12-20"]),
        ("请于9月20日前、12月20日前报送进展情况。", ["2020-09-20", "2020-12-20"]),
        ("请各单位于2020年10月15日前，将落实情况报送市医改办。", ["2020-10-15"]),
        ("各单位于11月底前将总结报市医改办。", ["2020-11-30"]),
        ("各单位每季度末前报送进展情况。", [None]),
        ("各单位按月报送进展情况。", [None]),
        ("各单位要高度重视，12月20日前完成任务。", []),
    ],
)
def test_it_finds_when_progress_is_to_be_reported(sentence: str, dates: list[str | None]) -> None:
    for text in (notice(letter=sentence), notice(end=sentence)):
        assert [one["date"] for one in facts(text)["reporting_dates"]] == dates


def test_it_quotes_no_half_of_a_bracket() -> None:
    text = notice(letter="请于9月20日前报送区医改办（联系人：张某，电话：12345678），逾期通报。")
    assert [one["raw"] for one in facts(text)["reporting_dates"]] == ["请于9月20日前报送区医改办"]


RULE = "排在第一位的为牵头单位"


@pytest.mark.parametrize(
    "text",
    [
        notice().replace("市乙局负责", f"市乙局负责，{RULE}，下同"),
        notice(letter=f"各项任务责任单位中{RULE}，请认真抓好落实。"),
        notice(end=f"注：各项任务责任单位{RULE}。"),
    ],
)
def test_it_keeps_the_rule_who_leads_wherever_it_stands(text: str) -> None:
    rules = facts(text)["lead_rule"]
    assert len(rules) == 1
    assert RULE in rules[0]["text"]


def test_it_gives_the_place_of_every_fact() -> None:
    text = notice(end="各单位于12月20日前报送全年情况。")
    paper = original(text)
    found = parse(paper).facts
    assert paper.text[slice(*found.spans["document_number"])] == "东政办发〔2020〕8号"
    assert paper.text[slice(*found.spans["issued_on"])] == "2020年9月7日"
    assert paper.text[slice(*found.spans["issuer"])] == "东岭市人民政府办公室"
    assert paper.text[slice(*found.spans["title"])].endswith("任务分工的通知")
    assert [paper.text[slice(*one.span)] for one in found.reporting_dates] == [
        "各单位于12月20日前报送全年情况"
    ]
