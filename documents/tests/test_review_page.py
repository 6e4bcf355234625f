"""核对读入结果: the page and the corrections that start from it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from documents.models import Draft, PolicyDocument
from documents.reading import draft_problems, draft_tasks
from documents.tests.factories import SMALL, draft_of, make_offices, make_paper, make_text_paper

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
FORM = {
    "version": "1",
    "title": "完善监测预警系统",
    "leads": "市卫健委",
    "responsible": "",
    "participants": "市财政局、县（区）党委、政府\n市教育局",
    "due_kind": "none",
    "due_on": "",
    "due_text": "",
    "body": "落实首诊负责制。",
    "left_out": "",
}


@pytest.fixture
def paper() -> PolicyDocument:
    return make_text_paper()


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    return sign_in(make_officer())


def edit(paper: PolicyDocument, index: int = 0) -> str:
    return reverse("documents:edit_task", args=[paper.pk, index])


def test_it_shows_the_paper_beside_what_was_read(office: Client) -> None:
    paper = make_paper("pingliang", make_offices())
    text = office.get(reverse("documents:review", args=[paper.pk])).content.decode()
    assert "6个方面，25项" in text
    assert '<span id="mr3"></span>' in text
    assert "“甘肃医学院”不在单位库" in text
    assert "展开为" in text
    assert text.count('data-label="责任分工"') == 25


def test_it_marks_problems_and_links_to_them(office: Client) -> None:
    paper = make_paper("pingliang", make_offices())
    text = office.get(reverse("documents:review", args=[paper.pk])).content.decode()
    anchor = next(f"p{one.index}" for one in draft_problems(draft_of(paper)) if one.kind == "rule_inferred")
    assert f'href="#{anchor}"' in text
    assert f'<span id="{anchor}"></span>' in text
    assert '<mark class="is-problem"' in text


def test_it_offers_adoption_only_when_nothing_must_be_settled(office: Client, paper: PolicyDocument) -> None:
    review, adopt = (reverse(name, args=[paper.pk]) for name in ("documents:review", "tasks:adopt"))
    assert adopt in office.get(review).content.decode()
    Draft.objects.update(
        problems=[{"ref": "一/（一）", "kind": "no_lead", "message": "请指定", "must": True}]
    )
    text = office.get(review).content.decode()
    assert adopt not in text
    assert "还有1处必须处理" in text


def test_it_costs_the_same_for_two_tasks_and_for_twenty(office: Client) -> None:
    make_offices()
    counts = []
    for size in (2, 20):
        lines = [f"（{'一二三四五六七八九十'[n % 10]}）第{n}项。落实。（市卫健委负责）" for n in range(size)]
        paper = make_text_paper("平凉市任务\n一、公共卫生\n" + "\n".join(lines))
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse("documents:review", args=[paper.pk]))
        counts.append(len(queries))
        assert len(draft_tasks(draft_of(paper))) == size
    assert counts[0] == counts[1]


def test_it_escapes_the_text_of_the_paper(office: Client) -> None:
    text = SMALL.replace("监测预警", "<script>alert(1)</script><img src=x onerror=alert(1)>监测")
    paper = make_text_paper(text)
    page = office.get(reverse("documents:review", args=[paper.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_it_escapes_what_a_person_typed(office: Client, paper: PolicyDocument) -> None:
    hostile = "<script>alert(1)</script>"
    office.post(edit(paper), {**FORM, "title": hostile, "leads": hostile, "left_out": hostile})
    for address in (
        reverse("documents:review", args=[paper.pk]),
        edit(paper),
        reverse("tasks:adopt", args=[paper.pk]),
    ):
        page = office.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_it_shows_an_adopted_paper_to_everybody_without_buttons(
    sign_in: SignIn, paper: PolicyDocument
) -> None:
    Draft.objects.update(state="adopted")
    page = sign_in(make_reporter(make_department())).get(reverse("documents:review", args=[paper.pk]))
    assert page.status_code == 200
    assert edit(paper) not in page.content.decode()
    assert "放弃这份读入稿" not in page.content.decode()


ADDRESSES = [
    ("documents:review", "get", ()),
    ("documents:edit_task", "get", (0,)),
    ("documents:edit_task", "post", (0,)),
    ("documents:edit_facts", "get", ()),
    ("documents:edit_facts", "post", ()),
    ("documents:add_task", "get", ()),
    ("documents:add_task", "post", ()),
    ("documents:settle", "post", ()),
    ("documents:drop", "post", ()),
    ("tasks:adopt", "get", ()),
    ("tasks:adopt", "post", ()),
]


@pytest.mark.parametrize(("name", "method", "more"), ADDRESSES)
def test_it_refuses_a_reporter(
    sign_in: SignIn, paper: PolicyDocument, name: str, method: str, more: tuple[int, ...]
) -> None:
    client = sign_in(make_reporter(make_department()))
    response = getattr(client, method)(reverse(name, args=[paper.pk, *more]))
    assert response.status_code == 403
    assert Draft.objects.get().version == 1


@pytest.mark.parametrize(("name", "method", "more"), ADDRESSES)
def test_it_hides_the_draft_from_another_place(
    sign_in: SignIn, paper: PolicyDocument, name: str, method: str, more: tuple[int, ...]
) -> None:
    place = make_jurisdiction("620826", "静宁县", level="county")
    client = sign_in(make_officer(jurisdiction=place))
    response = getattr(client, method)(reverse(name, args=[paper.pk, *more]))
    assert response.status_code == 404
    assert Draft.objects.get().version == 1


def test_it_saves_a_correction_and_returns_to_the_row(office: Client, paper: PolicyDocument) -> None:
    response = office.post(edit(paper), FORM)
    assert response["Location"] == f"{reverse('documents:review', args=[paper.pk])}#row0"
    task = draft_tasks(Draft.objects.get())[0]
    assert task.leads == ("市卫健委",)
    assert task.participants == ("市财政局", "县（区）党委", "政府", "市教育局")


def test_it_keeps_a_name_whole_that_the_paper_wrote_with_a_separator(
    office: Client, paper: PolicyDocument
) -> None:
    draft = Draft.objects.get()
    draft.content["tasks"][1]["leads"] = ["县（区）党委、政府"]
    draft.save()
    office.post(edit(paper), FORM)
    assert draft_tasks(Draft.objects.get())[0].participants == ("市财政局", "县（区）党委、政府", "市教育局")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": "", "body": ""}, "请填写任务"),
        ({"due_kind": "fixed"}, "明确日期的任务须填写完成时限"),
        ({"responsible": "市卫健委"}, "已是牵头单位"),
        ({"due_on": "2020-02-31"}, "请填写日期，如2020-12-31。"),
        ({"version": ""}, "读入的内容"),
    ],
)
def test_it_says_what_is_wrong_with_a_correction(
    office: Client, paper: PolicyDocument, wrong: dict[str, str], message: str
) -> None:
    response = office.post(edit(paper), {**FORM, **wrong})
    assert response.status_code == 400
    assert message in response.content.decode()
    assert Draft.objects.get().version == 1


def test_it_shows_both_texts_when_two_people_save(office: Client, paper: PolicyDocument) -> None:
    office.post(edit(paper), {**FORM, "title": "别人的标题"})
    response = office.post(edit(paper), {**FORM, "title": "我的标题"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "别人的标题" in text
    assert "我的标题" in text
    assert draft_tasks(Draft.objects.get())[0].title == "别人的标题"
    again = office.post(edit(paper), {**FORM, "title": "我的标题", "version": "2"})
    assert again.status_code == 302
    assert draft_tasks(Draft.objects.get())[0].title == "我的标题"


def test_it_refuses_to_correct_what_is_in_the_ledger(office: Client, paper: PolicyDocument) -> None:
    Draft.objects.update(state="adopted")
    response = office.post(edit(paper), FORM)
    assert response.status_code == 403
    assert "已经入账" in response.content.decode()
    assert draft_tasks(Draft.objects.get())[0].participants == ("市财政局",)


def test_it_knows_no_task_beyond_the_last(office: Client, paper: PolicyDocument) -> None:
    assert office.get(edit(paper, 2)).status_code == 404


def test_it_settles_the_chosen_problems(office: Client, paper: PolicyDocument) -> None:
    Draft.objects.update(problems=[{"ref": "一", "message": "甲"}, {"ref": "二", "message": "乙"}])
    address = reverse("documents:settle", args=[paper.pk])
    response = office.post(address, {"version": "1", "decision": "accept", "problems": ["0", "1"]})
    assert response.status_code == 302
    assert [one.settled for one in draft_problems(Draft.objects.get())] == ["accepted", "accepted"]


def test_it_lets_all_lead_on_one_click(office: Client, paper: PolicyDocument) -> None:
    draft = Draft.objects.get()
    joint = next(one for one in draft_problems(draft) if one.kind == "rule_inferred")
    address = reverse("documents:settle", args=[paper.pk])
    office.post(address, {"version": "1", "decision": "all_lead", "problems": [str(joint.index)]})
    assert draft_tasks(Draft.objects.get())[1].leads == ("市卫健委", "市财政局")


def test_it_appoints_a_lead_for_several_tasks(office: Client, paper: PolicyDocument) -> None:
    problems = [{"ref": f"一/（{n}）", "kind": "no_clause", "message": "甲", "must": True} for n in "一二"]
    Draft.objects.update(problems=problems)
    page = office.get(reverse("documents:review", args=[paper.pk])).content.decode()
    assert "指定牵头（2项）" in page
    address = reverse("documents:settle", args=[paper.pk])
    given = {"version": "1", "decision": "appoint", "problems": ["0", "1"]}
    refused = office.post(address, given, follow=True)
    assert "请填写牵头单位" in refused.content.decode()
    office.post(address, {**given, "lead": "市教育局"})
    assert [task.leads[0] for task in draft_tasks(Draft.objects.get())] == ["市教育局", "市教育局"]


def test_it_adds_a_task_that_was_not_read(office: Client, paper: PolicyDocument) -> None:
    address = reverse("documents:add_task", args=[paper.pk])
    assert "一　加强公共卫生体系建设" in office.get(address).content.decode()
    response = office.post(address, {**FORM, "section": "一", "number": "（三）"})
    assert response.status_code == 302
    assert draft_tasks(Draft.objects.get())[2].title == FORM["title"]


@pytest.mark.parametrize(
    "wrong", [{"number": "（一）"}, {"number": ""}, {"section": "九"}, {"title": "", "body": ""}]
)
def test_it_adds_no_task_without_a_free_number(
    office: Client, paper: PolicyDocument, wrong: dict[str, str]
) -> None:
    address = reverse("documents:add_task", args=[paper.pk])
    response = office.post(address, {**FORM, "section": "一", "number": "（三）", **wrong})
    assert response.status_code == 400
    assert Draft.objects.get().version == 1


def test_it_gathers_many_unknown_names_in_one_line(office: Client) -> None:
    paper = make_paper("pingliang")
    text = office.get(reverse("documents:review", args=[paper.pk])).content.decode()
    assert "18个名称</b>不在单位库" in text


@pytest.mark.parametrize(
    "wrong", [{"version": "9"}, {"version": ""}, {"problems": ["99"]}, {"decision": "everything"}]
)
def test_it_settles_nothing_on_a_stale_or_broken_click(
    office: Client, paper: PolicyDocument, wrong: dict[str, object]
) -> None:
    Draft.objects.update(problems=[{"ref": "一", "message": "甲"}])
    given = {"version": "1", "decision": "accept", "problems": ["0"], **wrong}
    response = office.post(reverse("documents:settle", args=[paper.pk]), given, follow=True)
    assert "您的操作没有执行" in response.content.decode()
    assert draft_problems(Draft.objects.get())[0].open


def test_it_corrects_the_head_of_the_paper(office: Client, paper: PolicyDocument) -> None:
    address = reverse("documents:edit_facts", args=[paper.pk])
    given = {"version": "1", "title": "新标题", "number": "平政办发〔2020〕81号", "issued_on": "2020-10-30"}
    assert office.get(address).status_code == 200
    assert office.post(address, given).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.number) == ("新标题", "平政办发〔2020〕81号")


def test_it_refuses_a_head_without_title(office: Client, paper: PolicyDocument) -> None:
    address = reverse("documents:edit_facts", args=[paper.pk])
    assert office.post(address, {"version": "1", "title": ""}).status_code == 400
    assert Draft.objects.get().version == 1


def test_it_gives_the_draft_up(office: Client, paper: PolicyDocument) -> None:
    response = office.post(reverse("documents:drop", args=[paper.pk]), {"version": "1"})
    assert response["Location"] == reverse("documents:list")
    assert Draft.objects.get().state == "dropped"
    assert Entry.objects.filter(act="draft.drop").exists()


@pytest.mark.parametrize("version", ["2", ""])
def test_it_keeps_a_draft_that_changed_meanwhile(office: Client, paper: PolicyDocument, version: str) -> None:
    response = office.post(reverse("documents:drop", args=[paper.pk]), {"version": version})
    assert response["Location"] == reverse("documents:review", args=[paper.pk])
    assert Draft.objects.get().state == "open"


@pytest.mark.parametrize("name", ["documents:settle", "documents:drop"])
def test_it_takes_no_act_from_a_link(office: Client, paper: PolicyDocument, name: str) -> None:
    assert office.get(reverse(name, args=[paper.pk])).status_code == 405
    assert Draft.objects.get().version == 1
