"""The main job in a real browser: a paper becomes a ledger, a quarter is filed, reviewed, shown and issued.

Three people walk it: the coordinator of the reform office, a department's reporter, its head.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload
from pytest_django.live_server_helper import LiveServer

from notices.models import Notice
from progress.demo import bodies, sources
from progress.models import ProgressReport
from reformtracker.tests.chromium import Person
from reports.models import Bulletin
from tasks.models import Ledger, Task

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.usefixtures("committed_db"),
]
TEXT = "7个县（市、区）疾控中心设备配置到位，医防信息接口在11家医院上线运行。"
BETTER = "7个县（市、区）疾控中心设备全部配置到位并投入使用，医防信息接口在11家医院上线。"


@pytest.fixture
def people(browser: Browser, live_server: LiveServer) -> dict[str, Person]:
    """The departments and accounts of a city that has no ledger yet, and three of its people."""
    place = sources.places()[0]
    jurisdiction = bodies.make_place(place)
    bodies.make_people(place, jurisdiction, sources.people())
    accounts = {"office": "lijing", "reporter": "weijian", "head": "weijian_sh"}
    found = {role: Person(browser, live_server.url) for role in accounts}
    for role, person in found.items():
        person.sign_in(accounts[role], bodies.PASSWORD)
    return found


def test_it_goes_from_paper_to_circular(people: dict[str, Person]) -> None:
    office, reporter, head = people["office"], people["reporter"], people["head"]

    ledger = take_in_and_adopt(office)
    open_quarter(office, ledger)
    file_first_task(reporter)
    sign_off(head)
    return_it(office)
    revise(reporter)
    sign_off(head)
    confirm(office)
    be_reminded(office, reporter, ledger)
    look_at_dashboard(office, ledger)
    export(office, ledger)
    issue(office)

    assert office.faults + reporter.faults + head.faults == []


def take_in_and_adopt(office: Person) -> Ledger:
    """Upload the paper, correct a department and a deadline, settle what must be settled, adopt."""
    office.follow("文件")
    office.follow("上传文件")
    paper = FilePayload(name="通知.txt", mimeType="text/plain", buffer=sources.paper(sources.places()[0]))
    office.page.set_input_files("[name=file]", paper)
    office.press("上传并读入")
    assert office.sees("25项")
    assert "（二）完善传染病监测预警系统" in office.page.inner_text(".rt-source")
    correct_second_task(office)
    settle(office)
    office.follow("确认入账")
    office.press("确认入账")
    ledger = Ledger.objects.get()
    assert (ledger.tasks.count(), ledger.starts_on, ledger.ends_on) == (
        25,
        date(2020, 7, 1),
        date(2020, 12, 31),
    )
    task = ledger.tasks.get(ref="一/（二）")
    assert task.due_on == date(2020, 11, 30)
    assert [part.department.short_name for part in task.assignments.filter(role="participant")] == [
        "市工信局"
    ]
    assert office.sees("完善传染病监测预警系统")
    return ledger


def correct_second_task(office: Person) -> None:
    """Fill in the fields below the row; each is saved by itself."""
    row, fields = office.page.locator("#row1"), office.page.locator("#edit1")
    row.get_by_role("link", name="修改").click()
    fields.locator("[name=participants]").fill("市工信局")
    fields.locator("[name=due_on]").fill("2020-11-30")
    fields.locator("[name=due_kind]").select_option("fixed")
    fields.get_by_text("收起").focus()
    row.get_by_text("2020-11-30").wait_for()
    row.get_by_text("市工信局").wait_for()
    fields.get_by_text("已自动保存").wait_for()


def settle(office: Person) -> None:
    """Press the first decision of each problem that must be settled."""
    for _ in range(30):
        waiting = office.page.locator("li.rt-prob", has_text="必须处理")
        if not waiting.count():
            return
        office.click(waiting.first.locator("button").first)


def open_quarter(office: Person, ledger: Ledger) -> None:
    """Open the fourth quarter; the expected set is frozen, the collective owing through each county."""
    office.follow("报送")
    office.follow("设置报送期")
    office.page.fill("[name=due_on]", "2020-12-17")
    office.page.fill("[name=closes_on]", "2020-12-24")
    office.press("开启报送期")
    period = ledger.periods.get()
    assert (period.number, period.due_on) == (4, date(2020, 12, 17))
    counties = period.reports.filter(group_name="各县市区人民政府", task__ref="三/（十三）")
    assert counties.count() == 7


def first_report() -> ProgressReport:
    return ProgressReport.objects.get(task__ref="一/（一）", department__short_name="市卫健委")


def file_first_task(reporter: Person) -> None:
    """Save a draft, come back to it, submit."""
    reporter.open("/")
    reporter.follow("报送")
    card = reporter.page.locator("article", has_text="（一）改革完善疾病预防控制体系").first
    card.get_by_label("进展情况").fill(TEXT)
    reporter.press("存草稿", card)
    assert first_report().state == "draft"
    reporter.follow("报送")
    card = reporter.page.locator("article", has_text="（一）改革完善疾病预防控制体系").first
    assert card.get_by_label("进展情况").input_value() == TEXT
    card.get_by_label("完成进度").fill("85")
    card.get_by_label("正常").check()
    card.get_by_label("下一步措施").fill("12月底前完成验收。")
    reporter.press("提交", card)
    report = first_report()
    assert (report.state, report.text, report.said_percent, report.on_time) == ("submitted", TEXT, 85, True)


def sign_off(head: Person) -> None:
    head.open("/")
    head.follow("审核")
    assert head.sees("改革完善疾病预防控制体系")
    head.press("审签")
    assert first_report().state == "signed"


def return_it(office: Person) -> None:
    """A return without a reason is refused; with one it goes back."""
    office.follow("审核")
    office.press("退回修改")
    assert office.sees("退回须写明意见")
    assert "400 (Bad Request)" in office.faults.pop()  # the browser notes the refusal that was meant
    assert first_report().state == "signed"
    office.page.get_by_label("审核意见").fill("请写明投入使用情况。")
    office.press("退回修改")
    assert first_report().state == "returned"


def revise(reporter: Person) -> None:
    reporter.follow("工作台")
    assert reporter.sees("请写明投入使用情况")
    reporter.follow("报送")
    card = reporter.page.locator("article", has_text="（一）改革完善疾病预防控制体系").first
    card.get_by_label("进展情况").fill(BETTER)
    reporter.press("再次提交", card)


def confirm(office: Person) -> None:
    """The office confirms less than the department said; both stay."""
    office.follow("审核")
    office.page.get_by_label("本季确认进度").fill("80")
    office.press("确认")
    report = first_report()
    assert (report.state, report.said_percent, report.confirmed_percent) == ("accepted", 85, 80)
    assert Task.objects.get(pk=report.task_id).confirmed_percent == 80


def be_reminded(office: Person, reporter: Person, ledger: Ledger) -> None:
    """Urged once a day by hand, reminded once by the rules, never twice."""
    office.follow("工作台")
    office.page.get_by_label("市财政局").check()
    office.press("催办选中单位")
    assert office.sees("已催办")
    for _ in range(2):
        call_command("run_notices", on=date(2020, 12, 14), stdout=StringIO())
    reminders = Notice.objects.filter(recipient__username="weijian", kind="reminder")
    assert reminders.count() == 1
    reporter.follow("通知")
    assert reporter.sees(reminders.get().title)


def look_at_dashboard(office: Person, ledger: Ledger) -> None:
    """The red light of the corrected deadline, and the list behind the number."""
    office.follow("看板")
    red = office.page.get_by_role("link", name="红 滞后").first
    assert "1项" in red.inner_text()
    office.click(red)
    assert office.sees("完善传染病监测预警系统")
    assert office.sees("已超过完成时限10天")
    assert not office.sees("改革完善疾病预防控制体系")


def export(office: Person, ledger: Ledger) -> None:
    """The workbook holds what is on the screen: here the one red task, then all of them."""
    narrowed = load_workbook(BytesIO(office.download("导出台账"))).active
    office.follow("台账")
    whole = load_workbook(BytesIO(office.download("导出台账"))).active
    assert narrowed is not None
    assert whole is not None
    found, everything = (
        [[str(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in (narrowed, whole)
    )
    assert sum("完善传染病监测预警系统" in row for row in found) == 1
    assert sum("改革完善疾病预防控制体系" in row for row in found) == 0
    titles = set(ledger.tasks.values_list("title", flat=True))
    assert titles == titles & {value for row in everything for value in row}
    assert all(cell.data_type != "f" for row in whole.iter_rows() for cell in row)


def issue(office: Person) -> None:
    """Draft the circular of the quarter, save it, download it, issue it."""
    office.follow("通报")
    office.press("按今天的台账生成草稿")
    office.press("保存")
    texts = [paragraph.text for paragraph in Document(BytesIO(office.download("下载Word"))).paragraphs]
    assert any("25项" in text for text in texts)
    assert any("应报" in text and "67" in text for text in texts)
    office.press("印发通报")
    bulletin = Bulletin.objects.get()
    assert (bulletin.state, bool(bulletin.sha256)) == ("issued", True)
