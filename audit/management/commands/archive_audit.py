"""archive_audit: move entries older than the keeping time from the database to a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.archive import NotArchived, archive_trail


class Command(BaseCommand):
    """Archive, prove, purge."""

    help = "把超过保存期限的审计记录写入归档文件，核对无误后从数据库清理"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the file goes; how long entries stay is a setting."""
        parser.add_argument("--archives", type=Path, default=settings.AUDIT_ARCHIVE_DIR, help="归档文件目录")

    def handle(self, *args: Any, **options: Any) -> None:
        """Archive what is due."""
        try:
            archive = archive_trail(
                options["archives"], today=timezone.localdate(), months=settings.AUDIT_KEEP_MONTHS
            )
        except NotArchived as problem:
            raise CommandError(str(problem)) from problem
        if archive is None:
            self.stdout.write("没有超过保存期限的审计记录。")
            return
        self.stdout.write(f"已归档 {archive}，共{archive.count}条：{options['archives'] / archive.file_name}")
        self.stdout.write(f"SHA-256 {archive.sha256}")
