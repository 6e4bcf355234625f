"""The table of findings walked whole: every state, every act, every role gives the move or the exact refusal."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from audit.models import Entry
from departments.models import User
from departments.permissions import Refused
from departments.tests.factories import make_officer
from progress.models import Finding
from progress.moves import NotPossible
from progress.oversight.rectify import rectify, withdraw
from progress.oversight.verify import cancel, close, return_finding
from progress.oversight.workflow import MOVES, NEEDS_REASON, TABLE, Act, State
from progress.tables import Move, Moved
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.findings import UNTIL, make_finding

ROLES = ("reporter", "head", "coordinator", "leader", "stranger")
ACTS = [act for act in Act if act is not Act.ADD]
PAIRS = [(state, act) for state in State for act in ACTS]
NOT_THEIRS = {
    "reporter": "只有市发改委的填报员可以填写本单位的整改情况。",
    "coordinator": "只有本地医改办的协调员可以办理此事。",
}
SENTENCES = {
    Act.RECTIFY: "只有“待整改”的问题可以提交整改情况",
    Act.WITHDRAW: "只有“待核实”的问题可以撤回",
    Act.CLOSE: "只有“待核实”的问题可以核实办结",
    Act.RETURN: "只有“待核实”的问题可以退回整改",
    Act.CANCEL: "只有“待整改”的问题可以撤销",
}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def do(row: Finding, act: Act, by: User, words: str = "情况属实。", version: int | None = None) -> Finding:
    seen = row.version if version is None else version
    doing: dict[Act, Callable[[], Finding]] = {
        Act.RECTIFY: lambda: rectify(row, text=words, version=seen, by=by, at=MORNING),
        Act.WITHDRAW: lambda: withdraw(row, version=seen, by=by),
        Act.CLOSE: lambda: close(row, note=words, version=seen, by=by, at=MORNING),
        Act.RETURN: lambda: return_finding(
            row, reason=words, rectify_by=date(2021, 1, 15), version=seen, by=by, at=MORNING
        ),
        Act.CANCEL: lambda: cancel(row, reason=words, version=seen, by=by, at=MORNING),
    }
    return doing[act]()


@pytest.mark.parametrize("line", [line for line in MOVES if line.before], ids=str)
def test_it_lets_every_move_of_the_table_be_made_by_its_actor(cast: Cast, line: Move[Act]) -> None:
    moved = do(make_finding(cast, line.before), line.act, getattr(cast, line.who))
    assert (moved.state, moved.version) == (line.after, 1)
    entry = Entry.objects.get(act=line.act)
    assert (entry.before["state"], entry.after["state"]) == (line.before, line.after)


@pytest.mark.once  # the tables of moves are the same on every database
@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_it_refuses_everybody_whose_part_an_act_is_not(cast: Cast, state: str, act: Act) -> None:
    row = make_finding(cast, state)
    for role in ROLES:
        if role == TABLE.actor(act):
            continue
        with pytest.raises(Refused) as refused:
            do(row, act, getattr(cast, role))
        assert str(refused.value) == NOT_THEIRS[TABLE.actor(act)]
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 0)


@pytest.mark.once  # the tables of moves are the same on every database
@pytest.mark.parametrize(("state", "act"), [pair for pair in PAIRS if not TABLE.find(*pair)])
def test_it_says_why_an_act_has_no_place_in_a_state(cast: Cast, state: str, act: Act) -> None:
    row = make_finding(cast, state)
    with pytest.raises(NotPossible) as refused:
        do(row, act, getattr(cast, TABLE.actor(act)))
    assert refused.value.reason == f"{SENTENCES[act]}，这一件现在是“{State(state).label}”。"
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 0)
    assert not Entry.objects.filter(act=act).exists()


@pytest.mark.parametrize(("act", "words"), [*NEEDS_REASON.items(), (Act.RECTIFY, "请写明整改情况。")])
def test_it_wants_words(cast: Cast, act: Act, words: str) -> None:
    (before,) = (line.before for line in MOVES if line.act is act)
    with pytest.raises(NotPossible) as refused:
        do(make_finding(cast, before), act, getattr(cast, TABLE.actor(act)), words="  ")
    assert refused.value.reason == words


@pytest.mark.parametrize("act", ACTS)
def test_the_second_on_one_version_is_told(cast: Cast, act: Act) -> None:
    (before,) = (line.before for line in MOVES if line.act is act)
    row = make_finding(cast, before)
    Finding.objects.update(version=5)
    with pytest.raises(Moved) as moved:
        do(row, act, getattr(cast, TABLE.actor(act)))
    assert moved.value.current.version == 5


def test_nobody_settles_the_own_writing(cast: Cast) -> None:
    row = make_finding(cast, State.RECTIFIED, rectified_by=cast.coordinator)
    for act in (Act.CLOSE, Act.RETURN):
        with pytest.raises(Refused, match="不能办理自己填报的整改情况"):
            do(row, act, cast.coordinator)
    assert do(row, Act.CLOSE, make_officer(full_name="周岩")).state == State.CLOSED


def test_a_return_sets_a_new_day_and_keeps_the_first(cast: Cast) -> None:
    row = do(make_finding(cast, State.RECTIFIED), Act.RETURN, cast.coordinator, "请补充印发文号。")
    assert (row.rectify_by, row.original_rectify_by) == (date(2021, 1, 15), UNTIL)
    assert (row.opinion, row.rectification) == ("请补充印发文号。", "已印发制度。")
    row = do(do(row, Act.RECTIFY, cast.reporter), Act.RETURN, cast.coordinator)
    assert row.original_rectify_by == UNTIL
    entry = Entry.objects.filter(act=Act.RETURN).latest("pk")
    assert (entry.reason, entry.after) == ("情况属实。", {"state": "open", "rectify_by": "2021-01-15"})


def test_a_return_wants_a_day_to_come(cast: Cast) -> None:
    row = make_finding(cast, State.RECTIFIED)
    with pytest.raises(NotPossible, match="新的整改期限须在今天以后"):
        return_finding(row, reason="请补充。", rectify_by=DAY, version=0, by=cast.coordinator, at=MORNING)


@pytest.mark.parametrize(
    ("state", "fields", "name"),
    [
        ("open", {"text": ""}, "progress_finding_says_something"),
        ("rectified", {"rectification": ""}, "progress_finding_rectified_says_how"),
        ("closed", {"closed_by": None}, "progress_finding_closed_by_somebody"),
        ("cancelled", {"closed_at": None}, "progress_finding_closed_by_somebody"),
        ("closed", {"closed_by": "reporter"}, "progress_finding_not_closed_by_own_hand"),
    ],
)
def test_the_database_refuses_what_is_wrong(
    cast: Cast, state: str, fields: dict[str, Any], name: str
) -> None:
    given = {key: cast.reporter if value == "reporter" else value for key, value in fields.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_finding(cast, state, **given)


def test_it_is_drawn_in_the_docs_as_it_is() -> None:
    page = Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{TABLE.diagram()}\n```" in page
