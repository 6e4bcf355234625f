"""The life of a request as a table of moves: (from, act, to, who), one for each kind.

An act's value is its name in the trail. A move is a conditional update on state and version
(progress/tables.py).
"""

from enum import StrEnum

from progress.models import RequestState as State
from progress.tables import NOTHING, Move, Table
from progress.workflow import Who


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

TABLE = Table("申请", State, MOVES, ACT_WORDS, NEEDS_REASON)
