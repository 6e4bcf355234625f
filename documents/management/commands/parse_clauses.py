"""Read responsibility clauses from standard input, one a line, and print one JSON object a line."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.parsing import parse_clause


class Command(BaseCommand):
    """For trying out how a clause is read, and for checking the rules against a list of clauses."""

    help = "从标准输入逐行读取责任分工文字，逐行输出识别结果（JSON）。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json: lines are JSON strings; --plain-joint: who leads where several names are only 负责."""
        parser.add_argument("--json", action="store_true", help="每行是一个 JSON 字符串（可以包含换行）")
        parser.add_argument(
            "--plain-joint",
            choices=["first-leads", "all-lead"],
            default="first-leads",
            help="多个单位共同“负责”时：第一个牵头，或全部牵头",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """A line in, a line out, blank ones too; under --json a line that is no JSON string is refused with its number."""
        for place, line in enumerate(sys.stdin, 1):
            text = line.rstrip("\r\n")
            clause = parse_clause(
                _text(text, place) if options["json"] else text, plain_joint=options["plain_joint"]
            )
            self.stdout.write(json.dumps(clause.as_dict(), ensure_ascii=False))


def _text(line: str, place: int) -> str:
    try:
        text = json.loads(line)
    except ValueError as error:
        raise CommandError(f"第 {place} 行不是 JSON 字符串。") from error
    if not isinstance(text, str):
        raise CommandError(f"第 {place} 行不是 JSON 字符串。")
    return text
