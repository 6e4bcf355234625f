"""verify_audit: check the trail against its seals; exit code 0 when it holds, 1 when not."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit.verify import Verdict, verify_trail


def noted(text: str) -> tuple[date, str]:
    """Read DAY=DIGEST."""
    day, _, digest = text.partition("=")
    try:
        return date.fromisoformat(day), digest.strip().lower()
    except ValueError as problem:
        raise ArgumentTypeError("格式为 日期=摘要，如 2026-11-20=3f2c…") from problem


class Command(BaseCommand):
    """Say what is wrong with the trail and where."""

    help = "核验审计记录是否被改动、删除或插入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the archives lie, and digests kept elsewhere."""
        parser.add_argument("--archives", type=Path, default=settings.AUDIT_ARCHIVE_DIR, help="归档文件目录")
        parser.add_argument("--without-archives", action="store_true", help="归档文件不在本机，不核验")
        parser.add_argument(
            "--noted",
            type=noted,
            action="append",
            default=[],
            metavar="DAY=DIGEST",
            help="另行抄存的封存摘要",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and tell."""
        folder = None if options["without_archives"] else options["archives"]
        verdict = verify_trail(archives=folder, noted=dict(options["noted"]))
        self._tell(verdict)
        grave = sum(finding.grave for finding in verdict.findings)
        if grave:
            raise CommandError(f"核验未通过：{grave}处问题。", returncode=1)
        self.stdout.write("核验通过。")

    def _tell(self, verdict: Verdict) -> None:
        last = f"，最近封存到 {verdict.last.day}，摘要 {verdict.last.digest}" if verdict.last else ""
        self.stdout.write(f"封存{verdict.days}天{last}")
        self.stdout.write(
            f"核验{verdict.entries}条，已归档{verdict.archived}条，未封存{verdict.unsealed}条（尚无摘要可核）"
        )
        for finding in verdict.findings:
            self.stdout.write(f"{'问题' if finding.grave else '提示'}：{finding.text}")
