"""导出台账: the same filter as the list, the reader's own texts, an entry in the trail."""

from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_reporter
from progress.tests.factories import make_report
from reports.tests.scene import TODAY, Scene, make_scene
from tasks.tests.factories import make_ledger, make_task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def words(data: bytes) -> str:
    """All text of a workbook."""
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    return "\n".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell)


def export(client: Client, scene: Scene, query: str = "") -> str:
    answer = client.get(f"/ledgers/{scene.ledger.pk}/ledger.xlsx{query}")
    assert answer.status_code == 200
    return words(b"".join(answer))


def test_it_exports_what_the_list_shows(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    everything = export(client, scene)
    assert "平凉市2020年下半年医改重点工作任务台账" in everything
    assert "一、加强公共卫生体系建设" in everything
    assert "促进中医药振兴发展" in everything
    red = export(client, scene, "?light=red")
    assert "落实政府投入保障责任" in red
    assert "促进中医药振兴发展" not in red


def test_it_prints_why_a_task_lags(scene: Scene, sign_in: SignIn) -> None:
    report = scene.fourth.reports.filter(state="signed").first()
    assert report is not None
    report.problems, report.cause, report.next_steps, report.remedy = (
        "缺口大",
        "资金未到位",
        "年底落实",
        "争取资金",
    )
    report.save()
    everything = export(sign_in(scene.coordinator), scene)
    assert "缺口大（原因：资金未到位）" in everything
    assert "年底落实（措施：争取资金）" in everything


def test_it_gives_few_columns_for_a_meeting_and_all_for_any_other_word(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    meeting = export(client, scene, "?light=red&columns=meeting")
    assert "落实政府投入保障责任" in meeting
    assert "促进中医药振兴发展" not in meeting
    assert "文件依据" not in meeting
    assert "文件依据" in export(client, scene, "?columns=nonsense")


def test_it_names_the_file_and_leaves_an_entry(scene: Scene, sign_in: SignIn) -> None:
    answer = sign_in(scene.coordinator).get(f"/ledgers/{scene.ledger.pk}/ledger.xlsx?light=red")
    assert "2020-12-10" in answer.headers["Content-Disposition"]
    entry = Entry.objects.get(act="ledger.export")
    assert (entry.actor_id, entry.target_id) == (scene.coordinator.pk, scene.ledger.pk)
    assert entry.after == {"on": "2020-12-10", "tasks": 2, "period": "2020年第四季度"}


def test_it_prints_submitted_texts_and_marks_those_not_confirmed(scene: Scene, sign_in: SignIn) -> None:
    text = export(sign_in(scene.coordinator), scene)
    assert "监测预警系统建成并投入使用。（待审核）" in text
    assert "正在整理的文字" not in text
    third = export(sign_in(scene.coordinator), scene, f"?period={scene.third.pk}")
    assert "监测预警系统建成并投入使用。\n" in third
    assert "（待审核）" not in third


def test_it_leaves_out_texts_that_the_reader_may_not_see(scene: Scene, sign_in: SignIn) -> None:
    outsider = sign_in(make_reporter(make_department("市教育局"), "何老师"))
    assert "监测预警系统建成并投入使用。" not in export(outsider, scene)


def test_it_costs_the_same_queries_for_few_and_many_tasks(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    with time_machine.travel(timezone.now(), tick=False):  # the first export of a minute begins a count
        export(client, scene)
        with CaptureQueriesContext(connection) as few:
            export(client, scene)
        for number in range(20):
            task = make_task(scene.ledger, leads=(scene.health,), position=100 + number)
            make_report(scene.fourth, task, scene.health)
        with CaptureQueriesContext(connection) as many:
            assert "完善传染病监测预警系统" in export(client, scene)
    assert len(many) == len(few)


def test_it_hides_the_workbook_of_another_jurisdiction(scene: Scene, sign_in: SignIn) -> None:
    elsewhere = make_department("市教育局", make_jurisdiction("640400", "固原市"))
    answer = sign_in(make_reporter(elsewhere)).get(f"/ledgers/{scene.ledger.pk}/ledger.xlsx")
    assert answer.status_code == 404
    assert not Entry.objects.filter(act="ledger.export").exists()


def test_it_exports_a_ledger_by_key_on_a_day(scene: Scene, tmp_path: Path) -> None:
    target, said = tmp_path / "ledger.xlsx", StringIO()
    day = date(2020, 11, 25)
    call_command("export_ledger", str(scene.ledger.pk), on=day, output=target, stdout=said)
    text = words(target.read_bytes())
    assert "第三季度进展" in text
    assert "已导出6项任务" in said.getvalue()
    assert Entry.objects.get(act="ledger.export").actor_name == "系统"


def test_it_writes_a_circular_by_name(scene: Scene, tmp_path: Path) -> None:
    target = tmp_path / "bulletin.docx"
    arguments = (scene.ledger.name, scene.third.name)
    call_command("build_bulletin", *arguments, on=TODAY, output=target, stdout=StringIO())
    text = "".join(one.text for one in Document(str(target)).paragraphs)
    assert "截至2020年12月10日，6项任务中" in text
    assert Entry.objects.filter(act="bulletin.build").count() == 1
    assert not scene.ledger.bulletins.exists()


def test_it_says_what_was_not_found(scene: Scene, tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(CommandError, match="没有名为“没有这份”的台账"):
        call_command("export_ledger", "没有这份", output=target)
    with pytest.raises(CommandError, match="没有编号为999的台账"):
        call_command("build_bulletin", "999", scene.third.name, output=target)
    with pytest.raises(CommandError, match="没有已开启的报送期“2020年第一季度”"):
        call_command("build_bulletin", scene.ledger.name, "2020年第一季度", output=target)
    make_ledger(name=scene.ledger.name, jurisdiction=make_jurisdiction("640400", "固原市"))
    with pytest.raises(CommandError, match="不止一份，请用编号指定"):
        call_command("export_ledger", scene.ledger.name, output=target)
    assert not target.exists()
