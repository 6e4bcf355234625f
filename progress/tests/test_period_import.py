"""离线填报 in the browser: out, a look at what would change, drafts or handed in, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_reporter
from progress.content import ReportContent
from progress.models import ProgressReport
from progress.save import save
from progress.tests.cast import MORNING, Cast, make_cast, make_last
from progress.tests.period_book import FILLED, PeriodBook, more_reports

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=False)


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.reporter)


def at(cast: Cast, name: str) -> str:
    return reverse(f"progress:{name}", args=[cast.period.pk, cast.department.pk])


def upload(desk: Client, cast: Cast, book: PeriodBook) -> Any:
    return desk.post(at(cast, "import_period"), {"file": book.upload()})


def confirm(desk: Client, cast: Cast, shown: Any, act: str) -> Any:
    return desk.post(at(cast, "confirm_period"), {"kept": shown.context["kept"], "act": act}, follow=True)


def states() -> list[str]:
    return list(ProgressReport.objects.order_by("pk").values_list("state", flat=True))


def test_the_filing_page_hands_it_out_and_leaves_an_entry(desk: Client, cast: Cast) -> None:
    page = desk.get(reverse("progress:filing", args=[cast.ledger.pk])).content.decode()
    assert at(cast, "period_xlsx") in page
    assert at(cast, "import_period") in page
    answer: Any = desk.get(at(cast, "period_xlsx"))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    entry = Entry.objects.get(act="period.export_sheet")
    assert (entry.target_id, entry.after) == (cast.period.pk, {"department": cast.department.name, "rows": 1})


def test_it_shows_what_would_change_and_writes_nothing(desk: Client, cast: Cast) -> None:
    make_last(cast)
    shown = upload(desk, cast, PeriodBook(cast).put(2, 进展情况="完成公立医院债务摸底和化解。"))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "<ins>和化解</ins>" in text
    assert "存草稿（1项）" in text
    assert "保存并提交（1项）" in text
    assert cast.report.revisions.count() == 0


def test_it_keeps_drafts_each_with_its_entry_and_one_for_the_workbook(desk: Client, cast: Cast) -> None:
    more_reports(cast, 2)
    book = PeriodBook(cast).put(2, 进展情况="写了一半").put(4, 完成进度=30)
    shown = upload(desk, cast, book)
    assert "现在只能存草稿" in shown.content.decode()
    answer = confirm(desk, cast, shown, "save")
    assert "已按填报表存草稿2项。" in answer.content.decode()
    assert sorted(states()) == ["draft", "draft", "expected"]
    entry = Entry.objects.get(act="period.import_sheet")
    refs = list(ProgressReport.objects.filter(state="draft").values_list("task__ref", flat=True))
    assert entry.after == {"department": cast.department.name, "saved": refs}
    assert Entry.objects.filter(act="report.save").count() == 2


def test_it_hands_in_what_was_changed_and_the_drafts(desk: Client, cast: Cast) -> None:
    first, second = more_reports(cast, 2)
    content = ReportContent(text="页面上写完了。", said_percent=100, said_status="done")
    save(first, content=content, version=0, by=cast.reporter, at=MORNING)
    book = PeriodBook(cast)
    rows = {book.get(row, "编号"): row for row in (2, 3, 4)}
    shown = upload(desk, cast, book.put(rows[second.task.ref], **FILLED))
    assert "保存并提交（2项）" in shown.content.decode()
    assert f"提交时一并提交：{first.task}。" in shown.content.decode()
    answer = confirm(desk, cast, shown, "submit")
    assert "已按填报表提交2项，送医改办审核。" in answer.content.decode()
    assert states() == ["expected", "signed", "signed"]
    second.refresh_from_db()
    assert (second.text, second.said_percent, second.on_time, second.written_by) == (
        *("平台已经上线。", 70, True),
        cast.reporter,
    )
    assert len(Entry.objects.get(act="period.import_sheet").after["submitted"]) == 2


def test_an_unfinished_draft_of_before_does_not_keep_the_others_back(desk: Client, cast: Cast) -> None:
    (other,) = more_reports(cast, 1)
    save(other, content=ReportContent(text="写了一半"), version=0, by=cast.reporter, at=MORNING)
    book = PeriodBook(cast)
    row = 2 if book.get(2, "编号") == cast.task.ref else 3
    shown = upload(desk, cast, book.put(row, **FILLED))
    assert "保存并提交（1项）" in shown.content.decode()
    confirm(desk, cast, shown, "submit")
    assert states() == ["signed", "draft"]


def test_a_returned_report_revised_in_it_may_be_handed_in_later(desk: Client, cast: Cast) -> None:
    cast.in_state("returned")
    book = PeriodBook(cast)
    assert "没有改动" in upload(desk, cast, book).content.decode()
    confirm(desk, cast, upload(desk, cast, book.put(2, 进展情况="补充了数据。")), "save")
    confirm(desk, cast, upload(desk, cast, book), "submit")
    assert states() == ["signed"]


def test_nothing_is_handed_in_while_a_row_is_not_complete(desk: Client, cast: Cast) -> None:
    more_reports(cast, 1)
    shown = upload(desk, cast, PeriodBook(cast).put(2, **FILLED).put(3, 进展情况="写了一半"))
    assert 'value="submit"' not in shown.content.decode()
    answer = confirm(desk, cast, shown, "submit")
    assert answer.status_code == 409
    assert [(one.row, one.column) for one in answer.context["errors"]] == [(3, "本单位判断"), (3, "完成进度")]
    assert states() == ["expected", "expected"]
    assert not Entry.objects.filter(act__in=["period.import_sheet", "report.submit"]).exists()


def test_a_report_that_moved_on_meanwhile_keeps_all_back(desk: Client, cast: Cast) -> None:
    (other,) = more_reports(cast, 1)
    shown = upload(desk, cast, PeriodBook(cast).put(2, **FILLED).put(3, **FILLED))
    save(other, content=ReportContent(text="在页面上写的"), version=0, by=cast.reporter, at=MORNING)
    answer = confirm(desk, cast, shown, "save")
    assert answer.status_code == 409
    assert [one.value for one in answer.context["errors"]] == [other.task.ref]
    assert "上传以后这项任务的报告又有改动" in answer.content.decode()
    assert states() == ["expected", "draft"]


def test_the_same_workbook_may_be_filled_in_further(desk: Client, cast: Cast) -> None:
    book = PeriodBook(cast)
    confirm(desk, cast, upload(desk, cast, book.put(2, 进展情况="写了一半")), "save")
    shown = upload(desk, cast, book.put(2, **FILLED))
    assert confirm(desk, cast, shown, "save").status_code == 200
    cast.report.refresh_from_db()
    assert (cast.report.text, cast.report.version) == ("平台已经上线。", 2)
    assert all(one.note.startswith("离线填报，表号") for one in cast.report.revisions.all())
    save(cast.report, content=ReportContent(text="在页面上写的"), version=2, by=cast.reporter, at=MORNING)
    refused = upload(desk, cast, book.put(2, 进展情况="再改一次"))
    assert "导出以后这项任务的报告又有改动" in refused.content.decode()


@pytest.mark.parametrize("act", ["save", "submit"])
def test_a_second_click_counts_as_the_first(desk: Client, cast: Cast, act: str) -> None:
    shown = upload(desk, cast, PeriodBook(cast).put(2, **FILLED))
    for _ in range(2):
        answer = confirm(desk, cast, shown, act)
        assert answer.status_code == 200
        assert "已按填报表" in answer.content.decode()
    assert cast.report.revisions.count() == 1
    assert Entry.objects.filter(act="period.import_sheet").count() == 1


def test_it_tells_errors_by_cell_and_what_is_wrong_with_a_file(desk: Client, cast: Cast) -> None:
    shown = upload(desk, cast, PeriodBook(cast).put(2, 完成进度="170%"))
    assert shown.status_code == 400
    assert "第2行" in shown.content.decode()
    assert "请填0至100之间的整数，如70。" in shown.content.decode()
    broken = desk.post(at(cast, "import_period"), {"file": SimpleUploadedFile("a.xlsx", b"abc")})
    assert "已损坏" in str(broken.context["form"].errors["file"])
    assert "没有改动" in upload(desk, cast, PeriodBook(cast)).content.decode()


def test_more_than_a_page_can_keep_is_refused(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("progress.views.period_sheet.KEPT_LIMIT", 10)
    shown = upload(desk, cast, PeriodBook(cast).put(2, **FILLED))
    assert shown.status_code == 400
    assert "一次改动的内容过多" in shown.content.decode()


def test_a_preview_is_for_who_saw_it_and_as_it_was(desk: Client, cast: Cast, sign_in: SignIn) -> None:
    shown = upload(desk, cast, PeriodBook(cast).put(2, **FILLED))
    other = sign_in(make_reporter(cast.department, "许琴"))
    for client, kept in ((other, shown.context["kept"]), (desk, f"{shown.context['kept']}x")):
        answer = client.post(at(cast, "confirm_period"), {"kept": kept, "act": "save"}, follow=True)
        assert "预览的内容已失效" in answer.content.decode()
    assert states() == ["expected"]


def test_only_the_departments_reporters_take_part(cast: Cast, sign_in: SignIn) -> None:
    for user, status in ((cast.head, 403), (cast.coordinator, 403), (cast.leader, 403), (cast.stranger, 404)):
        client = sign_in(user)
        assert [client.get(at(cast, name)).status_code for name in ("period_xlsx", "import_period")] == [
            *(status, status)
        ], user
        assert client.post(at(cast, "confirm_period"), {}).status_code == status


def test_who_lost_the_part_meanwhile_writes_nothing(desk: Client, cast: Cast) -> None:
    shown = upload(desk, cast, PeriodBook(cast).put(2, **FILLED))
    cast.reporter.memberships.all().delete()
    assert confirm(desk, cast, shown, "save").status_code in (403, 404)
    assert states() == ["expected"]
