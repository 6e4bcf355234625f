"""The table walked whole: every state, every act, every role gives the move or the exact refusal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from audit.models import Entry
from departments.models import Membership, Post, User
from departments.permissions import Refused
from departments.tests.factories import (
    make_department,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
    make_user,
)
from progress import review, sign_off
from progress import save as saving
from progress import submit as submitting
from progress.management.commands.draw_workflow import diagrams
from progress.models import ProgressReport
from progress.moves import NotPossible, fresh
from progress.tests.cast import CONTENT, DAY, Cast, make_cast
from progress.tests.factories import at
from progress.workflow import MOVES, Act, after_submitting

State = ProgressReport.State

ANOTHER = replace(CONTENT, text="另写一段。")
Do = Callable[[ProgressReport, User, datetime], ProgressReport]
ACTS: dict[Act, Do] = {
    Act.SAVE: lambda report, by, at: saving.save(
        report, content=ANOTHER, version=report.version, by=by, at=at
    ),
    Act.SUBMIT: lambda report, by, at: submitting.submit(
        report, content=CONTENT, version=report.version, by=by, at=at
    ),
    Act.WITHDRAW: lambda report, by, at: submitting.withdraw(report, version=report.version, by=by, at=at),
    Act.SIGN: lambda report, by, at: sign_off.sign(report, version=report.version, by=by, at=at),
    Act.SEND_BACK: lambda report, by, at: sign_off.send_back(
        report, version=report.version, by=by, reason="请核对数据。", at=at
    ),
    Act.ACCEPT: lambda report, by, at: review.accept(
        report, version=report.version, percent=80, status="normal", note="", by=by, at=at
    ),
    Act.RETURN: lambda report, by, at: review.return_report(
        report, version=report.version, reason="请补充数据。", by=by, at=at
    ),
    Act.REOPEN: lambda report, by, at: review.reopen(
        report, version=report.version, reason="同意更正。", by=by, at=at
    ),
    Act.EXEMPT: lambda report, by, at: review.exempt(
        report, version=report.version, reason="任务并入省级任务。", by=by, at=at
    ),
}
NO_REPORTER = "只有市发改委的填报员可以填写本单位的报告。"
NO_HEAD = "只有市发改委的审核人可以审签本单位的报告。"
NO_OFFICE = "只有本地医改办的协调员可以办理此事。"
PARTS = {
    "r": NO_REPORTER,
    "h": NO_HEAD,
    "c": NO_OFFICE,
    "s": "不能审签自己填报的报告，请由本单位其他审核人审签。",
    "v": "不能审核自己填报的报告，请由其他协调员审核。",
}
# Whose part an act is, one letter an act in the order of Act: 存草稿 提交 撤回, 审签 审签退回, 确认 退回修改 重新开放 免报.
# A plus is taken up and answered by ANSWERS; a letter is refused with its sentence above, whatever the state.
NOBODY = "rrr hh cccc"
ROLES = {
    "reporter": "+++ hh cccc",
    "deputy of the reporter": "+++ hh cccc",
    "head": "rrr ++ cccc",
    "deputy of the head": "rrr ++ cccc",
    "head who wrote it": "+++ ss cccc",
    "coordinator": "rrr hh ++++",
    "coordinator who wrote it": "+++ hh vv++",
    "deputy whose days are over": NOBODY,
    "leader": NOBODY,
    "reporter of another department": NOBODY,
    "head of another department": NOBODY,
    "system administrator": NOBODY,
    "security administrator": NOBODY,
    "auditor": NOBODY,
    "coordinator of the place above": NOBODY,
    "coordinator of the place below": NOBODY,
    "coordinator of another place": NOBODY,
    "reporter of another place": NOBODY,
    "nobody": NOBODY,
}
AT_THE_HEAD = "不能修改：已提交，正在等待本单位审签。需要更正的，可在医改办审核前撤回。"
AT_THE_OFFICE = "不能修改：已提交，医改办正在审核。需要更正的，可在审核前撤回。"
CONFIRMED = "不能修改：医改办已于12月10日确认。需要更正的，由填报员申请更正，医改办重新开放后修改，原文保留。"
RELEASED = "不需填报：医改办已同意免报（任务并入省级任务。）。"
NOT_SENT = "这份报告还没有提交，可以直接修改。"
STILL_OPEN = "这份报告12月22日前都可以填报，不需要重新开放。"


def only(wanted: str, *states: str) -> dict[str, str]:
    """The same refusal in several states, each named in it."""
    return {state: f"只有{wanted}，这一份现在是“{state}”。" for state in states}


# What comes of an act in a state while the period is open: an arrow to the next state, or the refusal.
ANSWERS: dict[Act, dict[str, str]] = {
    Act.SAVE: {
        "未填报": "→草稿",
        "草稿": "→草稿",
        "待审签": AT_THE_HEAD,
        "待审核": AT_THE_OFFICE,
        "退回修改": "→退回修改",
        "已确认": CONFIRMED,
        "免报": RELEASED,
    },
    Act.SUBMIT: {
        "未填报": "→待审签",
        "草稿": "→待审签",
        "待审签": AT_THE_HEAD,
        "待审核": AT_THE_OFFICE,
        "退回修改": "→待审签",
        "已确认": CONFIRMED,
        "免报": RELEASED,
    },
    Act.WITHDRAW: {
        "未填报": NOT_SENT,
        "草稿": NOT_SENT,
        "待审签": "→草稿",
        "待审核": "→草稿",
        "退回修改": NOT_SENT,
        "已确认": "不能撤回：医改办已确认。需要更正的，由填报员申请更正，医改办重新开放后修改，原文保留。",
        "免报": RELEASED,
    },
    Act.SIGN: {
        "待审签": "→待审核",
        **only("待审签的报告可以审签", "未填报", "草稿", "待审核", "退回修改", "已确认", "免报"),
    },
    Act.SEND_BACK: {
        "待审签": "→退回修改",
        **only("待审签的报告可以由本单位退回", "未填报", "草稿", "待审核", "退回修改", "已确认", "免报"),
    },
    Act.ACCEPT: {
        "待审核": "→已确认",
        **only("待审核的报告可以确认", "未填报", "草稿", "待审签", "退回修改", "已确认", "免报"),
    },
    Act.RETURN: {
        "待审核": "→退回修改",
        **only("待审核的报告可以退回", "未填报", "草稿", "待审签", "退回修改", "已确认", "免报"),
    },
    Act.REOPEN: {
        "未填报": STILL_OPEN,
        "草稿": STILL_OPEN,
        "退回修改": STILL_OPEN,
        "已确认": "→退回修改",
        **only("已确认或未能按期报送的报告可以重新开放", "待审签", "待审核", "免报"),
    },
    Act.EXEMPT: {
        "未填报": "→免报",
        "草稿": "→免报",
        **only("尚未提交的报告可以免报", "待审签", "待审核", "退回修改", "已确认", "免报"),
    },
}


def moving(act: Act) -> list[str]:
    """The states from which an act leads on while the period is open."""
    return [state for state, comes in ANSWERS[act].items() if comes.startswith("→")]


# What the dates change of it: before the period opens, and after it has closed.
EARLY = "2020年第四季度从12月1日开始填报，现在还不能填写。"
OVER = "不能修改：2020年第四季度已于12月22日关闭。需要补报的，请联系医改办重新开放。"
WRITING = [Act.SAVE, Act.SUBMIT, Act.WITHDRAW]
DAYS: dict[date, dict[Act, dict[str, str]]] = {
    date(2020, 11, 30): {act: dict.fromkeys(moving(act), EARLY) for act in WRITING},
    date(2020, 12, 10): {},
    date(2020, 12, 23): {
        **{act: dict.fromkeys(moving(act), OVER) for act in WRITING},
        Act.REOPEN: {"未填报": "→未填报", "草稿": "→草稿", "退回修改": "→退回修改"},
    },
}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def people_of(cast: Cast) -> dict[str, User]:
    """Somebody of every role, as ROLES names them."""
    place = cast.ledger.jurisdiction
    province = make_jurisdiction("620000", "甘肃省", level="province")
    place.parent = province
    place.save()
    county = make_jurisdiction("620826", "静宁县", level="county", parent=place)
    elsewhere = make_jurisdiction("640400", "固原市")
    writing_head = make_head(cast.department, "周敏")
    writing_coordinator = make_officer(full_name="马强")
    for writer in (writing_head, writing_coordinator):
        Membership.objects.create(user=writer, department=cast.department, role="reporter")
    people = {
        "reporter": cast.reporter,
        "deputy of the reporter": deputy_of(cast, cast.reporter, "reporter"),
        "head": cast.head,
        "deputy of the head": deputy_of(cast, cast.head, "head"),
        "head who wrote it": writing_head,
        "coordinator": cast.coordinator,
        "coordinator who wrote it": writing_coordinator,
        "deputy whose days are over": deputy_of(cast, cast.head, "head", days=-1),
        "leader": cast.leader,
        "reporter of another department": cast.stranger,
        "head of another department": make_head(cast.neighbour),
        "system administrator": make_officer(Post.Role.SYSTEM_ADMIN),
        "security administrator": make_officer(Post.Role.SECURITY_ADMIN),
        "auditor": make_officer(Post.Role.AUDITOR),
        "coordinator of the place above": make_officer(jurisdiction=province),
        "coordinator of the place below": make_officer(jurisdiction=county),
        "coordinator of another place": make_officer(jurisdiction=elsewhere),
        "reporter of another place": make_reporter(make_department("市发改委", elsewhere)),
        "nobody": make_user(),
    }
    return {role: User.objects.get(pk=person.pk) for role, person in people.items()}


def deputy_of(cast: Cast, principal: User, role: str, days: int = 0) -> User:
    """Somebody of the neighbour who stands in for a part on one day."""
    deputy, day = make_reporter(cast.neighbour, "刘洋"), DAY + timedelta(days=days)
    Membership.objects.create(
        user=deputy, department=cast.department, role=role, since=day, until=day, deputy_for=principal
    )
    return deputy


def answer(report: ProgressReport, act: Act, by: User, day: date) -> str:
    """What comes of one act, which is undone again."""
    with transaction.atomic():
        try:
            moved = ACTS[act](report, by, at(day))
        except (Refused, NotPossible) as refused:
            return str(refused)
        transaction.set_rollback(True)
        return f"→{moved.get_state_display()}" if moved.version == 1 else "it moved without a new version"


def expected(role: str, state: State, act: Act, day: date) -> str:
    """What the tables say."""
    letter = ROLES[role].replace(" ", "")[list(Act).index(act)]
    if letter != "+":
        return PARTS[letter]
    return DAYS[day].get(act, {}).get(state.label) or ANSWERS[act][state.label]


@pytest.mark.once  # the tables of moves are the same on every database
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("act", Act)
def test_it_answers_every_role_in_every_state_as_the_tables_say(cast: Cast, act: Act, day: date) -> None:
    people, wrong = people_of(cast), {}
    untouched = cast.report
    for state in State:
        cast.report = fresh(untouched)
        with transaction.atomic():
            report = cast.in_state(state)
            for role, person in people.items():
                report.written_by = person if role.endswith("who wrote it") else cast.reporter
                found = answer(report, act, person, day)
                if found != expected(role, state, act, day):
                    wrong[state.label, role] = {"answers": found, "table": expected(role, state, act, day)}
            left = fresh(report)
            assert (left.state, left.version, Entry.objects.count()) == (state, 0, 0), (
                "a refusal left a trace"
            )
            transaction.set_rollback(True)

    assert list(people) == list(ROLES)
    assert wrong == {}


def test_it_has_the_moves_of_the_workflow_in_its_tables() -> None:
    """The tables above are written by hand; between them they make every move of the workflow, and no other."""
    tables = [ANSWERS, *DAYS.values()]
    made = {
        (before, act, after.removeprefix("→"))
        for table in tables
        for act, cells in table.items()
        for before, after in cells.items()
        if after.startswith("→")
    }

    assert made == {(line.before.label, line.act, line.after.label) for line in MOVES}
    assert all(set(cells) == set(State.labels) for cells in ANSWERS.values())
    assert all(len(line.replace(" ", "")) == len(Act) for line in ROLES.values())


def test_it_sends_a_submission_to_the_head_or_straight_to_the_office() -> None:
    assert after_submitting(needs_sign_off=True) == State.SUBMITTED
    assert after_submitting(needs_sign_off=False) == State.SIGNED


def test_it_gives_every_act_to_one_role() -> None:
    assert len({(line.act, line.who) for line in MOVES}) == len(Act)
    assert len({(line.before, line.act) for line in MOVES}) == len(MOVES)


def test_it_is_drawn_in_the_docs_as_it_is() -> None:
    drawn = Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")

    assert [f"```mermaid\n{each}\n```" in drawn for each in diagrams()] == [True] * len(diagrams())


def test_it_draws_itself_anew_where_a_page_has_fallen_behind(tmp_path: Path) -> None:
    drawn = Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")
    page = tmp_path / "workflow.md"
    page.write_text(drawn.replace("撤回（填报员）", "删除（填报员）"), encoding="utf-8")

    with pytest.raises(CommandError, match="draw_workflow"):
        call_command("draw_workflow", "--check", "--page", page)
    call_command("draw_workflow", "--page", page, stdout=StringIO())

    assert page.read_text(encoding="utf-8") == drawn


def test_it_refuses_a_page_that_has_no_place_for_it(tmp_path: Path) -> None:
    page = tmp_path / "workflow.md"
    page.write_text("# 报送流程\n", encoding="utf-8")

    with pytest.raises(CommandError, match="mermaid"):
        call_command("draw_workflow", "--page", page)
