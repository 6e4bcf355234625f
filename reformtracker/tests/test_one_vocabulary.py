"""Whether somebody may do something is asked of the rooms' permissions; nothing else judges by posts and parts.

To choose rows by a person's places or departments is no judgement: only a scope that is looked at as a yes or
no counts here.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("audit", "departments", "documents", "notices", "progress", "reformtracker", "reports", "tasks")
# Where rights are told, and where they are made.
VOCABULARY = {"permissions.py", "querysets.py", "scope.py"}
# What looks at a scope all the same, each with the reason.
JUDGING = {
    "departments/people/appoint.py": "about the candidate: an administrator takes no part in a department",
    "departments/people/sheet.py": "about the row's person: an administrator takes no part in a department",
    "departments/views/person_page.py": "about the person shown: an administrator takes no part in a department",
    "reformtracker/navigation.py": "what concerns the person comes into the menu; each page asks again",
    "reports/views/task.py": "which link concerns the person; its page asks again",
    "reports/views/workbench.py": "which of the reports are the person's own work",
}


def judged(tree: ast.AST) -> Iterator[ast.expr]:
    """Every expression that is taken as a yes or no, or compared."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            yield node.test
        elif isinstance(node, ast.BoolOp):
            yield from node.values
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node.operand
        elif isinstance(node, ast.Compare):
            yield node
        elif isinstance(node, ast.comprehension):
            yield from node.ifs
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "bool":
            yield from node.args


def reads_scope(node: ast.expr) -> bool:
    """Whether an expression is a set of somebody's places or departments, or is compared with one."""
    if isinstance(node, ast.Compare):
        return any(reads_scope(one) for one in (node.left, *node.comparators))
    if isinstance(node, ast.BinOp):
        return reads_scope(node.left) or reads_scope(node.right)
    if not isinstance(node, ast.Attribute):
        return False
    holder = node.value
    named = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
    return named == "scope"


def judging() -> Iterator[str]:
    """The modules that judge by a scope, with the lines."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.name in VOCABULARY or {"tests", "migrations"} & set(path.parts):
                continue
            for node in judged(ast.parse(path.read_text())):
                if reads_scope(node):
                    yield f"{path.relative_to(ROOT)}: {ast.unparse(node)}"


def test_it_asks_the_permissions_and_nobody_else() -> None:
    lines = sorted({line for line in judging() if line.split(":")[0] not in JUDGING})

    assert lines == [], "ask a function of the room's permissions.py"


def test_it_excuses_no_module_that_does_not_judge() -> None:
    assert sorted(JUDGING.keys() - {line.split(":")[0] for line in judging()}) == []


def test_it_lets_no_template_judge_by_posts() -> None:
    pages = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "scope." in path.read_text()
    ]

    assert pages == []
