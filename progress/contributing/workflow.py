"""The life of a contribution as a table of moves; an act's value is its name in the trail (progress/tables.py)."""

from enum import StrEnum

from progress.models import Contribution
from progress.tables import NOTHING, Move, Table
from progress.workflow import Who

State = Contribution.State


class Act(StrEnum):
    """What can be done about a contribution; the reporters of two departments do it."""

    ASK = "contribution.ask"
    GIVE = "contribution.give"
    CANCEL = "contribution.cancel"


MOVES = (
    Move(NOTHING, Act.ASK, State.ASKED, Who.REPORTER),
    Move(State.ASKED, Act.GIVE, State.GIVEN, Who.REPORTER),
    Move(State.GIVEN, Act.GIVE, State.GIVEN, Who.REPORTER),
    Move(State.ASKED, Act.CANCEL, State.CANCELLED, Who.REPORTER),
)
ACT_WORDS = {
    Act.ASK: "牵头单位请其提供",
    Act.GIVE: "参与单位提供",
    Act.CANCEL: "牵头单位取消",
}
TABLE = Table("配合情况", State, MOVES, ACT_WORDS, {})
