"""通报: drafting, writing, taking figures anew, issuing; and every refusal."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_department, make_jurisdiction
from progress.tests.factories import at
from reports.bulletin_figures import BulletinFigures
from reports.bulletin_names import addressees_of, copies_of, issuer_of
from reports.compose import circular_of
from reports.draft_bulletin import draft_bulletin, make_bulletin, rewritten
from reports.issue import issue
from reports.models import Bulletin
from reports.tests.scene import TODAY, Scene, accept, make_scene
from tasks.models import Task

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def draft(scene: Scene) -> Bulletin:
    return draft_bulletin(scene.ledger, scene.third, by=scene.coordinator, on=TODAY)


def fields(bulletin: Bulletin, **changes: Any) -> dict[str, Any]:
    """What the browser sends when nothing but `changes` was touched."""
    return {
        "revision": bulletin.content["revision"],
        "title": bulletin.title,
        "number": bulletin.number,
        "dated": bulletin.dated.isoformat(),
        "as_of": bulletin.as_of.isoformat(),
        "addressees": bulletin.addressees,
        "copies_to": bulletin.copies_to,
        **bulletin.content["texts"],
        **changes,
    }


def test_it_drafts_texts_and_figures_of_a_period(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    answer = client.post(f"/ledgers/{scene.ledger.pk}/bulletins/", {"period": scene.third.pk})
    made = Bulletin.objects.get()
    assert answer.headers["Location"] == f"/bulletins/{made.pk}/"
    assert made.title == "关于2020年下半年医改重点工作任务第三季度进展情况的通报"
    assert made.addressees == "市深化医药卫生体制改革领导小组各成员单位"
    texts = made.content["texts"]
    assert "（平政办发〔2020〕81号）" in texts["lead"]
    assert "滞后（红灯）2项，占33.3%" in texts["overall"]
    assert "应报送进展6份，按时报送4份，报送及时率66.7%；逾期1份，未报1份。" in texts["overall"]
    assert "完善药品耗材采购政策应于2020年11月30日前完成" in texts["problems"]
    assert "市卫健委1份逾期报送；市医保局1份未报" in texts["problems"]
    assert Entry.objects.filter(act="bulletin.draft", target_id=made.pk).count() == 1


def test_it_counts_shares_that_add_to_one_hundred(draft: Bulletin) -> None:
    figures = BulletinFigures.from_json(draft.figures)
    assert sum(one.count for one in figures.lights) == figures.total == 6
    assert sum(Decimal(one.share.rstrip("%")) for one in figures.lights) == Decimal("100.0")
    assert figures.expected == figures.on_time + figures.late + figures.missing
    overdue = next(one for one in figures.tasks if one.title == "完善药品耗材采购政策")
    assert overdue.problems == "采购平台未上线（原因：招标采购未完成）"
    assert overdue.next_steps == "年底前上线（措施：倒排工期）"


def test_it_lists_the_practices_that_were_confirmed(scene: Scene) -> None:
    reports = scene.third.reports.order_by("pk")
    reports.update(is_practice=True)
    made = make_bulletin(scene.ledger, scene.third, on=TODAY)
    confirmed = [one for one in reports if one.state == "accepted"]
    lines = made.content["texts"]["practices"].splitlines()
    assert sorted(lines) == sorted(f"{one.department.short_name}（{one.task.title}）。" for one in confirmed)
    assert len(lines) < reports.count()
    assert "三、典型做法" in [section.heading for section in circular_of(made).sections]
    before = make_bulletin(scene.ledger, scene.third, on=date(2020, 11, 15))
    assert before.content["texts"]["practices"] == ""


def test_a_draft_from_before_has_no_practices_and_takes_them(
    scene: Scene, draft: Bulletin, sign_in: SignIn
) -> None:
    for texts in (draft.content["texts"], draft.content["generated"]):
        texts.pop("practices", None)  # one and the same until it is read from the database
    del draft.figures["practices"]
    draft.save()
    assert [section.heading for section in circular_of(draft).sections][2] == "三、存在的问题"
    sent = fields(draft, practices="市卫健委（完善药品耗材采购政策）。", action="save")
    sign_in(scene.coordinator).post(f"/bulletins/{draft.pk}/", sent)
    draft.refresh_from_db()
    assert "三、典型做法" in [section.heading for section in circular_of(draft).sections]
    assert rewritten(draft) == {"practices"}


def test_it_opens_the_draft_that_exists(scene: Scene, draft: Bulletin) -> None:
    again = draft_bulletin(scene.ledger, scene.third, by=scene.coordinator, on=TODAY)
    assert again.pk == draft.pk
    assert Bulletin.objects.count() == 1


def test_it_saves_texts_and_marks_what_was_rewritten(scene: Scene, draft: Bulletin, sign_in: SignIn) -> None:
    client, address = sign_in(scene.coordinator), f"/bulletins/{draft.pk}/"
    sent = fields(draft, problems="（一）改写的问题。请核对。", number="平医改办发〔2020〕12号")
    assert client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.content["texts"]["problems"] == "（一）改写的问题。请核对。"
    assert draft.number == "平医改办发〔2020〕12号"
    page = client.get(address).content.decode()
    assert page.count("已改写") == 1
    assert '<span class="a4-kai">（一）改写的问题。</span>请核对。' in page
    entry = Entry.objects.get(act="bulletin.save")
    assert entry.after["blocks"] == ["problems"]


def test_it_restores_the_generated_text(scene: Scene, draft: Bulletin, sign_in: SignIn) -> None:
    client, address = sign_in(scene.coordinator), f"/bulletins/{draft.pk}/"
    client.post(address, fields(draft, lead="另起一稿。"))
    draft.refresh_from_db()
    client.post(address, fields(draft, action="restore-lead"))
    draft.refresh_from_db()
    assert draft.content["texts"]["lead"] == draft.content["generated"]["lead"]


def test_it_takes_figures_anew_and_keeps_rewritten_texts(
    scene: Scene, draft: Bulletin, sign_in: SignIn
) -> None:
    missing = scene.third.reports.get(department=scene.insurance, task=scene.tasks["missing"])
    late = {"submitted_at": at(date(2020, 11, 18)), "first_submitted_at": at(date(2020, 11, 18))}
    accept(missing, 75, scene.coordinator, on_time=False, said_percent=75, **late)
    sent = fields(draft, requirements="照此办理。", action="refresh")
    assert sign_in(scene.coordinator).post(f"/bulletins/{draft.pk}/", sent).status_code == 302
    draft.refresh_from_db()
    assert "逾期2份，未报0份" in draft.content["texts"]["overall"]
    assert draft.content["texts"]["requirements"] == "照此办理。"


def test_it_tells_what_changed_since_the_figures_were_taken(
    scene: Scene, draft: Bulletin, sign_in: SignIn
) -> None:
    client, address = sign_in(scene.coordinator), f"/bulletins/{draft.pk}/"
    assert client.get(address).context["changes"] == []
    closed = {"state": "completed", "closed_on": TODAY, "closing_reason": "已销号"}
    Task.objects.filter(pk=scene.tasks["overdue"].pk).update(**closed)
    assert client.get(address).context["changes"] == [
        "红 滞后由2项变为1项",
        "完成由1项变为2项",
        "（三）确认进度变为100%",
    ]


def test_it_takes_the_figures_of_the_day_entered(scene: Scene, draft: Bulletin, sign_in: SignIn) -> None:
    client, address = sign_in(scene.coordinator), f"/bulletins/{draft.pk}/"
    assert client.post(address, fields(draft, as_of="2020-11-30")).status_code == 302
    draft.refresh_from_db()
    assert draft.as_of == date(2020, 11, 30)
    assert "截至2020年11月30日" in draft.content["texts"]["overall"]
    answer = client.post(address, fields(draft, as_of="2020-12-11"))
    assert answer.status_code == 422
    assert "不能晚于今天" in answer.content.decode()


def test_it_shows_both_texts_to_the_slower_of_two_writers(
    scene: Scene, draft: Bulletin, sign_in: SignIn
) -> None:
    client, address = sign_in(scene.coordinator), f"/bulletins/{draft.pk}/"
    client.post(address, fields(draft, lead="先保存的导语。"))
    answer = client.post(address, fields(draft, lead="后保存的导语。"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先保存的导语。" in page
    assert "后保存的导语。" in page
    draft.refresh_from_db()
    assert draft.content["texts"]["lead"] == "先保存的导语。"


def test_it_refuses_a_body_that_is_too_long(scene: Scene, draft: Bulletin, sign_in: SignIn) -> None:
    sent = fields(draft, lead="长" * 2500, problems="长" * 2500)
    answer = sign_in(scene.coordinator).post(f"/bulletins/{draft.pk}/", sent)
    assert answer.status_code == 422
    assert "超过4000字上限" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.content["revision"] == 1


def test_it_issues_once_and_keeps_the_file(scene: Scene, draft: Bulletin, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    assert client.post(f"/bulletins/{draft.pk}/issue/").status_code == 302
    draft.refresh_from_db()
    assert draft.state == Bulletin.State.ISSUED
    data = b"".join(client.get(f"/bulletins/{draft.pk}/bulletin.docx"))
    assert sha256(data).hexdigest() == draft.sha256
    assert "存在的问题" in "".join(one.text for one in Document(BytesIO(data)).paragraphs)
    assert client.post(f"/bulletins/{draft.pk}/issue/").status_code == 403
    assert client.post(f"/bulletins/{draft.pk}/", fields(draft)).status_code == 403
    assert Entry.objects.filter(act="bulletin.issue", target_id=draft.pk).count() == 1


def test_it_refuses_a_second_issued_version_of_a_period(
    scene: Scene, draft: Bulletin, sign_in: SignIn
) -> None:
    issue(draft, by=scene.coordinator, at=at(TODAY))
    second = draft_bulletin(scene.ledger, scene.third, by=scene.coordinator, on=TODAY)
    answer = sign_in(scene.coordinator).post(f"/bulletins/{second.pk}/issue/")
    assert answer.status_code == 403
    assert "已经印发" in answer.content.decode()
    second.refresh_from_db()
    assert (second.version, second.state) == (2, Bulletin.State.DRAFT)


def test_it_cannot_be_changed_in_the_database_once_issued(scene: Scene, draft: Bulletin) -> None:
    issue(draft, by=scene.coordinator, at=at(TODAY))
    changes: tuple[dict[str, Any], ...] = ({"title": "改过的标题"}, {"figures": {}}, {"state": "draft"})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Bulletin.objects.filter(pk=draft.pk).update(**change)
    draft.refresh_from_db()
    assert draft.title.endswith("进展情况的通报")


def test_it_hides_drafts_from_all_but_the_office(scene: Scene, draft: Bulletin, sign_in: SignIn) -> None:
    for user in (scene.leader, scene.reporter):
        client = sign_in(user)
        assert client.get(f"/bulletins/{draft.pk}/").status_code == 404
        assert client.get(f"/bulletins/{draft.pk}/bulletin.docx").status_code == 404
        assert client.post(f"/bulletins/{draft.pk}/issue/").status_code == 404
        answer = client.post(f"/ledgers/{scene.ledger.pk}/bulletins/", {"period": scene.third.pk})
        assert answer.status_code == 403
    issue(draft, by=scene.coordinator, at=at(TODAY))
    page = sign_in(scene.reporter).get(f"/bulletins/{draft.pk}/").content.decode()
    assert "版式预览" in page
    assert "编辑通报" not in page
    assert sign_in(scene.reporter).post(f"/bulletins/{draft.pk}/", fields(draft)).status_code == 403


def test_it_refuses_a_period_that_does_not_exist(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.coordinator)
    for period in ("", "x", "999"):
        answer = client.post(f"/ledgers/{scene.ledger.pk}/bulletins/", {"period": period})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("code", "name", "level", "addressees", "copies"),
    [
        ("220000", "吉林省", "province", "省", "省政府办公厅，各市（州）医改办"),
        ("500000", "重庆市", "province", "市", "市政府办公厅，各区县医改办"),
        ("640400", "固原市", "city", "市", "市政府办公室，各县（市、区）医改办"),
        ("620802", "崆峒区", "county", "区", "区政府办公室"),
    ],
)
def test_it_names_addressees_by_the_jurisdiction(
    code: str, name: str, level: str, addressees: str, copies: str
) -> None:
    place = make_jurisdiction(code, name, level=level)
    assert addressees_of(place) == f"{addressees}深化医药卫生体制改革领导小组各成员单位"
    assert copies_of(place) == copies
    assert issuer_of(place) == f"{name}深化医药卫生体制改革领导小组办公室"
    make_department("医改办", place, name=f"{name}医改领导小组办公室", is_office=True)
    assert issuer_of(place) == f"{name}医改领导小组办公室"
