"""The life of a finding as a table of moves; an act's value is its name in the trail (progress/tables.py)."""

from enum import StrEnum

from progress.models import Finding
from progress.tables import NOTHING, Move, Table
from progress.workflow import Who

State = Finding.State


class Act(StrEnum):
    """What can be done to a finding."""

    ADD = "finding.add"
    RECTIFY = "finding.rectify"
    WITHDRAW = "finding.withdraw"
    CLOSE = "finding.close"
    RETURN = "finding.return"
    CANCEL = "finding.cancel"


MOVES = (
    Move(NOTHING, Act.ADD, State.OPEN, Who.COORDINATOR),
    Move(State.OPEN, Act.RECTIFY, State.RECTIFIED, Who.REPORTER),
    Move(State.RECTIFIED, Act.WITHDRAW, State.OPEN, Who.REPORTER),
    Move(State.RECTIFIED, Act.CLOSE, State.CLOSED, Who.COORDINATOR),
    Move(State.RECTIFIED, Act.RETURN, State.OPEN, Who.COORDINATOR),
    # 录入有误: a finding that should never have been asked for leaves all counts, and stays readable.
    Move(State.OPEN, Act.CANCEL, State.CANCELLED, Who.COORDINATOR),
)
ACT_WORDS = {
    Act.ADD: "登记问题",
    Act.RECTIFY: "提交整改情况",
    Act.WITHDRAW: "撤回",
    Act.CLOSE: "核实办结",
    Act.RETURN: "退回整改",
    Act.CANCEL: "撤销",
}
NEEDS_REASON = {
    Act.RETURN: "退回须写明意见。",
    Act.CANCEL: "撤销须写明理由。",
}

TABLE = Table("问题", State, MOVES, ACT_WORDS, NEEDS_REASON)
