"""配合情况 on the pages: the lead's card, the page of those who are asked, the desk, the workbench."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_department, make_head, make_reporter
from progress.models import Contribution
from progress.tests.cast import MORNING, Cast, make_cast, make_last
from progress.tests.contributions import Partner, make_note, make_partner
from progress.tests.factories import make_report
from tasks.tests.factories import assign, make_task

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def partner(cast: Cast) -> Partner:
    return make_partner(cast)


def page_of(cast: Cast) -> str:
    return reverse("progress:filing", args=[cast.ledger.pk])


def asking(cast: Cast) -> str:
    return reverse("progress:ask_contributions", args=[cast.report.pk])


def giving(row: Contribution) -> str:
    return reverse("progress:give_contribution", args=[row.pk])


def typed(cast: Cast, text: str = "写了一半", **fields: object) -> dict[str, object]:
    """The report's form, in which the buttons stand, as a page without a script sends it."""
    return {"version": cast.report.version, "text": text, **fields}


def test_it_offers_the_lead_all_who_take_part(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    assign(cast.task, make_department("市统计局"), "participant")
    response = sign_in(cast.reporter).get(page_of(cast))
    notes = response.context["cards"][0].notes
    assert notes.ask.initial["departments"] == [partner.department.pk]
    assert "市统计局</span>还没有填报员" in response.content.decode()


def test_it_offers_nothing_where_nobody_takes_part_or_nothing_can_be_written(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.reporter)
    assert "参与单位" not in client.get(page_of(cast)).content.decode()
    make_note(cast, make_partner(cast), "given")
    cast.in_state("signed")
    text = client.get(page_of(cast)).content.decode()
    assert "已拨付资金200万元。" in text
    assert "采用" not in text
    assert "请参与单位提供情况" not in text


def test_it_asks_and_keeps_what_was_typed_beside_it(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    given = {"ask-departments": [partner.department.pk], "ask-due_on": "2020-12-14", "ask-request": "资金"}
    response = sign_in(cast.reporter).post(asking(cast), typed(cast) | given, follow=True)
    text = response.content.decode()
    assert "已请市民政局提供情况" in text
    assert "待提供，12月14日前" in text
    cast.report.refresh_from_db()
    assert (cast.report.text, cast.report.state) == ("写了一半", "draft")


def test_it_makes_no_draft_of_what_was_not_touched(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    make_last(cast)
    shown = {"said_percent": 45, "said_status": "normal"}
    given = {"ask-departments": [partner.department.pk], "ask-due_on": "2020-12-14"}
    sign_in(cast.reporter).post(asking(cast), typed(cast, "完成公立医院债务摸底。", **shown, **given))
    cast.report.refresh_from_db()
    assert (cast.report.state, Contribution.objects.count()) == ("expected", 1)


def test_it_says_what_is_wrong_with_a_question(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    given = {"ask-due_on": "2020-12-10", "ask-request": "第四季度资金"}
    response = sign_in(cast.reporter).post(asking(cast), typed(cast) | given)
    text = response.content.decode()
    assert response.status_code == 400
    for words in ("请选择参与单位。", "请至少留一天", "第四季度资金", "写了一半"):
        assert words in text
    assert not Contribution.objects.exists()


def test_it_says_why_nothing_can_be_asked_any_more(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    cast.in_state("signed")
    given = {"ask-departments": [partner.department.pk], "ask-due_on": "2020-12-14"}
    response = sign_in(cast.reporter).post(asking(cast), given)
    assert response.status_code == 400
    assert "不能修改：已提交，医改办正在审核。" in response.content.decode()


def test_it_asks_nobody_when_the_draft_was_changed_by_a_colleague(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    cast.in_state("draft", version=3)
    given = {"ask-departments": [partner.department.pk], "ask-due_on": "2020-12-14"}
    response = sign_in(cast.reporter).post(asking(cast), typed(cast) | given | {"version": 1})
    assert response.status_code == 409
    assert "写了一半" in response.content.decode()
    assert not Contribution.objects.exists()


def test_it_takes_a_note_over_without_a_script(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    row = make_note(cast, partner, "given")
    save, client = reverse("progress:save", args=[cast.report.pk]), sign_in(cast.reporter)
    client.post(save, typed(cast, take=row.pk))
    cast.report.refresh_from_db()
    assert cast.report.text == "写了一半\n市民政局：已拨付资金200万元。"
    unasked = make_note(cast, make_partner(cast, "市医保局"))
    assert client.post(save, typed(cast, take=unasked.pk)).status_code == 404


def test_it_cancels_and_tells_the_other_side(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    row = make_note(cast, partner)
    cancelling, client = reverse("progress:cancel_contribution", args=[row.pk]), sign_in(cast.reporter)
    assert "市民政局不需要再提供" in client.post(cancelling, typed(cast), follow=True).content.decode()
    assert "市民政局的已经取消，没有办理。" in client.post(cancelling, follow=True).content.decode()
    text = sign_in(partner.reporter).get(page_of(cast)).content.decode()
    assert f"市发改委已取消，不需要再提供：{cast.task}" in text
    assert "提供</button>" not in text


def test_it_shows_those_asked_where_to_write(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    row, client = make_note(cast, partner, request="资金拨付情况"), sign_in(partner.reporter)
    workbench = client.get(reverse("reports:workbench")).content.decode()
    assert "市发改委请市民政局于12月14日前提供：资金拨付情况" in workbench
    page = client.get(page_of(cast))
    assert f'id="contribution-{row.pk}"' in page.content.decode()
    assert [entry.count for entry in page.context["navigation"] if entry.label == "报送"] == [1]
    answer = client.post(giving(row), {"version": 0, "text": "已拨付。\r\n共200万元。"}, follow=True)
    assert "已提供给市发改委" in answer.content.decode()
    row.refresh_from_db()
    assert (row.text, row.state) == ("已拨付。\n共200万元。", "given")
    assert "请本单位提供的情况" not in client.get(reverse("reports:workbench")).content.decode()


def test_it_lets_the_head_read(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    make_note(cast, partner, "given")
    text = sign_in(make_head(partner.department)).get(page_of(cast)).content.decode()
    assert "只有市民政局的填报员可以提供本单位的情况。" in text
    assert "已拨付资金200万元。" in text


def test_it_loses_no_words_that_are_refused(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    row, client = make_note(cast, partner), sign_in(partner.reporter)
    long = client.post(giving(row), {"version": 0, "text": "很长" * 251})
    assert (long.status_code, "不超过500字，现有502字。" in long.content.decode()) == (400, True)
    cast.in_state("signed")
    locked = client.post(giving(row), {"version": 0, "text": "写好的情况"}).content.decode()
    assert "市发改委已经提交报告，不需要再提供。" in locked
    assert "写好的情况" in locked
    row.state = "cancelled"
    row.save()
    cancelled = client.post(giving(row), {"version": 0, "text": "写好的情况"}).content.decode()
    assert "市发改委已经取消，不需要再提供。" in cancelled
    assert "写好的情况" in cancelled


def test_it_puts_only_the_note_anew_where_the_page_asks_so(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    row, client = make_note(cast, partner), sign_in(partner.reporter)
    headers = {"HX-Request": "true"}
    empty = client.post(giving(row), {"version": 0, "text": ""}, headers=headers)
    assert (empty.status_code, "请填写本单位的情况。" in empty.content.decode()) == (422, True)
    given = client.post(giving(row), {"version": 0, "text": "第一份"}, headers=headers).content.decode()
    assert "<html" not in given
    assert "已提供，牵头单位提交报告前可以修改" in given
    second = client.post(giving(row), {"version": 0, "text": "第二份"}, headers=headers)
    assert second.status_code == 409


def test_it_shows_both_texts_to_the_second_of_two(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    row, second = make_note(cast, partner), make_reporter(partner.department, "周敏")
    sign_in(partner.reporter).post(giving(row), {"version": 0, "text": "第一份"})
    response = sign_in(second).post(giving(row), {"version": 0, "text": "第二份"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "许琴刚刚提供了下面的内容" in text
    assert "第一份" in text
    (wanted,) = response.context["wanted"]
    assert (wanted.form["text"].value(), wanted.form["version"].value()) == ("第二份", 1)
    sign_in(second).post(giving(row), {"version": 1, "text": "两份合并"})
    row.refresh_from_db()
    assert (row.text, row.given_by) == ("两份合并", second)


def test_it_keeps_notes_from_other_partners_and_drafts_from_all(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    make_note(cast, partner, "given")
    other = make_partner(cast, "市医保局")
    make_note(cast, other)
    cast.in_state("draft", text="市发改委的草稿")
    text = sign_in(other.reporter).get(page_of(cast)).content.decode()
    assert "已拨付资金200万元。" not in text
    assert "市发改委的草稿" not in text


def test_it_shows_the_office_what_was_given_once_handed_in(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    make_note(cast, partner, "given")
    make_note(cast, make_partner(cast, "市医保局"))
    desk = reverse("progress:review", args=[cast.ledger.pk]) + f"?report={cast.report.pk}"
    office = sign_in(cast.coordinator)
    cast.in_state("draft")
    assert "参与单位提供情况" not in office.get(desk).content.decode()
    cast.in_state("accepted", reviewed_at=MORNING)
    text = office.get(desk).content.decode()
    assert "参与单位提供情况 1/2" in text
    assert "已拨付资金200万元。" in text
    own_head = sign_in(make_head(partner.department)).get(desk).content.decode()
    assert "参与单位提供情况" not in own_head


@pytest.mark.parametrize("who", ["lead", "partner"])
def test_it_costs_a_constant_number_of_queries(
    cast: Cast, partner: Partner, sign_in: SignIn, who: str
) -> None:
    client = sign_in(cast.reporter if who == "lead" else partner.reporter)
    third = make_partner(cast, "市医保局")

    def fill(count: int) -> list[int]:
        while Contribution.objects.count() < count:
            cast.task = make_task(
                cast.ledger, leads=(cast.department,), participants=(partner.department, third.department)
            )
            cast.report = make_report(cast.period, cast.task, cast.department)
            make_note(cast, partner)
        pages = (page_of(cast), reverse("reports:workbench"))
        counts = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        return counts

    assert fill(2) == fill(20)
