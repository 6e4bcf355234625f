"""Role × address × method: who may open or do what. An address that is missing in the table fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from departments.models import User
from reformtracker.tests.world import Objects, World, make_world

# Walks all pages: what they run is tested, counted and held on every database where they are tested.
pytestmark = [pytest.mark.once, pytest.mark.long]
SignIn = Callable[[User], Client]

DEFAULT_REASON = "您的角色没有这项权限"
ROLES = (
    *("anonymous", "reporter", "participant", "bystander", "head"),
    *("coordinator", "sibling", "upper", "lower", "leader"),
    *("system_admin", "security_admin", "auditor"),
)
FEW = ROLES[:3]  # whether a method is offered is decided before anybody's part is looked at
# Every address has two lines, for GET and for POST, with one letter a role in the order of ROLES:
# a stranger | reporter, a participant's reporter, a bystander's reporter, head | coordinator of the place, of its
# sibling, of the place above, of the place below | leader | system, security, audit administrator.
#   + the page opens or the act is taken up (empty forms are shown again)    - refused with the reason (403)
#   . not visible (404)                                                      > sent to the sign-in page
# A line "x" means that the method is not offered: 405, and a stranger is sent to the sign-in page.
# Everybody finds the city as it was: what one did is undone before the next.
LINES: dict[str, tuple[str, str]] = {
    "reports:workbench": ("> ++++ ++++ + +++", "x"),
    "reports:ledgers": ("> ++++ ++++ + +++", "x"),
    "reports:choose_ledger": ("x", "> .... .... . ..."),  # no ledger is named
    "reports:ledger": ("> ++++ +... + ...", "x"),
    "reports:ledger_xlsx": ("> ++++ +... + ...", "x"),
    "reports:dashboard": ("> ---- +... + ...", "x"),
    "reports:bulletins": ("> ++++ +... + ...", "> ---- .... - ..."),  # no period is named
    "reports:below": ("> ---- +++- + ---", "x"),
    "reports:summary": ("> .... ..+. . ...", "x"),
    "reports:task": ("> ++++ +... + ...", "x"),
    "reports:history": ("> ++++ +... + ...", "x"),
    "reports:bulletin": ("> .... +... . ...", "> .... +... . ..."),  # a draft
    "reports:bulletin_docx": ("> .... +... . ...", "x"),
    "reports:issue_bulletin": ("x", "> .... +... . ..."),
    "reports:trail": ("> ---- ---- - --+", "x"),
    "reports:trail_entry": ("> ---- ---- - --+", "x"),
    "reports:trail_xlsx": ("> ---- ---- - --+", "x"),
    "departments:signin": ("+ ++++ ++++ + +++", "+ ++++ ++++ + +++"),
    "departments:signin_code": ("+ ++++ ++++ + +++", "+ ++++ ++++ + +++"),
    "departments:signin_again": ("x xxxx xxxx x xxx", "+ ++++ ++++ + +++"),
    "departments:held": ("> ++++ ++++ + +++", "> ++++ ++++ + +++"),
    "departments:session": (
        "+ ++++ ++++ + +++",
        "+ ++++ ++++ + +++",
    ),  # says no more to a stranger than that nobody is signed in
    "departments:signout": ("x", "> ++++ ++++ + +++"),
    "departments:password": ("> ++++ ++++ + +++", "> ++++ ++++ + +++"),
    "departments:account": ("> ++++ ++++ + +++", "x"),
    "departments:end_session": ("x", "> ++++ ++++ + +++"),
    "departments:second_factor": ("> ++++ ++++ + +++", "> ++++ ++++ + +++"),
    "departments:second_factor_change": ("x", "> ++++ ++++ + +++"),
    "departments:guard": ("> ---- ---- - -+-", "x"),
    "departments:unlock": ("x", "> ---- ---- - -.-"),  # no account is named
    "departments:reset_second_factor": ("x", "> ---- ---- - -.-"),  # no account is named
    "departments:holidays": ("> ++++ ++++ + +++", "> ---- --+- - ---"),  # kept by the highest place
    "departments:remove_holiday": ("x", "> ---- --.- - ---"),  # no day is named
    "departments:people": ("> ---- ++++ - ++-", "x"),
    "departments:add_person": ("> ---- ++++ - +--", "> ---- ++++ - +--"),
    "departments:people_xlsx": ("> ---- ++++ - ---", "x"),
    "departments:import_people": ("> ---- ++++ - ---", "> ---- ++++ - ---"),
    "departments:confirm_people": ("x", "> ---- ++++ - ---"),
    "departments:person": ("> ---- +... - ++-", "x"),
    "departments:edit_person": ("> ---- +... - +--", "> ---- +... - +--"),
    "departments:new_password": ("x", "> ---- +... - +--"),
    "departments:reactivate": ("x", "> ---- +... - +--"),
    "departments:appoint": ("x", "> ---- +... - ---"),
    "departments:grant": ("x", "> ---- -... - -+-"),
    "departments:end_part": ("x", "> ---- +... - ---"),
    "departments:deputy": ("> ---- +... - ---", "> ---- +... - ---"),
    "departments:revoke_post": ("x", "> ---- ---- - -+-"),
    "bodies:list": ("> ---- ++++ - +--", "x"),
    "bodies:bodies_xlsx": ("> ---- +... - ---", "x"),
    "bodies:template": ("> ---- +... - ---", "x"),
    "bodies:import": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:confirm_import": ("x", "> ---- +... - ---"),
    "bodies:body": ("> ---- +... - +--", "x"),
    "bodies:edit": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:aliases": ("x", "> ---- +... - ---"),
    "bodies:drop_alias": ("x", "> ---- +... - ---"),
    "bodies:rename": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:merge": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:split": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:close": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:group": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:places": ("> ---- ++++ - +--", "x"),
    "bodies:add_place": ("> ---- +.+. - +--", "> ---- +.+. - +--"),  # the tree is kept from above as well
    "bodies:rename_place": ("> ---- +.+. - +--", "> ---- +.+. - +--"),  # the tree is kept from above as well
    "bodies:add": ("> ---- +... - ---", "> ---- +... - ---"),
    "bodies:add_group": ("> ---- +... - ---", "> ---- +... - ---"),
    "documents:list": (
        "> ++++ ++++ + +++",
        "x",
    ),  # each sees the papers of their own places; an administrator none
    "documents:upload": ("> ---- ++++ - ---", "> ---- ++++ - ---"),
    "documents:review": ("> ---- +... - ...", "x"),
    "documents:original": ("> ++++ +... + ...", "x"),
    "documents:edit_facts": ("> ---- +... - ...", "> ---- +... - ..."),
    "documents:edit_task": ("> ---- +... - ...", "> ---- +... - ..."),
    "documents:arrange_task": ("> ---- +... - ...", "x"),
    "documents:split_task": ("x", "> ---- +... - ..."),
    "documents:merge_task": ("x", "> ---- +... - ..."),
    "documents:move_task": ("x", "> ---- +... - ..."),
    "documents:change_several": ("x", "> ---- +... - ..."),
    "documents:undo": ("x", "> ---- +... - ..."),
    "documents:add_task": ("> ---- +... - ...", "> ---- +... - ..."),
    "documents:settle": ("x", "> ---- +... - ..."),
    "documents:draft_json": ("> ---- +... - ...", "x"),
    "documents:draft_sheet": ("> ---- +... - ...", "x"),
    "documents:import_sheet": ("> ---- +... - ...", "> ---- +... - ..."),
    "documents:confirm_import": ("x", "> ---- +... - ..."),
    "documents:drop": ("x", "> ---- +... - ..."),
    "tasks:adopt": ("> ---- +... - ...", "> ---- +... - ..."),
    "tasks:amend": ("> ---- +... - ...", "> ---- +... - ..."),
    "tasks:event": ("> ---- +... - ...", "> ---- +... - ..."),
    "tasks:reopen": ("> ---- -... - ...", "> ---- -... - ..."),  # the task is open
    "progress:periods": ("> ++++ +... + ...", "> ---- +... - ..."),
    "progress:reopen_period": ("> ---- +... - ...", "> ---- +... - ..."),
    "progress:extend_filing": ("x", "> ---- +... - ..."),
    "progress:period_xlsx": ("> +..- -... - ...", "x"),
    "progress:import_period": ("> +..- -... - ...", "> +..- -... - ..."),
    "progress:confirm_period": ("x", "> +..- -... - ..."),
    "progress:filing": ("> ++++ +... + ...", "x"),
    "progress:review": ("> ---+ +... + ...", "x"),
    "progress:batch": ("> ---- +... - ...", "> ---- +... - ..."),
    "progress:requests": ("> ++++ +... + ...", "x"),
    "progress:extend": ("> +--- -... - ...", "> +--- -... - ..."),
    "progress:close": ("> +--- -... - ...", "> +--- -... - ..."),
    "progress:extension": ("> +..+ +... + ...", "> +..+ +... - ..."),
    "progress:closure": ("> +..+ +... + ...", "> +..+ +... - ..."),
    "progress:directives": ("> ---- +... + ...", "x"),
    "progress:give_directive": ("> ---- +... + ...", "> ---- +... + ..."),
    "progress:directive": ("> ++.+ +... + ...", "> --.- +... - ..."),  # departments with a part in the task
    "progress:strike_directive": (
        "x",
        "> --.- +... - ...",
    ),  # the office recorded it, no leader wrote it here
    "progress:inspections": ("> ++++ +... + ...", "> ---- +... - ..."),
    "progress:inspection": (
        "> +..+ +... + ...",
        "> -..- +... - ...",
    ),  # the department that has to put something right
    "progress:correct_inspection": ("> -..- +... - ...", "> -..- +... - ..."),
    "progress:findings_xlsx": ("> +..+ +... + ...", "x"),
    "progress:finding": ("> +..+ +... + ...", "> +..- +... - ..."),
    "progress:leave": ("> ---- +... - +--", "> ---- +... - +--"),
    "progress:save": ("x", "> +..- -... - ..."),
    "progress:submit": ("x", "> +..- -... - ..."),
    "progress:withdraw": ("x", "> +..- -... - ..."),
    "progress:add_evidence": ("x", "> +..- -... - ..."),
    "progress:evidence": ("> +..+ +... + ...", "x"),
    "progress:view_evidence": ("> +..+ +... + ...", "x"),
    "progress:remove_evidence": ("x", "> +..- -... - ..."),  # handed in: the card comes back with why not
    "progress:sign": ("x", "> -..+ -... - ..."),
    "progress:send_back": ("x", "> -..+ -... - ..."),
    "progress:ask_contributions": ("x", "> +..- -... - ..."),
    "progress:give_contribution": ("x", "> -+.- -... - ..."),
    "progress:cancel_contribution": ("x", "> +-.- -... - ..."),
    "progress:hand_over": ("> ---- +... - ---", "> ---- +... - ---"),
    "progress:ask_correction": ("> +..- -... - ...", "> +..- -... - ..."),
    "progress:decline_correction": ("x", "> -..- +... - ..."),
    "progress:accept": ("x", "> -..- +... - ..."),
    "progress:return_report": ("x", "> -..- +... - ..."),
    "progress:reopen": ("x", "> -..- +... - ..."),
    "progress:exempt": ("x", "> -..- +... - ..."),
    "notices:list": ("> ++++ ++++ + +++", "x"),
    "notices:read": ("x", "> +... .... . ..."),
    "notices:resend": ("x", "> .... .... . ..."),  # the notice did not fail
    "notices:urge": ("x", "> ---- +... - ..."),
}
# The methods that are offered, with their lines.
TABLE = {
    (name, method): line
    for name, lines in LINES.items()
    for method, line in zip(("GET", "POST"), lines, strict=True)
    if line != "x"
}
# Addresses that no role table can judge, each with the reason.
EXEMPT = {"living": "a page of samples without data, routed in development and demonstrations only"}
NOBODY = 987_654_321  # a number that nothing has
# Those to whom nothing of the sibling's belongs: neither its own people nor the place above both.
OWN = [role for role in ROLES if role not in ("anonymous", "sibling", "upper")]


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """All named addresses below a resolver, with their room."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)


def wanted(name: str) -> list[str]:
    """What an address names, as its parts are called."""
    pattern = (
        get_resolver().reverse_dict
        if ":" not in name
        else get_resolver().namespace_dict[name.split(":")[0]][1].reverse_dict
    )
    found: list[str] = pattern.getlist(name.split(":")[-1])[0][0][0][1]
    return found


def address(objects: Objects, name: str) -> str:
    """The address of a page about these objects; the world itself stands for the city's."""
    keys = {key: 0 if key == "key" else getattr(objects, key).pk for key in wanted(name)}
    return reverse(name, kwargs=keys)


def nowhere(name: str) -> str:
    """The address of the same page about things that do not exist."""
    return reverse(name, kwargs={key: 0 if key == "key" else NOBODY for key in wanted(name)})


def letter_of(response: Any) -> str:
    """One letter for what came back."""
    if response.status_code == 302 and response["Location"].startswith("/signin/?next="):
        return ">"
    letters = {403: "-", 404: ".", 405: "x", 413: "!", 429: "!"}
    return letters.get(response.status_code, "+" if response.status_code < 500 else "!")


class Walk:
    """Asks as each role, and undoes what the request changed."""

    def __init__(self, world: World, sign_in: SignIn) -> None:
        self.cookies = {role: sign_in(world.people[role]).cookies for role in ROLES[1:]}

    def ask(self, role: str, method: str, url: str) -> str:
        """The letter for one role; a refusal without a reason in words is an "?"."""
        client = Client()
        client.cookies.load({name: one.value for name, one in self.cookies.get(role, {}).items()})
        with transaction.atomic():
            response = client.get(url) if method == "GET" else client.post(url)
            if response.streaming:
                list(response)  # a download holds its file open until it is read
            transaction.set_rollback(True)
        letter = letter_of(response)
        return "?" if letter == "-" and not has_reason(response) else letter


def has_reason(response: Any) -> bool:
    """Whether a refusal says why in words of its own."""
    page = response.content.decode()
    return "不能办理这一项" in page and DEFAULT_REASON not in page


def expected(line: str) -> str:
    """A line of the table, one letter a role."""
    return ">" + "x" * (len(ROLES) - 1) if line == "x" else line.replace(" ", "")


def grouped(letters: str) -> str:
    """Letters as the table writes them, so that a line can be taken over from a failing test."""
    if letters == expected("x"):
        return "x"
    return " ".join(letters[start:end] for start, end in ((0, 1), (1, 5), (5, 9), (9, 10), (10, 13)))


def rooms() -> list[str]:
    """The rooms that have addresses; the tests walk room by room."""
    return sorted({name.rpartition(":")[0] for name in LINES})


def of_room(room: str) -> Iterator[tuple[str, str, str]]:
    """Name, method and line of each address of a room."""
    for name, lines in LINES.items():
        if name.rpartition(":")[0] == room:
            yield from ((name, method, line) for method, line in zip(("GET", "POST"), lines, strict=True))


@pytest.fixture
def generous(settings: Settings) -> None:
    """Nobody asks too often here."""
    settings.RATES = dict.fromkeys(settings.RATES, 1_000_000)


def test_it_has_a_line_for_every_address() -> None:
    known, routed = LINES.keys() | EXEMPT.keys(), set(names(get_resolver()))

    assert sorted(routed - known) == [], "write its two lines into LINES, or why not into EXEMPT"
    assert sorted(known - routed) == [], "these addresses are no more"


def test_it_has_one_letter_for_every_role() -> None:
    short = [
        (name, line) for name, lines in LINES.items() for line in lines if len(expected(line)) != len(ROLES)
    ]

    assert short == []


@pytest.mark.parametrize("room", rooms())
def test_it_answers_each_role_as_the_table_says(db: None, generous: None, sign_in: SignIn, room: str) -> None:
    world = make_world()
    walk = Walk(world, sign_in)

    wrong = {}
    for name, method, line in of_room(room):
        url = address(world, name)
        asked = FEW if line == "x" else ROLES
        letters = "".join(walk.ask(role, method, url) for role in asked)
        if letters != expected(line)[: len(asked)]:
            wrong[name, method] = {"answers": grouped(letters), "table": grouped(expected(line))}

    assert wrong == {}


@pytest.mark.parametrize("room", rooms())
def test_it_shows_nobody_what_is_the_siblings(db: None, generous: None, sign_in: SignIn, room: str) -> None:
    world = make_world()
    walk = Walk(world, sign_in)

    found = {}
    for name, method, line in of_room(room):
        if line == "x" or not set(wanted(name)) - {"key"}:
            continue
        there, missing = address(world.elsewhere, name), nowhere(name)
        letters = {role: walk.ask(role, method, there) for role in near(line)}
        # Refused is no answer about the object where the same is said of one that does not exist.
        told = {
            role: letter
            for role, letter in letters.items()
            if letter != "." and (letter != "-" or walk.ask(role, method, missing) != "-")
        }
        if told:
            found[name, method] = told

    assert found == {}


def near(line: str) -> list[str]:
    """Who is asked about the sibling's: all whom the page is open to at home, and one of each kind who is shut out."""
    letters = dict(zip(ROLES, expected(line), strict=True))
    shut_out = {letters[role]: role for role in OWN if letters[role] != "+"}
    return [role for role in OWN if letters[role] == "+" or role in shut_out.values()]
