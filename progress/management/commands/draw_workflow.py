"""draw_workflow: the tables of moves as the diagrams of docs/workflow.md."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from progress import workflow
from progress.contributing import workflow as contributing
from progress.oversight import workflow as findings
from progress.requests import workflow as requests

_DRAWN = re.compile(r"```mermaid\n.*?\n```", re.DOTALL)


def diagrams() -> list[str]:
    """All of them, in the order of the page: 报告, 延期, 销号, 配合情况, 检查整改."""
    return [
        workflow.diagram(),
        requests.TABLE.diagram(requests.EXTENSION_MOVES),
        requests.TABLE.diagram(requests.CLOSURE_MOVES),
        contributing.TABLE.diagram(),
        findings.TABLE.diagram(),
    ]


class Command(BaseCommand):
    """Write the diagrams into the page, or with --check only say whether they are there as they should be."""

    help = "Draw the diagrams of docs/workflow.md from the tables in the code."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which page, and whether to write."""
        parser.add_argument("--page", type=Path, default=Path(settings.BASE_DIR, "docs", "workflow.md"))
        parser.add_argument("--check", action="store_true", help="write nothing, fail when the page differs")

    def handle(self, *args: Any, page: Path, check: bool, **options: Any) -> None:
        """Compare, and write unless told only to check."""
        text, blocks = page.read_text(encoding="utf-8"), iter(diagrams())
        if len(_DRAWN.findall(text)) != len(diagrams()):
            raise CommandError(f"{page}: wants {len(diagrams())} blocks ```mermaid to draw into")
        drawn = _DRAWN.sub(lambda _: f"```mermaid\n{next(blocks)}\n```", text)
        if check and drawn != text:
            raise CommandError(f"{page} differs from the tables; run: manage.py draw_workflow")
        if drawn != text:
            page.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{page}: as the tables are")
