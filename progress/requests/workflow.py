"""The life of a request as a table of moves: (from, act, to, who), one for each kind.

An act's value is its name in the trail. A move is a conditional update on state and version
(progress/requests/moves.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from progress.models import RequestState as State
from progress.workflow import WHO_WORDS, Who


class Act(StrEnum):
    """What can be done to a request."""

    ASK_EXTENSION = "extension.ask"
    WITHDRAW_EXTENSION = "extension.withdraw"
    SIGN_EXTENSION = "extension.sign"
    SEND_BACK_EXTENSION = "extension.send_back"
    GRANT = "extension.grant"
    REFUSE = "extension.refuse"
    ASK_CLOSURE = "closure.ask"
    WITHDRAW_CLOSURE = "closure.withdraw"
    SIGN_CLOSURE = "closure.sign"
    SEND_BACK_CLOSURE = "closure.send_back"
    COMPLETE = "closure.complete"
    TERMINATE = "closure.terminate"
    RETURN = "closure.return"


@dataclass(frozen=True)
class Move:
    """One line of a table."""

    before: str  # empty: there was no request yet
    act: Act
    after: State
    who: Who


NOTHING = ""
# Where nobody signs off in a department, asking goes straight to SIGNED (待审核), as a report does.
EXTENSION_MOVES = (
    Move(NOTHING, Act.ASK_EXTENSION, State.SUBMITTED, Who.REPORTER),
    Move(State.SUBMITTED, Act.WITHDRAW_EXTENSION, State.WITHDRAWN, Who.REPORTER),
    Move(State.SIGNED, Act.WITHDRAW_EXTENSION, State.WITHDRAWN, Who.REPORTER),
    Move(State.SUBMITTED, Act.SIGN_EXTENSION, State.SIGNED, Who.HEAD),
    Move(State.SUBMITTED, Act.SEND_BACK_EXTENSION, State.RETURNED, Who.HEAD),
    Move(State.SIGNED, Act.GRANT, State.GRANTED, Who.COORDINATOR),
    Move(State.SIGNED, Act.REFUSE, State.REFUSED, Who.COORDINATOR),
)
CLOSURE_MOVES = (
    Move(NOTHING, Act.ASK_CLOSURE, State.SUBMITTED, Who.REPORTER),
    Move(State.SUBMITTED, Act.WITHDRAW_CLOSURE, State.WITHDRAWN, Who.REPORTER),
    Move(State.SIGNED, Act.WITHDRAW_CLOSURE, State.WITHDRAWN, Who.REPORTER),
    Move(State.SUBMITTED, Act.SIGN_CLOSURE, State.SIGNED, Who.HEAD),
    Move(State.SUBMITTED, Act.SEND_BACK_CLOSURE, State.RETURNED, Who.HEAD),
    Move(State.SIGNED, Act.COMPLETE, State.COMPLETED, Who.COORDINATOR),
    Move(State.SIGNED, Act.TERMINATE, State.TERMINATED, Who.COORDINATOR),
    Move(State.SIGNED, Act.RETURN, State.RETURNED, Who.COORDINATOR),
)
MOVES = (*EXTENSION_MOVES, *CLOSURE_MOVES)
ACT_WORDS = {
    Act.ASK_EXTENSION: "申请延期",
    Act.WITHDRAW_EXTENSION: "撤回",
    Act.SIGN_EXTENSION: "审签",
    Act.SEND_BACK_EXTENSION: "审签退回",
    Act.GRANT: "同意延期",
    Act.REFUSE: "不同意",
    Act.ASK_CLOSURE: "申请销号",
    Act.WITHDRAW_CLOSURE: "撤回",
    Act.SIGN_CLOSURE: "审签",
    Act.SEND_BACK_CLOSURE: "审签退回",
    Act.COMPLETE: "准予完成",
    Act.TERMINATE: "终止",
    Act.RETURN: "退回",
}
NEEDS_REASON = {
    Act.SEND_BACK_EXTENSION: "退回须写明意见。",
    Act.REFUSE: "不同意延期须写明理由。",
    Act.SEND_BACK_CLOSURE: "退回须写明意见。",
    Act.TERMINATE: "终止任务须写明理由。",
    Act.RETURN: "退回须写明意见。",
}
ACTOR = {move.act: move.who for move in MOVES}
ASKING = (Act.ASK_EXTENSION, Act.ASK_CLOSURE)
WITHDRAWING = (Act.WITHDRAW_EXTENSION, Act.WITHDRAW_CLOSURE)
SIGNING = (Act.SIGN_EXTENSION, Act.SIGN_CLOSURE)

_TABLE = {(move.before, move.act): move for move in MOVES}


def find_move(before: str, act: Act) -> Move | None:
    """The move that `act` makes from a state, or None when it has no place there."""
    return _TABLE.get((before, act))


def why_not(state: State, act: Act) -> str:
    """The sentence that refuses `act` in a state, or "" when the table has it."""
    if find_move(state, act):
        return ""
    wanted = "、".join(f"“{State(move.before).label}”" for move in MOVES if move.act is act and move.before)
    return f"只有{wanted}的申请可以{ACT_WORDS[act]}，这一件现在是“{state.label}”。"


def diagram(moves: Iterable[Move]) -> str:
    """A table as a state diagram (docs/workflow.md holds both; a test keeps them equal)."""
    edges = [
        f"    {State(move.before).label if move.before else '[*]'} --> {move.after.label}: "
        f"{ACT_WORDS[move.act]}（{WHO_WORDS[move.who]}）"
        for move in moves
    ]
    return "\n".join(["stateDiagram-v2", *edges])
