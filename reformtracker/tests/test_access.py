"""Role × address: who may open or do what. An address that is missing in the table fails."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from departments.models import User
from reformtracker.tests.world import World, make_world

SignIn = Callable[[User], Client]

DEFAULT_REASON = "您的角色没有这项权限"
ROLES = ("anonymous", "reporter", "bystander", "head", "coordinator", "leader", "administrator", "outsider")
# A row gives one letter a role, in the order of ROLES:
#   + the page opens or the act is taken up (empty forms are shown again)    - refused with the reason (403)
#   . not visible (404)                                                      > sent to the sign-in page
TABLE = {
    ("reports:workbench", "GET"): "> +++++++",
    ("reports:ledgers", "GET"): "> +++++++",
    ("reports:choose_ledger", "POST"): "> .......",  # no ledger is named
    ("reports:ledger", "GET"): "> +++++..",
    ("reports:ledger_xlsx", "GET"): "> +++++..",
    ("reports:task", "GET"): "> +++++..",
    ("reports:dashboard", "GET"): "> ---++..",
    ("reports:bulletins", "GET"): "> +++++..",
    ("reports:bulletins", "POST"): "> ---.-..",  # no period is named
    ("reports:bulletin", "GET"): "> ...+...",
    ("reports:bulletin", "POST"): "> ...+...",
    ("reports:bulletin_docx", "GET"): "> ...+...",
    ("reports:issue_bulletin", "POST"): "> ...+-..",  # the leader comes after the coordinator: issued by then
    ("reports:trail", "GET"): "> -------",
    ("reports:trail_entry", "GET"): "> -------",
    ("reports:trail_xlsx", "GET"): "> -------",
    ("departments:signin", "GET"): "+ +++++++",
    ("departments:signin", "POST"): "+ +++++++",
    ("departments:signin_code", "GET"): "+ +++++++",
    ("departments:signin_code", "POST"): "+ +++++++",
    ("departments:signin_again", "POST"): "+ +++++++",
    ("departments:session", "GET"): "+ +++++++",  # says no more to a stranger than that nobody is signed in
    ("departments:session", "POST"): "+ +++++++",
    ("departments:held", "GET"): "> +++++++",
    ("departments:held", "POST"): "> +++++++",
    ("departments:account", "GET"): "> +++++++",
    ("departments:end_session", "POST"): "> +++++++",
    ("departments:second_factor", "GET"): "> +++++++",
    ("departments:second_factor", "POST"): "> +++++++",
    ("departments:second_factor_change", "POST"): "> +++++++",
    ("departments:guard", "GET"): "> -------",  # the security administrator's, see test_lockout.py
    ("departments:unlock", "POST"): "> -------",
    ("departments:reset_second_factor", "POST"): "> -------",
    ("departments:signout", "POST"): "> +++++++",
    ("departments:password", "GET"): "> +++++++",
    ("departments:password", "POST"): "> +++++++",
    # The person is the bystander, the post the leader's; the security administrator: test_people_pages.py.
    ("departments:people", "GET"): "> ---+-++",
    ("departments:add_person", "GET"): "> ---+-++",
    ("departments:add_person", "POST"): "> ---+-++",
    ("departments:people_xlsx", "GET"): "> ---+--+",
    ("departments:import_people", "GET"): "> ---+--+",
    ("departments:import_people", "POST"): "> ---+--+",
    ("departments:confirm_people", "POST"): "> ---+--+",
    ("departments:person", "GET"): "> ---+-+.",
    ("departments:edit_person", "GET"): "> ---+-+.",
    ("departments:edit_person", "POST"): "> ---+-+.",
    ("departments:new_password", "POST"): "> ---+-+.",
    ("departments:reactivate", "POST"): "> ---+-+.",
    ("departments:appoint", "POST"): "> ---+--.",
    ("departments:grant", "POST"): "> ------.",
    ("departments:end_part", "POST"): "> ---+--.",
    ("departments:deputy", "GET"): "> ---+--.",
    ("departments:deputy", "POST"): "> ---+--.",
    ("departments:revoke_post", "POST"): "> -------",
    ("progress:leave", "GET"): "> ---+-+.",
    ("progress:leave", "POST"): "> ---+-+.",
    ("bodies:list", "GET"): "> ---+-++",
    ("bodies:body", "GET"): "> ---+-+.",
    ("bodies:add", "GET"): "> ---+--.",
    ("bodies:add", "POST"): "> ---+--.",
    ("bodies:edit", "GET"): "> ---+--.",
    ("bodies:edit", "POST"): "> ---+--.",
    ("bodies:aliases", "POST"): "> ---+--.",
    ("bodies:drop_alias", "POST"): "> ---+--.",
    ("bodies:rename", "GET"): "> ---+--.",
    ("bodies:rename", "POST"): "> ---+--.",
    ("bodies:merge", "GET"): "> ---+--.",
    ("bodies:merge", "POST"): "> ---+--.",
    ("bodies:split", "GET"): "> ---+--.",
    ("bodies:split", "POST"): "> ---+--.",
    ("bodies:close", "GET"): "> ---+--.",
    ("bodies:close", "POST"): "> ---+--.",
    ("bodies:group", "GET"): "> ---+--.",
    ("bodies:group", "POST"): "> ---+--.",
    ("bodies:add_group", "GET"): "> ---+--.",
    ("bodies:add_group", "POST"): "> ---+--.",
    ("bodies:places", "GET"): "> ---+-++",
    ("bodies:add_place", "GET"): "> ---+-+.",
    ("bodies:add_place", "POST"): "> ---+-+.",
    ("bodies:rename_place", "GET"): "> ---+-+.",
    ("bodies:rename_place", "POST"): "> ---+-+.",
    ("documents:list", "GET"): "> +++++++",  # each sees the papers of their own places
    ("documents:upload", "GET"): "> ---+--+",
    ("documents:upload", "POST"): "> ---+--+",
    ("documents:review", "GET"): "> ---+-..",
    ("documents:original", "GET"): "> +++++..",
    ("documents:edit_task", "GET"): "> ---+-..",
    ("documents:edit_task", "POST"): "> ---+-..",
    ("documents:arrange_task", "GET"): "> ---+-..",
    ("documents:split_task", "POST"): "> ---+-..",
    ("documents:merge_task", "POST"): "> ---+-..",
    ("documents:move_task", "POST"): "> ---+-..",
    ("documents:change_several", "POST"): "> ---+-..",
    ("documents:undo", "POST"): "> ---+-..",
    ("documents:add_task", "GET"): "> ---+-..",
    ("documents:add_task", "POST"): "> ---+-..",
    ("documents:edit_facts", "GET"): "> ---+-..",
    ("documents:edit_facts", "POST"): "> ---+-..",
    ("documents:settle", "POST"): "> ---+-..",
    ("documents:draft_json", "GET"): "> ---+-..",
    ("documents:draft_sheet", "GET"): "> ---+-..",
    ("documents:import_sheet", "GET"): "> ---+-..",
    ("documents:import_sheet", "POST"): "> ---+-..",
    ("documents:confirm_import", "POST"): "> ---+-..",
    ("documents:drop", "POST"): "> ---+-..",
    ("tasks:adopt", "GET"): "> ---+-..",
    ("tasks:adopt", "POST"): "> ---+-..",
    ("tasks:amend", "GET"): "> ---+-..",
    ("tasks:amend", "POST"): "> ---+-..",
    ("tasks:event", "GET"): "> -----..",  # the task's deadline is no relative one
    ("tasks:event", "POST"): "> -----..",
    ("progress:periods", "GET"): "> +++++..",
    ("progress:periods", "POST"): "> ---+-..",
    ("progress:hand_over", "GET"): "> ---+--.",
    ("progress:hand_over", "POST"): "> ---+--.",
    ("progress:filing", "GET"): "> +++++..",
    ("progress:save", "POST"): "> +.---..",
    ("progress:submit", "POST"): "> +.---..",
    ("progress:withdraw", "POST"): "> +.---..",
    ("progress:sign", "POST"): "> -.+--..",
    ("progress:send_back", "POST"): "> -.+--..",
    ("progress:review", "GET"): "> --+++..",
    ("progress:accept", "POST"): "> -.-+-..",
    ("progress:accept_unchanged", "POST"): "> ---+-..",
    ("progress:return_report", "POST"): "> -.-+-..",
    ("progress:reopen", "POST"): "> -.-+-..",
    ("progress:exempt", "POST"): "> -.-+-..",
    ("notices:list", "GET"): "> +++++++",
    ("notices:read", "POST"): "> +......",
    ("notices:resend", "POST"): "> .......",  # the notice did not fail
    ("notices:urge", "POST"): "> ---+-..",
}
# Addresses that no role table can judge, each with the reason.
EXEMPT = {"living": "a page of samples without data, routed in development and demonstrations only"}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """All named addresses below a resolver, with their room."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)


def address(world: World, name: str) -> str:
    """The address of a page about the world's objects."""
    pattern = (
        get_resolver().reverse_dict
        if ":" not in name
        else get_resolver().namespace_dict[name.split(":")[0]][1].reverse_dict
    )
    wanted = pattern.getlist(name.split(":")[-1])[0][0][0][1]
    return reverse(name, kwargs={key: 0 if key == "key" else getattr(world, key).pk for key in wanted})


def answer(client: Client, method: str, url: str) -> str:
    """One letter for what came back."""
    response = client.get(url) if method == "GET" else client.post(url)
    if response.streaming:
        list(response)  # a download holds its file open until it is read
    if response.status_code == 302 and response["Location"].startswith("/signin/?next="):
        return ">"
    return {403: "-", 404: "."}.get(response.status_code, "+" if response.status_code < 500 else "!")


def test_it_has_a_row_for_every_address() -> None:
    known = {name for name, _ in TABLE} | EXEMPT.keys()

    assert set(names(get_resolver())) == known


@pytest.mark.parametrize(
    ("row", "expected"), TABLE.items(), ids=lambda value: ":".join(value) if isinstance(value, tuple) else ""
)
def test_it_answers_each_role_as_the_table_says(
    db: None, sign_in: SignIn, row: tuple[str, str], expected: str
) -> None:
    name, method = row
    world = make_world()
    url = address(world, name)
    clients = {role: sign_in(world.people[role]) for role in ROLES[1:]} | {"anonymous": Client()}

    answers = {role: answer(clients[role], method, url) for role in ROLES if not name.endswith("signout")}

    assert answers == {
        role: letter for role, letter in zip(ROLES, expected.replace(" ", ""), strict=True) if role in answers
    }


@pytest.mark.parametrize("row", [row for row in TABLE if row[1] == "GET"], ids=":".join)
def test_it_gives_every_refusal_a_reason_in_words(db: None, sign_in: SignIn, row: tuple[str, str]) -> None:
    name, _ = row
    world = make_world()
    url = address(world, name)
    refused = [role for role, letter in zip(ROLES, TABLE[row].replace(" ", ""), strict=True) if letter == "-"]

    pages = [sign_in(world.people[role]).get(url).content.decode() for role in refused]

    assert all("不能办理这一项" in page and DEFAULT_REASON not in page for page in pages)
