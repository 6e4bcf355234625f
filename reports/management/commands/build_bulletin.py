"""build_bulletin LEDGER PERIOD --output F.docx [--on DATE]: a circular's Word draft without a browser."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.record import record
from reports.circular import write_circular
from reports.compose import circular_of
from reports.draft_bulletin import make_bulletin
from reports.lookup import NotFound, find_ledger, find_period
from timekeeping import clock


class Command(BaseCommand):
    """Write the circular of a period as .docx, with the figures of a day; nothing is stored."""

    help = "生成一个报送期的通报 Word 稿"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """LEDGER and PERIOD are keys or names; the day is today unless given."""
        parser.add_argument("ledger", metavar="LEDGER", help="台账编号或名称")
        parser.add_argument("period", metavar="PERIOD", help="报送期编号或名称")
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="数据截至日期")
        parser.add_argument("--output", type=Path, required=True, help="输出文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, count, write."""
        on: date = options["on"] or clock.today()
        try:
            ledger = find_ledger(options["ledger"])
            period = find_period(ledger, options["period"])
        except NotFound as problem:
            raise CommandError(str(problem)) from problem
        bulletin = make_bulletin(ledger, period, on=on)
        with transaction.atomic():
            record(
                "bulletin.build",
                actor=None,
                target=period,
                jurisdiction_id=ledger.jurisdiction_id,
                after={"as_of": on.isoformat()},
            )
        options["output"].write_bytes(write_circular(circular_of(bulletin)))
        self.stdout.write(f"已生成通报：{options['output']}")
