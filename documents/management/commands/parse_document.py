"""Print what is read from a paper as one JSON object."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.bounded import read_and_parse
from documents.readers import UnreadableFile


class Command(BaseCommand):
    """Reads a file, parses it and prints the draft; the same functions as the upload screen."""

    help = "读取一份政策文件，以 JSON 输出识别出的文件信息、章节、任务和待核对问题。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path, help="文件（txt、html、docx、pdf、xlsx、csv）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one JSON object; a file that cannot be read ends with status 1 and the reason."""
        path: Path = options["file"]
        try:
            reading = read_and_parse(path.read_bytes(), path.name)
        except (OSError, UnreadableFile) as error:
            raise CommandError(f"无法读取 {path.name}：{error}") from error
        self.stdout.write(json.dumps(reading.draft, ensure_ascii=False))
