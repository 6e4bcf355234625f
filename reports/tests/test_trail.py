"""审计: the audit administrator reads the trail of the own place, in words, page by page; nobody else does."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import Entry
from audit.seal import seal_days
from departments.models import Jurisdiction, Post, User
from departments.tests.factories import (
    make_department,
    make_jurisdiction,
    make_officer,
    make_reporter,
    make_user,
)
from progress.models import ProgressReport
from reports import export_trail

STATES = ProgressReport.State
SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def make_entry(place: Jurisdiction | None, **fields: object) -> Entry:
    given = {"at": timezone.now(), "actor_name": "李静", "act": "ledger.export", **fields}
    return Entry.objects.create(jurisdiction_id=place.pk if place else None, **given)


@pytest.fixture
def home() -> Jurisdiction:
    return make_jurisdiction()


@pytest.fixture
def auditor(home: Jurisdiction) -> User:
    return make_officer(Post.Role.AUDITOR, full_name="孙明")


@pytest.fixture
def client(auditor: User, sign_in: SignIn) -> Client:
    return sign_in(auditor)


def page(client: Client, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/trail/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def rows(client: Client, query: str = "") -> list[tuple[object, ...]]:
    answer = client.get(f"/trail/trail.xlsx{query}")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_it_lists_who_did_what_in_words(client: Client, home: Jurisdiction) -> None:
    make_entry(
        home, target_type="tasks.ledger", target_id=3, target_label="2020年台账", address="203.0.113.5"
    )

    shown = page(client)

    for word in ("李静", "导出台账", "台账　2020年台账", "平凉市", "203.0.113.5", "未封存", ">1条<"):
        assert word in shown
    assert "ledger.export" not in shown.split("<tbody>")[1]


def test_it_offers_the_place_in_the_navigation_to_auditors_only(client: Client, sign_in: SignIn) -> None:
    assert 'href="/trail/"' in client.get("/").content.decode()
    assert 'href="/trail/"' not in sign_in(make_officer()).get("/").content.decode()


@pytest.mark.parametrize("address", ["/trail/", "/trail/trail.xlsx", "/trail/{}/"])
@pytest.mark.parametrize("role", [role for role in Post.Role if role != Post.Role.AUDITOR])
def test_it_refuses_everybody_else(
    sign_in: SignIn, home: Jurisdiction, role: Post.Role, address: str
) -> None:
    entry = make_entry(home)

    answer = sign_in(make_officer(role)).get(address.format(entry.pk))

    assert answer.status_code == 403
    assert "只有审计管理员可以查看审计记录" in answer.content.decode()
    assert not Entry.objects.filter(act="audit.export").exists()


def test_it_hides_the_trail_of_another_place(client: Client, home: Jurisdiction) -> None:
    sibling = make_jurisdiction("130100", "石家庄市")
    stranger = make_reporter(make_department("市卫健委", sibling), "郑红")
    hidden = [
        make_entry(sibling, actor_name="郑红"),
        make_entry(None, actor_name="郑红", actor_id=stranger.pk, act="user.sign_in"),
        make_entry(
            None,
            actor_name="zheng",
            act="user.sign_in_failed",
            target_type="departments.user",
            target_id=stranger.pk,
        ),
    ]

    assert "没有符合条件的记录" in page(client)
    assert [client.get(f"/trail/{entry.pk}/").status_code for entry in hidden] == [404, 404, 404]
    assert len(rows(client)) == 1


def test_it_shows_a_place_below_until_that_has_its_own_auditor(client: Client, home: Jurisdiction) -> None:
    county = make_jurisdiction("620826", "静宁县", level="county", parent=home)
    town = make_jurisdiction("620827", "静宁县城区", level="county", parent=county)
    entries = [make_entry(county), make_entry(town)]
    assert "静宁县城区" in page(client)
    assert [client.get(f"/trail/{entry.pk}/").status_code for entry in entries] == [200, 200]

    own = make_officer(Post.Role.AUDITOR, county)
    assert [client.get(f"/trail/{entry.pk}/").status_code for entry in entries] == [404, 404]

    User.objects.filter(pk=own.pk).update(is_active=False)
    assert client.get(f"/trail/{entries[0].pk}/").status_code == 200


def test_it_shows_nothing_of_a_place_above(sign_in: SignIn, home: Jurisdiction) -> None:
    county = make_jurisdiction("620826", "静宁县", level="county", parent=home)
    entry = make_entry(home)
    assert sign_in(make_officer(Post.Role.AUDITOR, county)).get(f"/trail/{entry.pk}/").status_code == 404


def test_it_shows_what_has_no_place(client: Client, home: Jurisdiction) -> None:
    own = make_reporter(make_department("市卫健委", home), "王涛")
    make_entry(None, actor_name="王涛", actor_id=own.pk, act="user.sign_in")
    make_entry(None, actor_name="nobody", act="user.sign_in_failed")
    make_entry(None, actor_name="系统", act="audit.seal", target_type="audit.seal", target_id=1)

    shown = page(client)

    assert all(word in shown for word in ("王涛", "nobody", "系统", "登录失败", "封存审计记录"))


@pytest.mark.parametrize(
    "query",
    [
        "person=王",
        "act=user.edit",
        "target=市体育",
        "address=203.0.113.9",
        "request_id=abc",
        "since=2020-03-02&until=2020-03-02",
    ],
)
def test_it_narrows_list_and_workbook_alike(client: Client, home: Jurisdiction, query: str) -> None:
    old = timezone.now().replace(year=2020, month=3, day=2, hour=4)
    make_entry(
        home,
        actor_name="王涛",
        act="user.edit",
        target_label="市体育局",
        address="203.0.113.9",
        request_id="abc",
        at=old,
    )
    make_entry(home)
    make_entry(home, at=old - timedelta(days=1))
    query = f"?{query}" if query.startswith("since") else f"?since=&{query}"

    assert ">1条<" in page(client, query)
    (line,) = rows(client, query)[1:]
    assert line[2] == "王涛"


def test_it_shows_thirty_days_unless_asked(client: Client, home: Jurisdiction) -> None:
    make_entry(home, at=timezone.now() - timedelta(days=40))

    assert "没有符合条件的记录" in page(client)
    assert ">1条<" in page(client, "?since=")


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("?since=gestern", "日期"),
        ("?since=2020-03-02&until=2020-03-01", "结束日期不能早于开始日期"),
        ("?address=overthere", "invalid-feedback"),
        ("?act=nothing", "nothing"),
    ],
)
def test_it_says_what_it_does_not_understand(
    client: Client, home: Jurisdiction, query: str, word: str
) -> None:
    make_entry(home)

    assert word in page(client, query, 400)
    assert client.get(f"/trail/trail.xlsx{query}").status_code == 400
    assert not Entry.objects.filter(act="audit.export").exists()


def test_it_turns_pages_both_ways_without_loss(client: Client, home: Jurisdiction) -> None:
    moment = timezone.now()
    made = [make_entry(home, at=moment, target_label=f"第{n}件") for n in range(120)]
    seen: list[str] = []
    query, steps = "", 0
    while True:
        answer = client.get(f"/trail/{query}")
        lines, found = answer.context["lines"], answer.context["page"]
        seen += [line.entry.target_label for line in lines]
        if not found.older:
            break
        query, steps = f"?older={found.older}", steps + 1
    assert seen == [entry.target_label for entry in reversed(made)]
    assert steps == 2

    back = client.get(f"/trail/?newer={found.newer}").context["page"]
    assert [one.target_label for one in back.entries] == seen[50:100]
    first = client.get(f"/trail/?newer={back.newer}").context["page"]
    assert [one.target_label for one in first.entries] == seen[:50]
    assert not first.newer


@pytest.mark.parametrize("query", ["?older=999999", "?newer=x", "?older=99999999999999999999999"])
def test_it_begins_at_the_newest_when_a_place_is_unknown(
    client: Client, home: Jurisdiction, query: str
) -> None:
    make_entry(home)
    assert ">1条<" in page(client, query)


def test_it_costs_the_same_for_few_and_for_many(client: Client, home: Jurisdiction) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            b"".join(client.get(address))
        return len(seen)

    make_entry(home)
    with time_machine.travel(timezone.now(), tick=False):  # the first export of a minute begins a count
        cost("/trail/trail.xlsx")
        few = [cost("/trail/"), cost("/trail/trail.xlsx")]
        for _ in range(60):
            make_entry(home, after={"name": "甲"})

        assert [cost("/trail/"), cost("/trail/trail.xlsx")] == few


def test_it_says_more_than_instead_of_counting_on(client: Client, home: Jurisdiction) -> None:
    Entry.objects.bulk_create(
        Entry(at=timezone.now(), actor_name="李静", act="ledger.export", jurisdiction_id=home.pk)
        for _ in range(1001)
    )
    assert "超过1000条" in page(client)


def test_it_shows_before_and_after_side_by_side(client: Client, home: Jurisdiction) -> None:
    entry = make_entry(
        home,
        act="report.accept",
        target_type="progress.progressreport",
        before={"state": "submitted"},
        after={"state": "accepted", "confirmed_percent": 60, "no_change": True, "problems": "<b>x</b>"},
        reason="已核实",
    )

    shown = page(client, f"{entry.pk}/")

    for word in (
        "已核实",
        "确认报告",
        "变更前",
        "变更后",
        STATES.SUBMITTED.label,
        STATES.ACCEPTED.label,
        "60",
        "是",
        "&lt;b&gt;x",
    ):
        assert word in shown, word
    assert "confirmed_percent" not in shown
    assert "accepted" not in shown


def test_it_tells_the_seal_of_an_entry(client: Client, home: Jurisdiction) -> None:
    old = make_entry(home, at=timezone.now() - timedelta(days=2))
    new = make_entry(home)
    seals = seal_days(until=timezone.localdate())

    assert seals[0].digest in page(client, f"{old.pk}/")
    assert "未封存" in page(client, f"{new.pk}/")
    assert seals[-1].digest in page(client)
    assert "已封存" in page(client)


def test_the_export_leaves_an_entry_with_its_conditions(
    client: Client, auditor: User, home: Jurisdiction
) -> None:
    make_entry(home)
    rows(client, "?since=2020-03-02&act=ledger.export")

    entry = Entry.objects.get(act="audit.export")
    assert (entry.actor_id, entry.jurisdiction_id) == (auditor.pk, home.pk)
    assert entry.after == {"filter": {"自": "2020-03-02", "行为": "导出台账"}, "count": 1}
    assert "自：2020-03-02" in page(client, f"{entry.pk}/")


def test_the_workbook_runs_no_formula(client: Client, home: Jurisdiction) -> None:
    evil = '=HYPERLINK("http://x","y")'
    make_entry(home, actor_name=evil, target_label=evil, reason=evil, after={"name": evil})
    answer = client.get("/trail/trail.xlsx")

    sheet = load_workbook(BytesIO(b"".join(answer))).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line]
    assert [cell.value for cell in cells].count(evil) == 3
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_the_workbook_has_a_limit(
    client: Client, home: Jurisdiction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_trail, "LIMIT", 3)
    for _ in range(4):
        make_entry(home)

    assert "超过3条，请缩小时间范围" in client.get("/trail/trail.xlsx").content.decode()
    assert not Entry.objects.filter(act="audit.export").exists()


def test_an_account_without_posts_is_refused(sign_in: SignIn) -> None:
    assert sign_in(make_user()).get("/trail/").status_code == 403
