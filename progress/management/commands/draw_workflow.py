"""draw_workflow: the table of moves as the diagram of docs/workflow.md."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from progress.workflow import diagram

_DRAWN = re.compile(r"```mermaid\n.*?\n```", re.DOTALL)


class Command(BaseCommand):
    """Write the diagram into the page, or with --check only say whether it is there as it should be."""

    help = "Draw the diagram of docs/workflow.md from the table in progress/workflow.py."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which page, and whether to write."""
        parser.add_argument("--page", type=Path, default=Path(settings.BASE_DIR, "docs", "workflow.md"))
        parser.add_argument("--check", action="store_true", help="write nothing, fail when the page differs")

    def handle(self, *args: Any, page: Path, check: bool, **options: Any) -> None:
        """Compare, and write unless told only to check."""
        text = page.read_text(encoding="utf-8")
        if not _DRAWN.search(text):
            raise CommandError(f"{page}: no ```mermaid block to draw into")
        drawn = _DRAWN.sub(lambda _: f"```mermaid\n{diagram()}\n```", text, count=1)
        if check and drawn != text:
            raise CommandError(f"{page} differs from the table; run: manage.py draw_workflow")
        if drawn != text:
            page.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{page}: as the table is")
