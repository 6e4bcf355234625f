"""Papers of the fixtures, taken in as a coordinator would."""

from datetime import UTC, datetime
from pathlib import Path

from departments.models import Jurisdiction, User
from departments.tests.factories import make_department, make_group, make_jurisdiction
from documents.models import Draft, PolicyDocument
from documents.upload import take_in

PAPERS = Path(__file__).resolve().parents[2] / "fixtures" / "papers"
MORNING = datetime(2020, 11, 2, 1, 15, tzinfo=UTC)
SHORT_NAMES = "发改委 科技局 工信局 财政局 卫健委 教育局 民政局 人社局 生态环境局 农业农村局 商务局 体育局 医保局 市场监管局"
COUNTIES = "崆峒区 华亭市 泾川县 灵台县 崇信县 庄浪县 静宁县"
SMALL = """平凉市2020年下半年医改重点工作任务

一、加强公共卫生体系建设
（一）完善监测预警系统。落实首诊负责制。（市卫健委负责，市财政局参与）
（二）健全物资保障体系。加强储备。（市卫健委、市财政局负责）
"""


def make_offices(place: Jurisdiction | None = None) -> Jurisdiction:
    """The departments and county governments that the paper of 平凉市 names, all but three bodies."""
    place = place or make_jurisdiction()
    for name in SHORT_NAMES.split():
        make_department(f"市{name}", place)
    make_department("市委编办", place, name="中共平凉市委机构编制委员会办公室")
    counties = [
        make_department(name, place, kind="local", name=f"{name}人民政府") for name in COUNTIES.split()
    ]
    make_group("各县（市、区）人民政府", counties)
    return place


def make_paper(
    name: str = "pingliang", place: Jurisdiction | None = None, by: User | None = None
) -> PolicyDocument:
    """Take in one of the five papers."""
    data = (PAPERS / f"{name}.txt").read_bytes()
    return take_in(data, f"{name}.txt", jurisdiction=place or make_jurisdiction(), by=by, at=MORNING)


def make_text_paper(
    text: str = SMALL, place: Jurisdiction | None = None, file_name: str = "任务.txt"
) -> PolicyDocument:
    """Take in a paper written by the test."""
    return take_in(text.encode(), file_name, jurisdiction=place or make_jurisdiction(), by=None, at=MORNING)


def draft_of(document: PolicyDocument) -> Draft:
    """The latest draft of a paper."""
    return document.drafts.order_by("-id")[0]
