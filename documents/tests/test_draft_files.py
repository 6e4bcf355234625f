"""读入稿 as files: the pages around 核对表 and JSON, and what an import writes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_jurisdiction, make_officer
from documents.correct import FactsChange, correct_facts
from documents.models import Draft
from documents.reading import draft_problems, draft_tasks
from documents.tests.factories import draft_of, make_paper, make_text_paper
from documents.tests.sheet_book import SheetBook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def draft() -> Draft:
    return draft_of(make_text_paper())


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def office(sign_in: SignIn, officer: User) -> Client:
    return sign_in(officer)


def at(name: str, draft: Draft) -> str:
    return reverse(f"documents:{name}", args=[draft.document_id])


def upload(office: Client, draft: Draft, book: SheetBook) -> Any:
    return office.post(at("import_sheet", draft), {"file": book.upload()})


def confirm(office: Client, draft: Draft, shown: Any, **more: str) -> Any:
    return office.post(at("confirm_import", draft), {"kept": shown.context["kept"], **more})


def test_it_hands_out_the_draft_as_json(office: Client, officer: User) -> None:
    draft = draft_of(make_paper("pingliang"))
    facts = FactsChange("改过的标题", draft.document.number, "", None)
    correct_facts(draft, change=facts, version=1, by=officer)
    answer: Any = office.get(at("draft_json", draft))
    content = json.loads(b"".join(answer.streaming_content))
    assert set(content) == {"document", "sections", "tasks", "problems"}
    assert content["document"]["title"] == "改过的标题"
    assert len(content["tasks"]) == 25
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(act="draft.export_json").count() == 1


def test_it_hands_out_the_workbook_and_leaves_an_entry(office: Client, draft: Draft) -> None:
    answer: Any = office.get(at("draft_sheet", draft))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.get(act="draft.export_sheet").after == {"version": 1, "tasks": 2}


def test_it_shows_the_changes_and_writes_nothing_before_the_confirmation(
    office: Client, draft: Draft
) -> None:
    shown = upload(office, draft, SheetBook(draft).put(2, 任务标题="完善监测系统"))
    assert shown.status_code == 200
    assert "<del>预警</del>" in shown.content.decode()
    assert Draft.objects.get().version == 1


def test_it_writes_all_changes_at_once_with_one_entry(office: Client, draft: Draft) -> None:
    draft.problems = [{"ref": one.ref, "message": "甲", "must": True} for one in draft_tasks(draft)]
    draft.save()
    book = SheetBook(draft).put(2, 时限类别="明确日期", 到期日="2020.12.31")
    book.add(章节="一", 编号="（三）", 任务标题="加强储备", 牵头单位="市卫健委")
    answer = confirm(office, draft, upload(office, draft, book))
    assert answer.status_code == 302
    now = Draft.objects.get()
    assert now.version == 2
    assert [one.ref for one in draft_tasks(now)] == ["一/（一）", "一/（二）", "一/（三）"]
    assert str(draft_tasks(now)[0].due_on) == "2020-12-31"
    assert [one.settled for one in draft_problems(now)] == ["corrected", ""]
    entry = Entry.objects.get(act="draft.import_sheet")
    assert entry.before["tasks"][0]["deadline"]["date"] is None
    assert entry.after["tasks"][0]["deadline"]["date"] == "2020-12-31"
    assert entry.after["added"][0]["ref"] == "一/（三）"


def test_it_leaves_tasks_out_only_when_that_is_confirmed(office: Client, draft: Draft) -> None:
    book = SheetBook(draft)
    book.sheet.delete_rows(2)
    shown = upload(office, draft, book)
    assert "将不列入台账" in shown.content.decode()
    refused = confirm(office, draft, shown)
    assert (refused.status_code, Draft.objects.get().version) == (400, 1)
    assert "请先确认" in refused.content.decode()
    assert confirm(office, draft, refused, leave_out="on").status_code == 302
    assert [bool(one.left_out) for one in draft_tasks(Draft.objects.get())] == [True, False]


def test_it_tells_where_the_errors_are_and_writes_nothing(office: Client, draft: Draft) -> None:
    shown = upload(office, draft, SheetBook(draft).put(2, 任务标题="甲").put(3, 到期日="月底"))
    text = shown.content.decode()
    assert shown.status_code == 400
    assert "第3行" in text
    assert "请填写日期，如 2020-12-31。" in text
    assert "确认导入" not in text


def test_it_refuses_a_stale_workbook_with_who_and_the_way_out(
    office: Client, draft: Draft, officer: User
) -> None:
    book = SheetBook(draft).put(2, 任务标题="甲")
    correct_facts(draft, change=FactsChange("新标题", "", "", None), version=1, by=officer)
    shown = upload(office, draft, book)
    text = shown.content.decode()
    assert shown.status_code == 409
    assert str(officer) in text.split("已过期")[1]
    assert at("draft_sheet", draft) in text


def test_it_refuses_a_confirmation_after_another_change(office: Client, draft: Draft, officer: User) -> None:
    shown = upload(office, draft, SheetBook(draft).put(2, 任务标题="甲"))
    correct_facts(draft, change=FactsChange("新标题", "", "", None), version=1, by=officer)
    assert confirm(office, draft, shown).status_code == 409
    assert draft_tasks(Draft.objects.get())[0].title == "完善监测预警系统"


def test_it_writes_once_when_the_button_is_pressed_twice(office: Client, draft: Draft) -> None:
    shown = upload(office, draft, SheetBook(draft).put(2, 任务标题="甲"))
    assert confirm(office, draft, shown).status_code == 302
    assert confirm(office, draft, shown).status_code == 409
    assert Entry.objects.filter(act="draft.import_sheet").count() == 1


def test_it_takes_no_preview_that_was_changed_on_the_way(office: Client, draft: Draft) -> None:
    answer = office.post(at("confirm_import", draft), {"kept": "abc"}, follow=True)
    assert "请重新上传核对表" in answer.content.decode()
    assert Draft.objects.get().version == 1


@pytest.mark.parametrize("data", [b"", b"abc"])
def test_it_says_what_is_wrong_with_a_file(office: Client, draft: Draft, data: bytes) -> None:
    book = SimpleUploadedFile("核对表.xlsx", data)
    answer = office.post(at("import_sheet", draft), {"file": book})
    assert answer.status_code == 400
    assert "请" in str(answer.context["form"].errors["file"])


def test_it_says_when_nothing_was_changed(office: Client, draft: Draft) -> None:
    assert "没有改动" in upload(office, draft, SheetBook(draft)).content.decode()


@pytest.mark.parametrize("state", [Draft.State.ADOPTED, Draft.State.DROPPED])
def test_it_takes_nothing_into_a_closed_draft(office: Client, draft: Draft, state: str) -> None:
    book = SheetBook(draft)
    Draft.objects.update(state=state)
    assert upload(office, draft, book).status_code == 403
    assert office.get(at("draft_sheet", draft)).status_code == 403


def test_papers_of_another_place_are_not_there(sign_in: SignIn, draft: Draft) -> None:
    stranger = sign_in(make_officer(jurisdiction=make_jurisdiction("130100", "石家庄市"), username="other"))
    for name in ("draft_json", "draft_sheet", "import_sheet"):
        assert stranger.get(at(name, draft)).status_code == 404
