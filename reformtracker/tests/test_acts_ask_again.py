"""Every act asks for the person's rights inside its transaction: what opens one and does not ask is named here."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "audit",
    "departments",
    "documents",
    "notices",
    "progress",
    "reformtracker",
    "reports",
    "tasks",
    "timekeeping",
)
# Whoever calls it asks: the person is read anew and held (departments/afresh.py).
ASKING = "departments.afresh.afresh"
# What opens a transaction and asks nobody, each with the reason; a module stands for all that it holds.
NOT_ASKING = {
    "audit.archive": "the system's own work, no person acts",
    "audit.seal.seal_day": "the system's own work, no person acts",
    "departments.holidays.keep._store": "a savepoint inside the act, which asked",
    "departments.people.add.add_officer": "the command line only, there is nobody to ask",
    "departments.rates.count_call": "counts calls before anybody is known, no person acts",
    "departments.signin.enter": "one's own sign-in, whatever one may do",
    "departments.signin.passwords": "one's own password, whatever one may do",
    "departments.signin.second_factor": "one's own telephone, whatever one may do",
    "departments.signin.sittings": "one's own sittings, whatever one may do",
    "departments.views.signin.sign_out": "one's own sitting, whatever one may do",
    "documents.views.papers.original": "changes nothing: hands out what was visible when it was fetched",
    "notices.read.read": "the update itself names its recipient",
    "notices.urge._log": "a savepoint inside the act, which asked",
    "notices.write._write_chunk": "the system's own work, no person acts",
    "notices.write._void_chunk": "the same",
    "notices.waiting.write.write_waiting": "the same",
    "notices.waiting.write.void_done": "the same",
    "progress.close_period._close": "the system's own work, no person acts",
    "progress.contributing.ask._store": "a savepoint inside the act, which asked",
    "progress.views.evidence.evidence": "changes nothing: hands out what was visible when it was fetched",
    "progress.open_period._store": "a savepoint inside the act, which asked",
    "reports.management.commands.build_bulletin.Command.handle": "the command line only, and stores nothing",
    "reports.views.bulletin.bulletin_docx": "changes nothing: hands out what was visible when it was fetched",
}


@cache
def functions(module: str) -> dict[str, ast.FunctionDef]:
    """The functions of a module by name, methods with their class."""
    tree = ast.parse((ROOT / module.replace(".", "/")).with_suffix(".py").read_text())
    found = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for holder in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        found |= {
            f"{holder.name}.{node.name}": node for node in holder.body if isinstance(node, ast.FunctionDef)
        }
    return found


@cache
def imported(module: str) -> dict[str, str]:
    """What the names of a module mean that come from elsewhere."""
    tree = ast.parse((ROOT / module.replace(".", "/")).with_suffix(".py").read_text())
    lines = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    return {one.asname or one.name: f"{line.module}.{one.name}" for line in lines for one in line.names}


def modules() -> Iterator[str]:
    """All modules of the rooms that are not tests or migrations."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if not {"tests", "migrations", "__init__"} & set(parts):
                yield ".".join(parts)


def opens(node: ast.FunctionDef) -> bool:
    """Whether a function opens a transaction, as a decorator or inside."""
    return "transaction.atomic" in ast.unparse(node)


def asks(module: str, name: str, above: frozenset[str] = frozenset()) -> bool:
    """Whether a function, or one of ours that it calls by name, reads the person anew."""
    full = f"{module}.{name}"
    if full == ASKING:
        return True
    if full in above or not (ROOT / module.replace(".", "/")).with_suffix(".py").exists():
        return False
    if name in imported(module):
        origin, _, meant = imported(module)[name].rpartition(".")
        return asks(origin, meant, above | {full})
    node = functions(module).get(name)
    return node is not None and any(asks(module, called, above | {full}) for called in _called(node))


def _called(node: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            yield call.func.id


def acts() -> Iterator[tuple[str, str]]:
    """Every function that opens a transaction, with its module."""
    for module in modules():
        yield from ((module, name) for name, node in functions(module).items() if opens(node))


def forgetful() -> set[str]:
    """Those that ask nobody."""
    return {f"{module}.{name}" for module, name in acts() if not asks(module, name)}


def excused(name: str) -> bool:
    """Whether a function or its module has a reason above; an export changes nothing but the trail."""
    module, _, function = name.rpartition(".")
    return name in NOT_ASKING or module in NOT_ASKING or function.startswith("export_")


def test_it_asks_again_in_every_transaction() -> None:
    forgotten = sorted(name for name in forgetful() if not excused(name))

    assert not forgotten, "ask `require(...(afresh(by), ...))` inside the transaction"


def test_it_excuses_nobody_who_asks_or_is_gone() -> None:
    silent = forgetful()
    needed = silent | {name.rpartition(".")[0] for name in silent}

    assert sorted(NOT_ASKING.keys() - needed) == []


def test_it_finds_the_acts_at_all() -> None:
    found = {f"{module}.{name}" for module, name in acts()}

    assert {
        "progress.moves.move",
        "tasks.adopt.adopt",
        "documents.correct.correct",
        "reports.issue.issue",
    } <= found
