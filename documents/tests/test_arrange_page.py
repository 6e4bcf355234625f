"""调整、批量处理、就地修改 as pages: what is filled in is done or comes back with the reason."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from documents.amend import fingerprint
from documents.models import Draft, PolicyDocument
from documents.reading import draft_problems, draft_tasks
from documents.tests.factories import make_text_paper
from documents.tests.test_rearrange import PAPER

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Given = dict[str, str | list[str]]


@pytest.fixture
def paper() -> PolicyDocument:
    return make_text_paper(PAPER)


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    return sign_in(make_officer())


def at(name: str, paper: PolicyDocument, *more: int) -> str:
    return reverse(f"documents:{name}", args=[paper.pk, *more])


def refs() -> list[str]:
    return [one.ref for one in draft_tasks(Draft.objects.get())]


def test_it_offers_to_split_merge_move_and_leave_out(office: Client, paper: PolicyDocument) -> None:
    text = office.get(at("arrange_task", paper, 0)).content.decode()
    assert "2020年11月底前建成3个哨点。" in text
    assert "一　公共卫生的最后" in text
    assert "（二）储备物资之前" in text


@pytest.mark.parametrize("given", [{"split-at": "8"}, {"split-words": "2020年11月"}])
def test_it_splits_at_a_sentence_or_at_words(office: Client, paper: PolicyDocument, given: Given) -> None:
    response = office.post(at("split_task", paper, 0), {"split-version": "1", **given})
    assert response["Location"].endswith("#row0")
    assert [one.body for one in draft_tasks(Draft.objects.get())][1].startswith("2020年11月")


@pytest.mark.parametrize("given", [{}, {"split-words": "没有的字"}, {"split-words": "。"}, {"split-at": "3"}])
def test_it_says_why_it_does_not_split(office: Client, paper: PolicyDocument, given: Given) -> None:
    response = office.post(at("split_task", paper, 0), {"split-version": "1", **given})
    assert response.status_code == 400
    assert "invalid-feedback" in response.content.decode()
    assert len(refs()) == 4


def test_it_merges_and_moves(office: Client, paper: PolicyDocument) -> None:
    assert (
        office.post(at("merge_task", paper, 1), {"merge-version": "1", "merge-into": "0"}).status_code == 302
    )
    assert refs() == ["一/（一）", "一/（三）", "二/（四）"]
    office.post(at("move_task", paper, 3), {"move-version": "2", "move-place": "一:2"})
    assert refs() == ["一/（一）", "二/（四）", "一/（三）"]
    office.post(at("move_task", paper, 3), {"version": "3", "step": "up"})
    assert refs() == ["二/（四）", "一/（一）", "一/（三）"]


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("merge_task", {"merge-version": "1", "merge-into": "0"}, 400),
        ("merge_task", {"merge-version": "7", "merge-into": "1"}, 302),
        ("move_task", {"move-version": "1", "move-place": "九:"}, 400),
        ("move_task", {"version": "1", "step": "up"}, 302),
        ("move_task", {"version": "1", "step": "away"}, 302),
        ("split_task", {"split-version": "7", "split-at": "8"}, 302),
    ],
)
def test_it_changes_nothing_on_a_wrong_or_stale_click(
    office: Client, paper: PolicyDocument, name: str, given: Given, status: int
) -> None:
    assert office.post(at(name, paper, 0), given).status_code == status
    assert Draft.objects.get().version == 1


def test_it_changes_several_tasks_at_once(office: Client, paper: PolicyDocument) -> None:
    several = at("change_several", paper)
    office.post(
        several, {"version": "1", "tasks": ["0", "2"], "act": "set_leads", "names": "市教育局、市民政局"}
    )
    assert draft_tasks(Draft.objects.get())[2].leads == ("市教育局", "市民政局")
    office.post(several, {"version": "2", "tasks": ["0", "2"], "act": "section", "section": "二"})
    assert refs() == ["一/（二）", "二/（四）", "一/（一）", "一/（三）"]
    office.post(several, {"version": "3", "tasks": ["1"], "act": "leave_out", "reason": "背景"})
    assert draft_tasks(Draft.objects.get())[0].left_out == "背景"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"act": "add_leads", "tasks": ["0"]}, "请填写单位"),
        ({"act": "add_leads", "names": "甲局"}, "请先勾选任务"),
        ({"act": "deadline", "due_kind": "fixed", "tasks": ["0"]}, "须填写完成时限"),
        ({"act": "leave_out", "tasks": ["0"]}, "请填写不列入台账的理由"),
        ({"act": "merge", "tasks": ["0"]}, "请至少勾选两项"),
    ],
)
def test_it_keeps_ticks_and_words_when_something_is_missing(
    office: Client, paper: PolicyDocument, given: Given, message: str
) -> None:
    response = office.post(at("change_several", paper), {"version": "1", **given})
    text = response.content.decode()
    assert response.status_code == 400
    assert message in text
    assert text.count(" checked></span>") == len(given.get("tasks", []))
    assert Draft.objects.get().version == 1


def test_it_takes_the_last_step_back_and_forth(office: Client, paper: PolicyDocument) -> None:
    office.post(at("merge_task", paper, 1), {"merge-version": "1", "merge-into": "0"})
    before = draft_problems(Draft.objects.get())
    office.post(at("undo", paper), {"version": "2"})
    assert len(refs()) == 4
    office.post(at("undo", paper), {"version": "3"})
    assert len(refs()) == 3
    assert draft_problems(Draft.objects.get()) == before
    assert Entry.objects.filter(act="draft.undo").count() == 2


@pytest.mark.parametrize("version", ["1", "9", ""])
def test_it_undoes_nothing_where_nothing_was_done(
    office: Client, paper: PolicyDocument, version: str
) -> None:
    assert office.post(at("undo", paper), {"version": version}).status_code == 302
    assert Draft.objects.get().version == 1


def inline(paper: PolicyDocument, **more: str) -> dict[str, str]:
    draft = paper.drafts.get()
    task = draft_tasks(draft)[0]
    return {
        "version": str(draft.version),
        "seen": fingerprint(draft, 0),
        "title": task.title,
        "leads": "\n".join(task.leads),
        "responsible": "\n".join(task.responsible),
        "due_kind": task.due_kind,
        "due_on": str(task.due_on or ""),
        "due_text": task.due_text,
        "body": task.body,
        "section": task.section,
        **more,
    }


def save(office: Client, paper: PolicyDocument, given: dict[str, str], key: int = 0) -> tuple[int, str]:
    response = office.post(at("edit_task", paper, key), given, headers={"HX-Request": "true"})
    return response.status_code, response.content.decode()


def test_it_saves_one_field_in_place_and_leaves_other_questions_open(
    office: Client, paper: PolicyDocument
) -> None:
    status, text = save(office, paper, inline(paper, title="完善监测体系"))
    assert (status, "已自动保存" in text) == (200, True)
    assert draft_tasks(Draft.objects.get())[0].title == "完善监测体系"
    assert [one for one in draft_problems(Draft.objects.get()) if one.open and one.ref == "一/（一）"]
    save(office, paper, inline(paper, leads="市卫健委\n市财政局", responsible=""))
    assert not [one for one in draft_problems(Draft.objects.get()) if one.open and one.ref == "一/（一）"]


def test_it_saves_in_place_what_is_stored_already_without_a_new_version(
    office: Client, paper: PolicyDocument
) -> None:
    assert save(office, paper, inline(paper))[0] == 200
    assert Draft.objects.get().version == 1


def test_it_says_in_place_what_is_wrong(office: Client, paper: PolicyDocument) -> None:
    status, text = save(office, paper, inline(paper, due_kind="fixed", due_on=""))
    assert (status, "须填写完成时限" in text) == (422, True)
    assert Draft.objects.get().version == 1


def test_it_lets_two_people_fill_in_different_tasks(office: Client, paper: PolicyDocument) -> None:
    mine = inline(paper, title="我的标题")
    office.post(at("move_task", paper, 3), {"move-version": "1", "move-place": "一:2"})
    assert save(office, paper, mine)[0] == 200
    tasks = draft_tasks(Draft.objects.get())
    assert (tasks[0].title, tasks[2].ref) == ("我的标题", "二/（四）")


def test_it_shows_both_texts_in_place(office: Client, paper: PolicyDocument) -> None:
    mine = inline(paper, title="我的标题")
    save(office, paper, inline(paper, title="别人的标题"))
    status, text = save(office, paper, mine)
    assert (status, "别人的标题" in text, "用我填写的保存" in text) == (409, True, True)
    assert draft_tasks(Draft.objects.get())[0].title == "别人的标题"


def test_it_moves_a_task_when_its_section_is_changed_in_place(office: Client, paper: PolicyDocument) -> None:
    save(office, paper, inline(paper, section="二"))
    assert refs() == ["一/（二）", "一/（三）", "二/（四）", "一/（一）"]


@pytest.mark.parametrize("name", ["arrange_task", "split_task", "merge_task", "move_task"])
@pytest.mark.parametrize(("elsewhere", "status"), [(True, 404), (False, 403)])
def test_it_is_for_the_office_of_the_place_only(
    sign_in: SignIn, paper: PolicyDocument, name: str, elsewhere: bool, status: int
) -> None:
    place = make_jurisdiction("620826", "静宁县", level="county")
    client = sign_in(make_officer(jurisdiction=place) if elsewhere else make_reporter(make_department()))
    method = client.get if name == "arrange_task" else client.post
    assert method(at(name, paper, 0)).status_code == status
    assert Draft.objects.get().version == 1


def test_it_refuses_a_closed_draft_in_words(office: Client, paper: PolicyDocument) -> None:
    given = inline(paper, title="迟了")
    Draft.objects.update(state="adopted")
    assert save(office, paper, given)[0] == 403
    assert "已经入账" in office.get(at("arrange_task", paper, 0)).content.decode()
