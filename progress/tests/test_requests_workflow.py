"""The tables of 延期 and 销号 walked whole: every state, every act, every role gives the move or the exact refusal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from audit.models import Entry
from departments.models import User
from departments.permissions import Refused
from progress.models import Closure, Extension, RequestState
from progress.moves import NotPossible
from progress.requests.decide import decide
from progress.requests.permissions import who_may
from progress.requests.workflow import (
    ACTOR,
    ASKING,
    CLOSURE_MOVES,
    EXTENSION_MOVES,
    MOVES,
    NEEDS_REASON,
    TABLE,
    Act,
)
from progress.tables import Move
from progress.tests.cast import MORNING, Cast, make_cast
from progress.tests.requests import make_closure, make_extension

State = RequestState
ROLES = ("reporter", "head", "coordinator", "leader", "stranger")
MAKERS: dict[str, Callable[..., Extension | Closure]] = {"extension": make_extension, "closure": make_closure}
STATES = {
    kind: {line.after for line in moves}
    for kind, moves in (("extension", EXTENSION_MOVES), ("closure", CLOSURE_MOVES))
}
PAIRS = [(state, act) for act in Act if act not in ASKING for state in sorted(STATES[act.partition(".")[0]])]
NOT_THEIRS = {
    "reporter": "只有市发改委的填报员可以撤回本单位的申请。",
    "head": "只有市发改委的审核人可以审签本单位的申请。",
    "coordinator": "只有本地医改办的协调员可以办理此事。",
}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(needs_sign_off=True)


def in_state(cast: Cast, act: Act, state: str) -> Extension | Closure:
    return MAKERS[act.partition(".")[0]](cast, state)


def do(row: Extension | Closure, act: Act, by: User, note: str = "情况属实。") -> Extension | Closure:
    return decide(row, act, version=row.version, note=note, by=by, at=MORNING)


@pytest.mark.parametrize("line", [line for line in MOVES if line.before], ids=str)
def test_it_lets_every_move_of_the_tables_be_made_by_its_actor(cast: Cast, line: Move[Act]) -> None:
    row = in_state(cast, line.act, line.before)
    moved = do(row, line.act, getattr(cast, line.who))
    assert (moved.state, moved.version) == (line.after, 1)
    entry = Entry.objects.get(act=line.act)
    assert (entry.before, entry.after) == ({"state": line.before}, {"state": line.after})


@pytest.mark.once  # the tables of moves are the same on every database
@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_it_refuses_everybody_whose_part_an_act_is_not(cast: Cast, state: str, act: Act) -> None:
    row = in_state(cast, act, state)
    for role in ROLES:
        if role == ACTOR[act]:
            continue
        with pytest.raises(Refused) as refused:
            do(row, act, getattr(cast, role))
        assert str(refused.value) == NOT_THEIRS[ACTOR[act]]
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 0)


@pytest.mark.once  # the tables of moves are the same on every database
@pytest.mark.parametrize(("state", "act"), [pair for pair in PAIRS if not TABLE.find(*pair)])
def test_it_says_why_an_act_has_no_place_in_a_state(cast: Cast, state: str, act: Act) -> None:
    row = in_state(cast, act, state)
    with pytest.raises(NotPossible) as refused:
        do(row, act, getattr(cast, ACTOR[act]))
    assert refused.value.reason == TABLE.why_not(state, act)
    assert refused.value.reason.endswith(f"这一件现在是“{State(state).label}”。")
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 0)
    assert not Entry.objects.filter(act=act).exists()


@pytest.mark.parametrize(("act", "words"), NEEDS_REASON.items())
def test_it_wants_a_reason(cast: Cast, act: Act, words: str) -> None:
    (before,) = (line.before for line in MOVES if line.act is act)
    row = in_state(cast, act, before)
    with pytest.raises(NotPossible) as refused:
        do(row, act, getattr(cast, ACTOR[act]), note="  ")
    assert refused.value.reason == words


def test_it_lets_nobody_decide_on_their_own(cast: Cast) -> None:
    by_head = make_extension(cast, State.SUBMITTED, asked_by=cast.head)
    assert who_may(cast.head, by_head, Act.SIGN_EXTENSION).reason.startswith("不能审签自己提出的申请")
    by_office = make_closure(cast, State.SIGNED, asked_by=cast.coordinator)
    for act in (Act.COMPLETE, Act.TERMINATE, Act.RETURN):
        with pytest.raises(Refused, match="不能办理自己提出的申请"):
            do(by_office, act, cast.coordinator)


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        ("extension", {"to_due_on": "2020-12-31"}, "progress_extension_later"),
        ("extension", {"percent": 101}, "progress_extension_percent_in_range"),
        ("extension", {"reason": ""}, "progress_extension_says_why"),
        ("extension", {"state": "completed"}, "progress_extension_state"),
        ("extension", {"state": "refused", "decision": ""}, "progress_extension_has_reason"),
        ("extension", {"state": "granted", "decided_by": None}, "progress_extension_decided_by_somebody"),
        ("closure", {"result": ""}, "progress_closure_has_result"),
        ("closure", {"state": "granted"}, "progress_closure_state"),
        ("closure", {"state": "terminated", "decision": ""}, "progress_closure_has_reason"),
    ],
)
def test_the_database_refuses_what_is_wrong(
    cast: Cast, kind: str, fields: dict[str, object], name: str
) -> None:
    state = str(fields.pop("state", "submitted"))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        MAKERS[kind](cast, state, **fields)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_database_lets_nobody_decide_on_their_own(cast: Cast, kind: str) -> None:
    with pytest.raises(IntegrityError, match=f"progress_{kind}_not_by_asker"), transaction.atomic():
        MAKERS[kind](cast, State.RETURNED, asked_by=cast.coordinator)
    with pytest.raises(IntegrityError, match=f"progress_{kind}_not_by_asker"), transaction.atomic():
        MAKERS[kind](cast, State.SIGNED, signed_by=cast.reporter)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_database_keeps_one_open_request_of_a_kind(cast: Cast, kind: str) -> None:
    MAKERS[kind](cast, State.RETURNED)
    MAKERS[kind](cast, State.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        MAKERS[kind](cast, State.SIGNED)


def test_it_gives_every_act_to_one_role() -> None:
    assert len({(line.act, line.who) for line in MOVES}) == len(Act)
    assert len({(line.before, line.act) for line in MOVES}) == len(MOVES)


@pytest.mark.parametrize("moves", [EXTENSION_MOVES, CLOSURE_MOVES])
def test_it_is_drawn_in_the_docs_as_it_is(moves: tuple[Move[Act], ...]) -> None:
    page = Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{TABLE.diagram(moves)}\n```" in page
