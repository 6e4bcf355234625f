"""The life of a report as a table of moves: (from, act, to, who).

A move is a conditional update on state and version (progress/moves.py): of two tabs, two people or two
workers only one wins, and the other is told what happened.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from progress.models import ProgressReport

State = ProgressReport.State


class Act(StrEnum):
    """What can be done to a report."""

    SAVE = "save"  # 存草稿
    SUBMIT = "submit"  # 提交
    WITHDRAW = "withdraw"  # 撤回
    SIGN = "sign"  # 审签
    SEND_BACK = "send_back"  # 单位审核人退回
    ACCEPT = "accept"  # 确认
    RETURN = "return"  # 退回修改
    REOPEN = "reopen"  # 重新打开
    EXEMPT = "exempt"  # 免报


class Who(StrEnum):
    """Who does it."""

    REPORTER = "reporter"
    HEAD = "head"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Move:
    """One line of the table."""

    before: ProgressReport.State
    act: Act
    after: ProgressReport.State
    who: Who


# Where a department has no sign-off, SUBMIT goes straight to SIGNED (待审核): see `after_submitting`.
MOVES = (
    Move(State.EXPECTED, Act.SAVE, State.DRAFT, Who.REPORTER),
    Move(State.DRAFT, Act.SAVE, State.DRAFT, Who.REPORTER),
    Move(State.RETURNED, Act.SAVE, State.RETURNED, Who.REPORTER),
    Move(State.EXPECTED, Act.SUBMIT, State.SUBMITTED, Who.REPORTER),
    Move(State.DRAFT, Act.SUBMIT, State.SUBMITTED, Who.REPORTER),
    Move(State.RETURNED, Act.SUBMIT, State.SUBMITTED, Who.REPORTER),
    Move(State.SUBMITTED, Act.WITHDRAW, State.DRAFT, Who.REPORTER),
    Move(State.SIGNED, Act.WITHDRAW, State.DRAFT, Who.REPORTER),
    Move(State.SUBMITTED, Act.SIGN, State.SIGNED, Who.HEAD),
    Move(State.SUBMITTED, Act.SEND_BACK, State.RETURNED, Who.HEAD),
    Move(State.SIGNED, Act.ACCEPT, State.ACCEPTED, Who.COORDINATOR),
    Move(State.SIGNED, Act.RETURN, State.RETURNED, Who.COORDINATOR),
    Move(State.ACCEPTED, Act.REOPEN, State.RETURNED, Who.COORDINATOR),
    # 补报: after the period has closed, a new date is set for a report that was never handed in.
    Move(State.EXPECTED, Act.REOPEN, State.EXPECTED, Who.COORDINATOR),
    Move(State.DRAFT, Act.REOPEN, State.DRAFT, Who.COORDINATOR),
    Move(State.RETURNED, Act.REOPEN, State.RETURNED, Who.COORDINATOR),
    Move(State.EXPECTED, Act.EXEMPT, State.EXEMPT, Who.COORDINATOR),
    Move(State.DRAFT, Act.EXEMPT, State.EXEMPT, Who.COORDINATOR),
)

ACT_WORDS = {
    Act.SAVE: "存草稿",
    Act.SUBMIT: "提交",
    Act.WITHDRAW: "撤回",
    Act.SIGN: "审签",
    Act.SEND_BACK: "审签退回",
    Act.ACCEPT: "确认",
    Act.RETURN: "退回修改",
    Act.REOPEN: "重新开放",
    Act.EXEMPT: "免报",
}
NEEDS_REASON = {
    Act.SEND_BACK: "退回须写明意见。",
    Act.RETURN: "退回须写明意见。",
    Act.REOPEN: "重新开放须写明理由。",
    Act.EXEMPT: "免报须写明理由。",
}
WHO_WORDS = {Who.REPORTER: "填报员", Who.HEAD: "单位审核人", Who.COORDINATOR: "医改办协调员"}
ACTOR = {move.act: move.who for move in MOVES}

_TABLE = {(move.before, move.act): move for move in MOVES}


def find_move(before: str, act: Act) -> Move | None:
    """The move that `act` makes from a state, or None when it has no place there."""
    return _TABLE.get((State(before), act))


def after_submitting(*, needs_sign_off: bool) -> ProgressReport.State:
    """The state that a submission reaches: the head's desk, or the office's where there is no sign-off."""
    return State.SUBMITTED if needs_sign_off else State.SIGNED


def diagram() -> str:
    """The table as a state diagram; `draw_workflow` writes it into docs/workflow.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.EXPECTED.label}"]
    edges = sorted(MOVES, key=lambda move: list(State).index(move.before))
    for before, moves in groupby(edges, key=lambda move: move.before):
        for move in moves:
            lines.append(f"    {before.label} --> {_label(move)}")
            if move.act is Act.SUBMIT:
                straight = after_submitting(needs_sign_off=False)
                lines.append(f"    {before.label} --> {straight.label}: 提交（填报员，无人审签时）")
    return "\n".join(lines)


def _label(move: Move) -> str:
    return f"{move.after.label}: {ACT_WORDS[move.act]}（{WHO_WORDS[move.who]}）"
