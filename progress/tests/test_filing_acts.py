"""The department's buttons: save, submit, withdraw, and what happens when they fail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from departments.models import Membership, User
from departments.tests.factories import make_reporter
from progress.models import ProgressReport
from progress.tests.cast import CONTENT, MORNING, Cast, make_cast, make_last

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def address(act: str, cast: Cast) -> str:
    return reverse(f"progress:{act}", args=[cast.report.pk])


def form(version: int = 0, **fields: Any) -> dict[str, Any]:
    return {
        "version": version,
        "text": CONTENT.text,
        "said_percent": "85",
        "said_status": "normal",
        "problems": "",
        "next_steps": "",
        **fields,
    }


def words_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_it_saves_a_draft(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(address("save", cast), form(text="一半", said_percent=""))
    report = ProgressReport.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"#task-{cast.task.pk}")
    assert (report.state, report.text, report.said_percent) == ("draft", "一半", None)


def test_it_saves_the_rest_when_the_percent_cannot_be_read(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(address("save", cast), form(said_percent="一百二"))
    assert ProgressReport.objects.get().text == CONTENT.text
    assert "完成进度不是0至100之间的整数，这一项没有保存。" in words_of(response)


def test_it_saves_quietly_and_gives_the_new_version(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(address("save", cast), form(), headers={"HX-Request": "true"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "已自动保存" in text
    assert 'name="version" value="1"' in text


@pytest.mark.parametrize("act", ["save", "submit"])
def test_it_saves_nothing_rather_than_lose_an_unreadable_text(cast: Cast, sign_in: SignIn, act: str) -> None:
    response = sign_in(cast.reporter).post(address(act, cast), form(text="前半\0后半"))
    assert response.status_code == 400
    assert ProgressReport.objects.get().version == 0


def test_it_shows_a_reason_again_that_its_column_cannot_hold(cast: Cast, sign_in: SignIn) -> None:
    make_last(cast)
    long = "等待上级部署" * 40
    given = form(no_change="on", no_change_reason="other", other_reason=long)
    response = sign_in(cast.reporter).post(address("save", cast), given)
    assert response.status_code == 400
    assert "不超过200字" in response.content.decode()
    assert long in response.content.decode()
    assert ProgressReport.objects.get(pk=cast.report.pk).state == "expected"


def test_it_stores_one_kind_of_line_end(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.reporter).post(address("save", cast), form(text="一、\r\n二、"))
    assert ProgressReport.objects.get().text == "一、\n二、"


def test_it_submits(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(address("submit", cast), form())
    report = ProgressReport.objects.get()
    assert response.status_code == 302
    assert (report.state, report.said_percent, report.written_by) == ("signed", 85, cast.reporter)
    assert words_of(response) == [f"已提交：{cast.task}，送医改办审核。"]


def test_it_submits_why_a_task_lags_and_shows_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    lagging: dict[str, Any] = {
        "said_status": "lagging",
        "problems": "资金尚缺。",
        "next_steps": "年底前落实。",
    }
    client.post(address("submit", cast), form(**lagging, cause="资金未到位", remedy="争取资金"))
    report = ProgressReport.objects.get()
    assert (report.state, report.cause, report.remedy) == ("signed", "资金未到位", "争取资金")
    assert report.problems_with_cause == "资金尚缺。（原因：资金未到位）"
    assert report.next_steps_with_remedy == "年底前落实。（措施：争取资金）"
    pages = {
        reverse("progress:filing", args=[cast.ledger.pk]): cast.reporter,
        reverse("progress:review", args=[cast.ledger.pk]): cast.coordinator,
        reverse("reports:task", args=[cast.task.pk]): cast.leader,
    }
    for page, reader in pages.items():
        text = sign_in(reader).get(page).content.decode()
        assert all(word in text for word in ("滞后原因", "资金未到位", "争取资金")), page


def test_it_submits_no_change_with_a_reason_of_its_own(cast: Cast, sign_in: SignIn) -> None:
    make_last(cast)
    sign_in(cast.reporter).post(
        address("submit", cast),
        {"version": 0, "no_change": "on", "no_change_reason": "other", "other_reason": "项目冬季停工"},
    )
    report = ProgressReport.objects.get(pk=cast.report.pk)
    assert (report.state, report.no_change_reason, report.said_percent) == ("signed", "项目冬季停工", 45)
    assert report.text == "完成公立医院债务摸底。"


def test_it_shows_the_failed_form_whole(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(
        address("submit", cast), form(said_status="lagging", said_percent="120")
    )
    text = response.content.decode()
    assert response.status_code == 400
    assert CONTENT.text in text
    assert 'value="120"' in text
    assert text.count("请填0至100之间的整数。") == 1
    assert "判断为滞后的，请写明存在问题。" in text
    assert "判断为滞后的，请写明下一步措施。" in text
    assert "判断为滞后的，请选择滞后原因。" in text
    assert "判断为滞后的，请选择整改措施。" in text
    assert "有5处需要更正" in text
    assert ProgressReport.objects.get().state == "expected"


def test_it_escapes_what_was_written(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(
        address("submit", cast), form(text="<script>alert(1)</script>", said_percent="")
    )
    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;alert" in response.content.decode()


@pytest.mark.parametrize("act", ["save", "submit"])
def test_it_shows_both_texts_in_a_conflict(cast: Cast, sign_in: SignIn, act: str) -> None:
    client = sign_in(cast.reporter)
    client.post(address("save", cast), form(text="先到的一页，监测系统已建成。"))
    response = client.post(address(act, cast), form(text="后到的一页，监测系统已验收。"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "这份报告在另一页改动过" in text
    assert f'href="{reverse("progress:filing", args=[cast.ledger.pk])}?period={cast.period.pk}#task-' in text
    assert "后到的一页，监测系统已验收。" in text
    assert "<ins>" in text
    assert response.context["form"].initial["version"] == 1
    report = ProgressReport.objects.get()
    assert (report.state, report.text) == ("draft", "先到的一页，监测系统已建成。")


def test_it_names_the_colleague_who_was_first(cast: Cast, sign_in: SignIn) -> None:
    colleague = make_reporter(cast.department, "张海")
    sign_in(colleague).post(address("save", cast), form(text="张海写的"))
    response = sign_in(cast.reporter).post(address("save", cast), form(text="王涛写的"))
    text = response.content.decode()
    assert "这份报告已被他人改动" in text
    assert "张海于2020年12月10日" in text
    assert ProgressReport.objects.get().text == "张海写的"


def test_it_can_send_the_own_text_on_from_the_conflict_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    client.post(address("save", cast), form(text="先到"))
    conflict = client.post(address("save", cast), form(text="后到"))
    version = conflict.context["form"].initial["version"]
    client.post(address("save", cast), form(version=version, text="后到"))
    assert ProgressReport.objects.get().text == "后到"


def test_it_tells_a_page_that_saves_by_itself_of_a_conflict(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    client.post(address("save", cast), form(text="先到"))
    response = client.post(address("save", cast), form(text="后到"), headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert "已在别处改动，存草稿可对照" in response.content.decode()
    assert ProgressReport.objects.get().text == "先到"


def test_it_takes_a_second_click_for_the_first(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    assert client.post(address("submit", cast), form()).status_code == 302
    assert client.post(address("submit", cast), form()).status_code == 302
    report = ProgressReport.objects.get()
    assert (report.state, report.version) == ("signed", 1)


def test_it_gives_the_text_back_when_the_period_has_closed(
    cast: Cast, sign_in: SignIn, settings: Settings
) -> None:
    settings.DEMO_TODAY = "2020-12-23"
    response = sign_in(cast.reporter).post(address("submit", cast), form())
    text = response.content.decode()
    assert response.status_code == 409
    assert "不能修改：2020年第四季度已于12月22日关闭。" in text
    assert CONTENT.text in text
    assert ProgressReport.objects.get().state == "expected"


def test_it_withdraws(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("signed")
    response = sign_in(cast.reporter).post(address("withdraw", cast), {"version": 0})
    assert response.status_code == 302
    assert ProgressReport.objects.get().state == "draft"


def test_it_refuses_to_withdraw_what_is_confirmed(cast: Cast, sign_in: SignIn) -> None:
    cast.in_state("accepted")
    response = sign_in(cast.reporter).post(address("withdraw", cast), {"version": 0})
    assert response.status_code == 403
    assert "不能撤回：医改办已确认。" in response.content.decode()
    assert ProgressReport.objects.get().state == "accepted"


@pytest.mark.parametrize("act", ["save", "submit", "withdraw"])
@pytest.mark.parametrize("who", ["head", "coordinator", "leader"])
def test_it_refuses_other_roles_in_words(cast: Cast, sign_in: SignIn, act: str, who: str) -> None:
    response = sign_in(getattr(cast, who)).post(address(act, cast), form())
    assert response.status_code == 403
    assert "只有市发改委的填报员可以填写本单位的报告。" in response.content.decode()
    assert ProgressReport.objects.get().version == 0


@pytest.mark.parametrize("act", ["save", "submit", "withdraw"])
def test_it_hides_the_report_from_other_departments(cast: Cast, sign_in: SignIn, act: str) -> None:
    assert sign_in(cast.stranger).post(address(act, cast), form()).status_code == 404
    assert ProgressReport.objects.get().version == 0


@pytest.mark.parametrize("act", ["save", "submit", "withdraw"])
def test_it_changes_nothing_by_a_link(cast: Cast, sign_in: SignIn, act: str) -> None:
    assert sign_in(cast.reporter).get(address(act, cast)).status_code == 405
    assert ProgressReport.objects.get().version == 0


def test_it_treats_a_missing_version_as_stale(cast: Cast, sign_in: SignIn) -> None:
    data = form()
    del data["version"]
    assert sign_in(cast.reporter).post(address("save", cast), data).status_code == 409
    assert ProgressReport.objects.get().version == 0
    assert cast.report.submitted_at is None
    assert MORNING.tzinfo is not None


def test_it_names_the_copy_that_it_has_taken(cast: Cast, sign_in: SignIn) -> None:
    client, copy = sign_in(cast.reporter), f"{cast.report.pk}-k3j9"
    conflict = client.post(address("submit", cast), form(version=7, copy=copy))
    assert f'name="copy" value="{copy}"' in conflict.content.decode()
    assert f"&saved={copy}#" in client.post(address("submit", cast), form(copy=copy))["Location"]
    client.post(address("withdraw", cast), {"version": 1})
    forged = client.post(address("save", cast), form(version=2, copy="x&next=//evil"))
    assert "saved" not in forged["Location"]


def test_it_says_what_a_quiet_save_could_not_read(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.reporter).post(
        address("save", cast), form(said_percent="120"), headers={"HX-Request": "true"}
    )
    text = response.content.decode()
    assert "完成进度没有保存，请核对" in text
    assert "已自动保存" not in text
    assert ProgressReport.objects.get().text == CONTENT.text


def test_it_shows_the_text_again_when_the_part_has_ended(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reporter)
    Membership.objects.filter(user=cast.reporter).update(role="head")
    response = client.post(address("submit", cast), form())
    assert response.status_code == 403
    assert CONTENT.text in response.content.decode()


def test_it_shows_the_text_again_when_the_system_fails(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.reporter)
    client.raise_request_exception = False
    monkeypatch.setattr("progress.views.filing.submit_report", None)  # a fault of ours, of the plainest kind
    response = client.post(address("submit", cast), form(problems="静宁县<b>材料</b>未报齐。"))
    text = response.content.decode()
    assert response.status_code == 500
    assert CONTENT.text in text
    assert "静宁县&lt;b&gt;材料&lt;/b&gt;未报齐。" in text
