"""The table walked whole: every state, every act, every role gives the move or the exact refusal."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from departments.models import User
from departments.permissions import Refused
from progress import review, sign_off
from progress import save as saving
from progress import submit as submitting
from progress.locks import why_not
from progress.models import ProgressReport, Revision
from progress.moves import NotPossible
from progress.tests.cast import CONTENT, DAY, MORNING, Cast, make_cast
from progress.workflow import ACTOR, MOVES, Act, after_submitting, diagram, find_move

State = ProgressReport.State
ROLES = ("reporter", "head", "coordinator", "leader", "stranger")

ANOTHER = replace(CONTENT, text="另写一段。")
Do = Callable[[ProgressReport, User], ProgressReport]
ACTS: dict[Act, Do] = {
    Act.SAVE: lambda report, by: saving.save(
        report, content=ANOTHER, version=report.version, by=by, at=MORNING
    ),
    Act.SUBMIT: lambda report, by: submitting.submit(
        report, content=CONTENT, version=report.version, by=by, at=MORNING
    ),
    Act.WITHDRAW: lambda report, by: submitting.withdraw(report, version=report.version, by=by, at=MORNING),
    Act.SIGN: lambda report, by: sign_off.sign(report, version=report.version, by=by, at=MORNING),
    Act.SEND_BACK: lambda report, by: sign_off.send_back(
        report, version=report.version, by=by, reason="请核对数据。", at=MORNING
    ),
    Act.ACCEPT: lambda report, by: review.accept(
        report, version=report.version, percent=80, status="normal", note="", by=by, at=MORNING
    ),
    Act.RETURN: lambda report, by: review.return_report(
        report, version=report.version, reason="请补充数据。", by=by, at=MORNING
    ),
    Act.REOPEN: lambda report, by: review.reopen(
        report, version=report.version, reason="同意更正。", by=by, at=MORNING
    ),
    Act.EXEMPT: lambda report, by: review.exempt(
        report, version=report.version, reason="任务并入省级任务。", by=by, at=MORNING
    ),
}
NOT_THEIRS = {
    "reporter": "只有市发改委的填报员可以填写本单位的报告。",
    "head": "只有市发改委的审核人可以审签本单位的报告。",
    "coordinator": "只有本地医改办的协调员可以办理此事。",
}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def test_it_lets_every_move_of_the_table_be_made_by_its_actor(cast: Cast) -> None:
    for line in MOVES:
        report = cast.in_state(line.before)
        if line.act == Act.REOPEN and line.before != State.ACCEPTED:
            continue  # only after the period has closed: see test_reopen
        moved = ACTS[line.act](report, getattr(cast, line.who))
        assert moved.state == line.after, line
        assert moved.version == report.version + 1
        cast.report.version = moved.version


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_it_refuses_everybody_whose_part_an_act_is_not(cast: Cast, state: State, act: Act) -> None:
    report = cast.in_state(state)
    for role in ROLES:
        if role == ACTOR[act]:
            continue
        with pytest.raises(Refused) as refused:
            ACTS[act](report, getattr(cast, role))
        assert str(refused.value) == NOT_THEIRS[ACTOR[act]]
    report.refresh_from_db()
    assert (report.state, report.version) == (state, 0)


@pytest.mark.parametrize(("state", "act"), [pair for pair in product(State, Act) if not find_move(*pair)])
def test_it_says_why_an_act_has_no_place_in_a_state(cast: Cast, state: State, act: Act) -> None:
    report = cast.in_state(state)
    with pytest.raises(NotPossible) as refused:
        ACTS[act](report, getattr(cast, ACTOR[act]))
    assert refused.value.reason == why_not(report, act, DAY)
    assert refused.value.reason.endswith("。")
    report.refresh_from_db()
    assert (report.state, report.version) == (state, 0)
    assert not Revision.objects.filter(report=report).exists()


@pytest.mark.parametrize(
    ("state", "act", "words"),
    [
        ("submitted", Act.SAVE, "不能修改：已提交，正在等待本单位审签。需要更正的，可在医改办审核前撤回。"),
        ("signed", Act.SUBMIT, "不能修改：已提交，医改办正在审核。需要更正的，可在审核前撤回。"),
        (
            "accepted",
            Act.SAVE,
            "不能修改：医改办已于12月10日确认。需要更正的，请联系医改办重新开放，原文保留。",
        ),
        ("exempt", Act.SAVE, "不需填报：医改办已同意免报（任务并入省级任务。）。"),
        ("draft", Act.WITHDRAW, "这份报告还没有提交，可以直接修改。"),
        ("accepted", Act.WITHDRAW, "不能撤回：医改办已确认。需要更正的，请联系医改办重新开放，原文保留。"),
        ("draft", Act.ACCEPT, "只有待审核的报告可以确认，这一份现在是“草稿”。"),
        ("accepted", Act.EXEMPT, "只有尚未提交的报告可以免报，这一份现在是“已确认”。"),
        ("expected", Act.REOPEN, "这份报告12月22日前都可以填报，不需要重新开放。"),
    ],
)
def test_it_words_the_refusals(cast: Cast, state: str, act: Act, words: str) -> None:
    assert why_not(cast.in_state(state), act, DAY) == words


def test_it_sends_a_submission_to_the_head_or_straight_to_the_office() -> None:
    assert after_submitting(needs_sign_off=True) == State.SUBMITTED
    assert after_submitting(needs_sign_off=False) == State.SIGNED


def test_it_gives_every_act_to_one_role() -> None:
    assert len({(line.act, line.who) for line in MOVES}) == len(Act)
    assert len({(line.before, line.act) for line in MOVES}) == len(MOVES)


def test_it_is_drawn_in_the_docs_as_it_is() -> None:
    page = Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}\n```" in page
