"""佐证材料 on the pages: with and without a script, on card, desk, task and request; how a file is served."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_officer
from progress.models import Closure, Evidence, ProgressReport
from progress.tests.cast import MORNING, Cast, make_cast
from progress.tests.evidence import HTML, PDF, PNG, make_evidence, make_handed_in, office, upload
from progress.tests.factories import make_report
from progress.tests.requests import make_closure
from tasks.tests.factories import make_task

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}
WRITTEN: dict[str, Any] = {"version": "0", "text": "写到一半的进展", "said_percent": "60"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def adding(cast: Cast) -> str:
    return reverse("progress:add_evidence", args=[cast.report.pk])


def test_it_takes_files_and_keeps_the_text_without_a_script(cast: Cast, sign_in: SignIn) -> None:
    files = [upload("现场.png"), upload("方案.pdf", PDF)]
    answer = sign_in(cast.reporter).post(adding(cast), WRITTEN | {"files": files}, follow=True)
    text = answer.content.decode()
    cast.report.refresh_from_db()
    assert answer.redirect_chain[0][0].endswith(f"#task-{cast.task.pk}")
    assert "已上传2个佐证材料。" in text
    assert (cast.report.text, cast.report.state) == ("写到一半的进展", "draft")
    assert text.index("现场.png") < text.index("方案.pdf")


def test_it_keeps_the_right_files_and_the_text_when_one_is_wrong(cast: Cast, sign_in: SignIn) -> None:
    files = [upload("现场.png"), upload("网页.png", HTML)]
    answer = sign_in(cast.reporter).post(adding(cast), WRITTEN | {"files": files})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "“网页.png”的内容与扩展名不符" in text.replace("&quot;", '"')
    assert "写到一半的进展" in text
    assert [file.name for file in Evidence.objects.all()] == ["现场.png"]


def test_it_answers_a_script_with_the_list_alone(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    answer = client.post(adding(cast), {"files": [upload("现场.png")]}, headers=SCRIPT)
    assert (answer.status_code, b"<html" in answer.content) == (200, False)
    assert "现场.png" in answer.content.decode()
    again = client.post(adding(cast), {"files": [upload("副本.png")]}, headers=SCRIPT)
    assert (again.status_code, "与已有的“现场.png”内容相同" in again.content.decode()) == (422, True)
    gone = reverse("progress:remove_evidence", args=[Evidence.objects.get().pk])
    left = client.post(gone, headers=SCRIPT)
    assert (left.status_code, "现场.png" in left.content.decode()) == (200, False)
    cast.report.refresh_from_db()
    assert cast.report.version == 0


def test_it_tells_a_script_why_a_report_takes_no_more(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    answer = sign_in(cast.reporter).post(adding(cast), {"files": [upload()]}, headers=SCRIPT)
    assert answer.status_code == 422
    assert "不能修改：已提交，医改办正在审核。" in answer.content.decode()
    assert 'type="file"' not in answer.content.decode()


def test_it_loses_no_text_when_the_report_has_moved(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    answer = sign_in(cast.reporter).post(adding(cast), WRITTEN | {"files": [upload()]})
    assert answer.status_code == 409
    assert "写到一半的进展" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_it_does_not_hand_a_report_in_without_the_files_that_were_chosen(cast: Cast, sign_in: SignIn) -> None:
    """A form that is sent without a script by the wrong button names the files only."""
    written = WRITTEN | {"said_status": "normal", "files": "现场.png"}
    answer = sign_in(cast.reporter).post(reverse("progress:submit", args=[cast.report.pk]), written)
    assert answer.status_code == 400
    assert "选择的文件还没有上传" in answer.content.decode()
    assert "写到一半的进展" in answer.content.decode()
    cast.report.refresh_from_db()
    assert cast.report.submitted_at is None


def test_it_takes_a_file_out_and_keeps_the_text(cast: Cast, sign_in: SignIn) -> None:
    file = make_evidence(cast.report)
    address = reverse("progress:remove_evidence", args=[file.pk])
    answer = sign_in(cast.reporter).post(address, WRITTEN, follow=True)
    assert "已移除“现场照片.png”。" in answer.content.decode()
    cast.report.refresh_from_db()
    assert cast.report.text == "写到一半的进展"
    assert not Evidence.objects.present().exists()


def test_it_hands_a_file_out_as_a_download_with_an_entry(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    file = make_handed_in(cast.report, name='验收 "意见".pdf', data=PDF)
    answer = sign_in(cast.coordinator).get(reverse("progress:evidence", args=[file.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a FileResponse
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert Entry.objects.get(act="evidence.download").target_id == file.pk


def test_it_shows_pictures_and_pdf_under_a_policy_that_runs_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    script = PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>")
    for name, data, media in (("图.png", PNG, "image/png"), ("稿.pdf", script, "application/pdf")):
        answer = client.get(
            reverse("progress:view_evidence", args=[make_evidence(cast.report, name, data).pk])
        )
        policy = answer["Content-Security-Policy"]
        assert (answer.content, answer["Content-Type"]) == (data, media)
        assert policy.startswith("sandbox; default-src 'none'")
        assert "allow-" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
    table = make_evidence(cast.report, "表.xlsx", office("xl/workbook.xml"))
    assert client.get(reverse("progress:view_evidence", args=[table.pk])).status_code == 404
    assert not Entry.objects.filter(act="evidence.download").exists()


@pytest.mark.parametrize("page", ["evidence", "view_evidence"])
def test_it_says_in_words_that_a_file_is_lost_or_changed(cast: Cast, sign_in: SignIn, page: str) -> None:
    file = make_evidence(cast.report)
    client, address = sign_in(cast.reporter), reverse(f"progress:{page}", args=[file.pk])
    Path(file.file.path).chmod(0o640)
    Path(file.file.path).write_bytes(PNG + b"!")
    for _ in ("changed", "gone"):
        answer = client.get(address)
        assert (answer.status_code, "请系统管理员从备份恢复" in answer.content.decode()) == (410, True)
        Path(file.file.path).unlink(missing_ok=True)
    assert not Entry.objects.filter(act="evidence.download").exists()


def test_it_is_missing_for_everybody_else(cast: Cast, sign_in: SignIn) -> None:
    file = make_evidence(cast.report)
    elsewhere = make_officer(jurisdiction=make_jurisdiction("640400", "固原市"))
    for user in (cast.stranger, cast.coordinator, cast.leader, elsewhere):
        for page in ("evidence", "view_evidence"):
            assert sign_in(user).get(reverse(f"progress:{page}", args=[file.pk])).status_code == 404
        assert sign_in(user).post(reverse("progress:remove_evidence", args=[file.pk])).status_code == 404


def test_it_stands_on_card_desk_and_task_page(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    make_handed_in(cast.report, name="现场.png")
    make_evidence(
        cast.report, "旧稿.pdf", PDF, removed_by=cast.reporter, removed_at=MORNING + timedelta(minutes=5)
    )
    desk = sign_in(cast.coordinator).get(reverse("progress:review", args=[cast.ledger.pk])).content.decode()
    assert "在本页看图片（1张）" in desk
    assert 'loading="lazy"' in desk
    assert "<del>旧稿.pdf</del>" in desk
    card = sign_in(cast.reporter).get(reverse("progress:filing", args=[cast.ledger.pk])).content.decode()
    assert ("现场.png" in card, "/remove/" in card) == (True, False)
    for user, there in ((cast.leader, True), (cast.stranger, False)):
        text = sign_in(user).get(reverse("reports:task", args=[cast.task.pk])).content.decode()
        assert ("现场.png" in text) is there


def test_a_closing_is_asked_for_with_its_files_or_not_at_all(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.reporter), reverse("progress:close", args=[cast.task.pk])
    asked: dict[str, Any] = {"department": str(cast.department.pk), "result": "已上线运行。"}
    wrong = client.post(address, asked | {"materials": [upload("验收.png"), upload("网页.png", HTML)]})
    assert wrong.status_code == 400
    assert "文件请全部重新选择，其他内容已经保留。" in wrong.content.decode()
    assert not Closure.objects.exists()
    unfinished = client.post(address, asked | {"result": "", "materials": [upload("验收.png")]})
    assert "申请没有提出，更正后请重新选择文件。" in unfinished.content.decode()
    client.post(address, asked | {"materials": [upload("验收.png"), upload("报告.pdf", PDF)]})
    closure = Closure.objects.get()
    assert [file.name for file in closure.files.all()] == ["验收.png", "报告.pdf"]
    entry = Entry.objects.get(act="closure.ask")
    assert [file["name"] for file in entry.after["files"]] == ["验收.png", "报告.pdf"]
    page = reverse("progress:closure", args=[closure.pk])
    assert "报告.pdf" in sign_in(cast.coordinator).get(page).content.decode()
    gone = client.post(reverse("progress:remove_evidence", args=[closure.files.all()[0].pk]))
    assert (gone.status_code, "随申请一并提交，不能移除" in gone.content.decode()) == (403, True)


def test_a_closing_that_cannot_be_asked_for_leaves_no_file(
    cast: Cast, sign_in: SignIn, settings: Any
) -> None:
    make_closure(cast)
    address = reverse("progress:close", args=[cast.task.pk])
    asked = {"department": str(cast.department.pk), "result": "已上线。", "materials": [upload()]}
    assert sign_in(cast.reporter).post(address, asked).status_code == 400
    assert not Evidence.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_filing_page_costs_the_same_with_files(cast: Cast, sign_in: SignIn) -> None:
    client, page = sign_in(cast.reporter), reverse("progress:filing", args=[cast.ledger.pk])

    def fill(count: int) -> int:
        while (number := ProgressReport.objects.count()) < count:
            task = make_task(cast.ledger, leads=(cast.department, make_department(f"第{number}单位")))
            report = make_report(cast.period, task, cast.department, state="draft")
            for copy in range(2):
                make_evidence(report, f"{copy}.pdf", PDF + str(copy).encode())
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    assert fill(2) == fill(12)
